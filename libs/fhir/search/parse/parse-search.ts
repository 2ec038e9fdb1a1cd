import type { SearchRequest } from '../expression';
import { type FilterOptions, parseFilter } from './filter';
import { SEARCH_LIMITS } from './limits';
import { FORMAT_PARAMETERS, readResultParameter } from './result-parameters';
import { SearchSyntaxError } from './search-syntax-error';

/**
 * Reads the parameters of a search on `type`. Every parameter ends up selecting, shaping the answer, or in
 * `unknown`; a known one that cannot be honoured throws `SearchSyntaxError`.
 */
export function parseSearch(type: string, parameters: readonly (readonly [string, string])[], options: FilterOptions = {}): SearchRequest {
  const request = emptyRequest(type);
  for (const [name, value] of parameters) {
    if (FORMAT_PARAMETERS.has(name)) continue;
    if (!readResultParameter(request, name, value)) readFilter(request, name, value, options);
    if (!request.unknown.includes(name)) request.used.push([name, value]);
  }
  // R4 §3.1.1.5.8.
  if (request.summary === 'text' && request.includes.length + request.revincludes.length > 0) throw new SearchSyntaxError('_summary', '“_summary=text” cannot be combined with includes; leave out one of them.');
  return request;
}

function readFilter(request: SearchRequest, name: string, value: string, options: FilterOptions): void {
  const filter = parseFilter(request.type, name, value, options);
  if (!filter) {
    if (!request.unknown.includes(name)) request.unknown.push(name);
    return;
  }
  request.filters.push(filter);
  if (request.filters.length > SEARCH_LIMITS.filters) throw new SearchSyntaxError(name.split(/[:.]/)[0]!, `A search takes at most ${SEARCH_LIMITS.filters} parameters.`, 'too-costly');
}

const emptyRequest = (type: string): SearchRequest => ({
  type,
  filters: [],
  sort: [],
  count: SEARCH_LIMITS.defaultCount,
  summary: 'false',
  elements: [],
  includes: [],
  revincludes: [],
  used: [],
  unknown: [],
});
