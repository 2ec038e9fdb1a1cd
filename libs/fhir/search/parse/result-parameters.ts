import type { SearchRequest, SortKey, Total } from '../expression';
import { parseInclude } from './include';
import { SEARCH_LIMITS } from './limits';
import { parseElements, parseSummary } from './read-subset';
import { searchParameter } from '../search-parameters';
import { quoted, SearchSyntaxError } from './search-syntax-error';

type Reader = (request: SearchRequest, value: string) => void;

/** Parameters that shape the answer rather than select (R4 §3.1.1.5). */
const SINGLE = new Map<string, Reader>(Object.entries<Reader>({
  _count: (request, value) => {
    if (!/^\d{1,9}$/.test(value)) throw new SearchSyntaxError('_count', '“_count” takes a whole number, 0 or more.');
    request.count = Math.min(Number(value), SEARCH_LIMITS.maxCount);
  },
  _sort: (request, value) => {
    request.sort = value.split(',').map((key) => sortKey(request.type, key));
    if (request.sort.length > SEARCH_LIMITS.sortKeys) throw new SearchSyntaxError('_sort', `“_sort” takes at most ${SEARCH_LIMITS.sortKeys} keys.`, 'too-costly');
  },
  _total: (request, value) => {
    request.total = oneOf<Total>('_total', value, ['none', 'estimate', 'accurate']);
  },
  _summary: (request, value) => {
    request.summary = parseSummary(value);
  },
  _elements: (request, value) => {
    request.elements = parseElements(request.type, value);
  },
  _cursor: (request, value) => {
    request.cursor = value;
  },
}));

const REPEATABLE = new Map<string, Reader>(Object.entries<Reader>({
  _include: (request, value) => void request.includes.push(parseInclude(request.type, '_include', value, false)),
  _revinclude: (request, value) => void request.revincludes.push(parseInclude(request.type, '_revinclude', value, false)),
  '_include:iterate': (request, value) => void request.includes.push(parseInclude(request.type, '_include', value, true)),
  '_revinclude:iterate': (request, value) => void request.revincludes.push(parseInclude(request.type, '_revinclude', value, true)),
}));

/** Read by the HTTP layer, which refuses what it cannot render. */
export const FORMAT_PARAMETERS: ReadonlySet<string> = new Set(['_format', '_pretty']);

const UNSUPPORTED: ReadonlySet<string> = new Set(['_query', '_contained', '_containedType', '_type', '_score']);

/** True if `name` was a result parameter and has been read into `request`. */
export function readResultParameter(request: SearchRequest, name: string, value: string): boolean {
  const bare = name.split(/[:.]/)[0]!;
  if (UNSUPPORTED.has(bare)) throw new SearchSyntaxError(bare, `“${bare}” is not supported.`, 'not-supported');
  const repeatable = REPEATABLE.get(name);
  const reader = repeatable ?? SINGLE.get(name);
  if (!reader) {
    if (SINGLE.has(bare) || REPEATABLE.has(bare)) throw new SearchSyntaxError(bare, `“${bare}” does not take ${quoted(name.slice(bare.length))}.`);
    return false;
  }
  if (!repeatable && request.used.some(([used]) => used === name)) throw new SearchSyntaxError(name, `“${name}” may be given once.`);
  reader(request, value);
  if (request.includes.length + request.revincludes.length > SEARCH_LIMITS.includes) throw new SearchSyntaxError(bare, `At most ${SEARCH_LIMITS.includes} includes may be asked for.`, 'too-costly');
  return true;
}

const SORTABLE: ReadonlySet<string> = new Set(['string', 'token', 'date', 'number', 'quantity', 'reference', 'uri']);

function sortKey(type: string, key: string): SortKey {
  const descending = key.startsWith('-');
  const parameter = searchParameter(type, descending ? key.slice(1) : key);
  if (!parameter || !SORTABLE.has(parameter.type)) throw new SearchSyntaxError('_sort', `“_sort” cannot go by ${quoted(key.replace(/^-/, ''))}: it takes search parameters of ${type}, each with an optional “-” before it.`);
  return { parameter, descending };
}

function oneOf<T extends string>(name: string, value: string, allowed: readonly T[]): T {
  if (!(allowed as readonly string[]).includes(value)) throw new SearchSyntaxError(name, `“${name}” takes ${allowed.join(', ')}.`);
  return value as T;
}
