import { parseSearch, SearchSyntaxError } from '#libs/fhir';
import { type Problem, unprocessable } from '../../../kernel';
import { BeyondResource, type Matcher, matcherOf } from './matcher';

/** `Observation?code=…` in its two parts. */
export interface Criteria {
  type: string;
  query: string;
}

export function splitCriteria(text: string): Criteria {
  const at = text.indexOf('?');
  return at < 0 ? { type: text, query: '' } : { type: text.slice(0, at), query: text.slice(at + 1) };
}

/** Parameters that shape the answer of a search mean nothing here, and unknown ones would match too much: both are refused. */
export function compileCriteria({ type, query }: Criteria, base: string, path: string): Matcher {
  try {
    const { filters, unknown, used } = parseSearch(type, [...new URLSearchParams(query)], { base });
    if (unknown.length > 0) throw refused(path, `${type} does not have the search parameter “${unknown[0]!.slice(0, 64)}”.`);
    if (used.length > filters.length) throw refused(path, 'Criteria take parameters that select, none that shape an answer (_sort, _count …).');
    return matcherOf({ op: 'and', of: filters });
  } catch (error) {
    if (error instanceof SearchSyntaxError || error instanceof BeyondResource) throw refused(path, error.message);
    throw error;
  }
}

export function refused(path: string, message: string, rule = 'value') {
  const problem: Problem = { path, rule, message };
  return unprocessable('This Subscription cannot be honoured.', [problem]);
}
