import { elementRules } from '../definitions/element-rules';
import { codesBySystem } from '../definitions/required-codes';
import type { Expression, TokenTest } from './expression';

/**
 * Parameters of a search on `type` that ask for a code which no resource can hold: the element has a required binding,
 * and the code is not in its value set. Such a search finds nothing, and the caller may not know why (US Core §2.2).
 */
export function codesNeverUsed(type: string, filters: readonly Expression[]): string[] {
  const tests = filters.filter((one): one is TokenTest => one.op === 'test' && one.type === 'token' && one.modifier === undefined);
  return [...new Set(tests.filter((test) => asksForUnknown(type, test)).map((test) => test.parameter.code))];
}

function asksForUnknown(type: string, { parameter, values }: TokenTest): boolean {
  const codes = codesOf(type, parameter.code);
  return codes.size > 0 && values.some(({ code }) => code !== undefined && !codes.has(code));
}

const known = new Map<string, ReadonlySet<string>>();

/** The codes that the element of a parameter may have; none where it may have any. */
function codesOf(type: string, parameter: string): ReadonlySet<string> {
  const key = `${type} ${parameter}`;
  let codes = known.get(key);
  if (!codes) {
    const valueSet = elementRules(type).find((rule) => rule.name === elementName(parameter))?.valueSet;
    codes = new Set(valueSet === undefined ? [] : [...codesBySystem(valueSet).values()].flatMap((one) => [...one]));
    known.set(key, codes);
  }
  return codes;
}

/** Parameters are named for their elements, in words: `clinical-status` reads `clinicalStatus`. */
const elementName = (code: string): string => code.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
