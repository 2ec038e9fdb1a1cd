import { dateInterval, isResourceType } from '#libs/fhir';
import { type Access, forbidden, invalid, type Problem, rulesFor } from '../../../kernel';
import type { OperationInput } from '../operation-input';
import type { OperationParameter } from '../operation';

/** Half-open, in milliseconds since the epoch; open ends are absent. */
export interface Period {
  lo?: number;
  hi?: number;
}

/** What is asked of a chart. */
export interface EverythingRequest {
  /** Types of the answer; absent: all. */
  types?: ReadonlySet<string>;
  /** Dates of care. */
  period?: Period;
  /** Only what was changed after it. */
  since?: number;
  /** Resources per page; absent: everything at once, as far as one answer can hold it. */
  count?: number;
  cursor?: string;
  /** The parameters as a page link repeats them. */
  used: [string, string][];
}

const MOST_PER_PAGE = 1000;

export const SINCE: OperationParameter = { name: '_since', use: 'in', min: 0, max: '1', type: 'instant', documentation: 'Only resources that were changed after this moment; the one asked about is always there.' };
export const TYPES: OperationParameter = { name: '_type', use: 'in', min: 0, max: '*', type: 'code', documentation: 'Only resources of these types; several may be separated by commas.' };
export const COUNT: OperationParameter = { name: '_count', use: 'in', min: 0, max: '1', type: 'integer', documentation: `Resources per page, at most ${MOST_PER_PAGE}. Without it the answer comes as a whole, unless it is very large.` };
export const CURSOR: OperationParameter = { name: '_cursor', use: 'in', min: 0, max: '1', type: 'string', documentation: 'Of page links.' };
export const RETURN: OperationParameter = { name: 'return', use: 'out', min: 1, max: '1', type: 'Bundle', documentation: 'A Bundle of type searchset.' };

/** Throws `invalid` for a parameter that makes no sense, `forbidden` where a named type is not the caller’s to read. */
export function everythingRequest(access: Access, input: OperationInput): EverythingRequest {
  const types = namedTypes(access, input);
  const period = periodOf(input);
  const since = input.text('_since');
  const count = input.number('_count');
  if (count !== undefined && count < 1) throw bad('_count', '_count must be at least 1.');
  return {
    ...(types && { types }),
    ...(period && { period }),
    ...(since !== undefined && { since: Date.parse(since) }),
    ...(count !== undefined && { count: Math.min(count, MOST_PER_PAGE) }),
    ...(input.has('_cursor') && { cursor: input.text('_cursor')! }),
    used: ['start', 'end', '_since', '_type', '_count'].flatMap((name) => input.all(name).map((value): [string, string] => [name, String(value)])),
  };
}

function namedTypes(access: Access, input: OperationInput): Set<string> | undefined {
  if (!input.has('_type')) return undefined;
  const types = new Set(input.texts('_type').flatMap((list) => list.split(',')));
  const unknown = [...types].filter((type) => !isResourceType(type));
  if (unknown.length > 0) throw bad('_type', '_type must name resource types of FHIR R4.');
  const refused = [...types].filter((type) => !mayReadSome(access, type));
  if (refused.length > 0) throw forbidden(`The token does not allow reading ${refused.join(', ')}.`);
  return types;
}

export const mayReadSome = (access: Access, type: string): boolean => rulesFor(access, type, 'r').length > 0 || rulesFor(access, type, 's').length > 0;

function periodOf(input: OperationInput): Period | undefined {
  const [start, end] = [dateInterval(input.text('start')), dateInterval(input.text('end'))];
  if (!start && !end) return undefined;
  if (start && end && end.hi <= start.lo) throw bad('end', 'end must not lie before start.');
  return { ...(start && { lo: start.lo }), ...(end && { hi: end.hi }) };
}

const bad = (path: string, message: string) => invalid(message, [{ path, rule: 'value', message } satisfies Problem]);
