import type { Expression, TokenTest } from '#libs/fhir';
import { readCriteria } from '../search/read-request';

/** A search that has to name one resource: of a conditional write, or of a conditional reference. */
export interface Criteria {
  /** `Type?query` as written: the same text asks the same. */
  key: string;
  type: string;
  params: [string, string][];
  filters: Expression[];
}

/** Reads `query`; throws `invalid` where it is empty, malformed, or holds a parameter that would select nothing. */
export function criteriaOf(type: string, query: string): Criteria {
  const params = [...new URLSearchParams(query)];
  return { key: `${type}?${query}`, type, params, filters: readCriteria(type, params) };
}

/** A plain token search such as `identifier=system|value`: no modifier, nothing but codes to compare. */
export function isTokenTest(filter: Expression): filter is TokenTest {
  return filter.op === 'test' && filter.type === 'token' && filter.modifier === undefined && filter.parameter.code !== '_id';
}

/** The one system and value of `identifier=system|value`, the form nearly all criteria have. */
export function identifierOf({ filters }: Criteria): { param: number; system: string; code: string } | undefined {
  const [filter, ...others] = filters;
  if (!filter || others.length > 0 || !isTokenTest(filter) || filter.parameter.code !== 'identifier' || filter.values.length !== 1) return undefined;
  const { system, code } = filter.values[0]!;
  return system && code ? { param: filter.parameter.id, system, code } : undefined;
}
