import { dateInterval, type Interval, isResourceType } from '#libs/fhir';
import { invalid } from '../../kernel';

/** What of the history is asked for (R4 §3.1.0.13): every version ever, one type's, or one resource's. */
export interface HistoryScope {
  type?: string;
  id?: string;
}

export interface HistoryRequest extends HistoryScope {
  /** Only these types; absent: all. */
  types?: readonly string[];
  count: number;
  /** Versions made at or after this instant. */
  since?: number;
  /** Versions that were current at some time within. */
  at?: Interval;
  oldestFirst: boolean;
  /** Says how many versions there are, also where that has to be counted. */
  counted: boolean;
  cursor?: string;
  /** The parameters that took part, for the links. */
  used: [string, string][];
}

const DEFAULT_COUNT = 50;
const MOST = 200;
const TAKEN = '_since, _at, _count, _sort, _total';

type Reader = (request: HistoryRequest, value: string) => void;

const READERS: Readonly<Record<string, Reader>> = {
  _since: (request, value) => { request.since = spanOf('_since', value).lo; },
  _at: (request, value) => { request.at = spanOf('_at', value); },
  _count: (request, value) => { request.count = Math.min(wholeNumber(value), MOST); },
  _sort: (request, value) => { request.oldestFirst = isAscending(value); },
  _total: (request, value) => { request.counted = oneOf('_total', value, ['accurate', 'estimate', 'none']) !== 'none'; },
  _cursor: (request, value) => { request.cursor = value; },
  _type: (request, value) => { request.types = typesOf(value); },
};

/** Throws `invalid`, naming the parameter and what it takes. What is not a parameter of history counts only under `strict`. */
export function readHistoryRequest(scope: HistoryScope, parameters: readonly (readonly [string, string])[], strict: boolean): HistoryRequest {
  const request: HistoryRequest = { ...scope, count: DEFAULT_COUNT, oldestFirst: false, counted: false, used: [] };
  for (const [name, value] of parameters) {
    if (!isTaken(name, scope, strict)) continue;
    if (request.used.some(([known]) => known === name)) throw refused(name, `${name} can be given once.`);
    READERS[name]!(request, value);
    request.used.push([name, value]);
  }
  return request;
}

/** Parameters of the specification that are not answered must not be passed over: the answer would be another one. */
function isTaken(name: string, scope: HistoryScope, strict: boolean): boolean {
  if (Object.hasOwn(READERS, name) && (name !== '_type' || scope.type === undefined)) return true;
  if (!strict && !name.startsWith('_')) return false;
  const shown = name.slice(0, 64);
  throw refused(shown, `History does not take “${shown}” here: it takes ${TAKEN}${scope.type === undefined ? ', _type' : ''}.`, 'not-supported');
}

const refused = (path: string, message: string, rule = 'value') => invalid(message, [{ path, rule, message }]);

function spanOf(name: string, value: string): Interval {
  // A plus that was not escaped has become a space: 2024-01-01T00:00:00+01:00.
  const span = dateInterval(value.replace(' ', '+'));
  if (!span) throw refused(name, `${name} takes a date or an instant such as 2024-01-31T12:00:00Z.`);
  return span;
}

function wholeNumber(value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw refused('_count', '_count takes a whole number.');
  return Number(value);
}

const isAscending = (value: string): boolean => oneOf('_sort', value, ['-_lastUpdated', '_lastUpdated', 'none']) === '_lastUpdated';

function oneOf(name: string, value: string, values: readonly string[]): string {
  if (!values.includes(value)) throw refused(name, `${name} takes ${values.join(', ')}.`);
  return value;
}

function typesOf(value: string): string[] {
  const types = [...new Set(value.split(',').map((type) => type.trim()))];
  if (!types.every(isResourceType)) throw refused('_type', '_type takes names of resource types of FHIR R4, with commas between them.');
  return types;
}
