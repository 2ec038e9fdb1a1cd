import { parseExactly } from './exact-parser';
import { countMembers, countMembersIn } from './member-count';

/** Deeper nesting than this is refused; no FHIR resource comes near. */
export const MAX_DEPTH = 64;

/** A possible lone surrogate, or NUL; both may be false alarms, which the exact parser settles. */
const UNSAFE_TEXT = /[\ud800-\udfff]|\\u(?:0000|d[89a-f])/i;

/**
 * Parses a JSON text without losing anything: a number that JavaScript would change becomes a `Decimal`.
 * Refuses with `JsonSyntaxError` also what `JSON.parse` lets pass: members given twice, nesting over
 * `MAX_DEPTH`, NUL, a byte order mark, half surrogate pairs.
 *
 * Most texts hold nothing of the sort; they take the engine's own parser, which is several times faster.
 */
export function parseJson(text: string): unknown {
  const members = countMembers(text, MAX_DEPTH);
  if (members === undefined || UNSAFE_TEXT.test(text)) return parseExactly(text, MAX_DEPTH);
  const value = parseNatively(text);
  if (value === undefined || countMembersIn(value) !== members) return parseExactly(text, MAX_DEPTH);
  return value;
}

/** The engine's messages quote the text, so its errors are dropped and the exact parser finds the place again. */
function parseNatively(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
