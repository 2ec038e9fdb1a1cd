import type { SearchRequest } from '#libs/fhir';
import type { Keys } from './keyset';
import { inOrderOfIndex } from './order-by-index';
import { inOrderOfKeys, until, windowEnd } from './order-by-key';
import { PAGE_COLUMNS } from './page-columns';
import { type Order, orderOf, type PageOrder, pageQuery, type Position } from './page-order';
import type { PreparedSearch } from './run-search';

export interface FetchedPage {
  rows: unknown[][];
  /** Where the next page goes on; absent where this is the last. */
  last?: Position;
}

/** One page of `request.count` matches behind `after`, in one statement or two. */
export async function fetchPage(search: PreparedSearch, request: SearchRequest, after: Position | undefined): Promise<FetchedPage> {
  const order = (after?.order as PageOrder | undefined) ?? orderOf(request, () => search.plan());
  const rows = (search.isBroad && (await firstOnes(search, request, order, after?.keys))) || (await fetchRows(search, request, order, request.count + 1, after?.keys));
  if (order === 'key') rows.sort((a, b) => (a[PAGE_COLUMNS.id] as number) - (b[PAGE_COLUMNS.id] as number));
  if (order !== 'index' || rows.length > request.count) return cut(rows, request.count, order);
  return withRest(search, request, rows);
}

/** How many resources are asked one by one for each that a page holds, before all matches are collected. */
const TRIES_PER_MATCH = 10;

/** Where filters match a good part of all resources, the page is found among the next few. Undefined where it is not. */
async function firstOnes(search: PreparedSearch, request: SearchRequest, order: PageOrder, after: Keys | undefined): Promise<unknown[][] | undefined> {
  const [limit, window] = [request.count + 1, (request.count + 1) * TRIES_PER_MATCH];
  const rows = order === 'key' ? await nextByKey(search, request.type, limit, window, after) : order === 'index' ? await search.run((found) => inOrderOfIndex(found, request.sort[0]!, limit, after, window), true) : [];
  return rows.length === limit ? rows : undefined;
}

async function nextByKey(search: PreparedSearch, type: string, limit: number, window: number, after: Keys | undefined): Promise<unknown[][]> {
  const { text, params } = windowEnd(type, window, after);
  const [end] = await search.sql.rows(text, params);
  return search.run((found) => inOrderOfKeys(end ? until(found, end[0] as number) : found, limit, after), true);
}

/** An index order ran out within the page; what has no value of the sort parameter follows. */
async function withRest(search: PreparedSearch, request: SearchRequest, rows: unknown[][]): Promise<FetchedPage> {
  const rest = await fetchRows(search, request, 'rest', request.count + 1 - rows.length, undefined);
  const page = [...rows, ...rest];
  if (page.length <= request.count) return { rows: page };
  const last = rest.at(-2);
  // The page ended with the last row that has a value: the rest begins at its beginning.
  return { rows: page.slice(0, request.count), last: { order: 'rest', keys: last ? keysOf(last) : [] } };
}

function fetchRows(search: PreparedSearch, { sort }: SearchRequest, order: PageOrder, limit: number, after: Keys | undefined): Promise<unknown[][]> {
  return search.run((found, scope) => pageQuery(order, found, sort, limit, after, found.keys !== undefined && !search.isBroad, scope));
}

export function cut(rows: unknown[][], count: number, order: Order): FetchedPage {
  if (rows.length <= count) return { rows };
  return { rows: rows.slice(0, count), last: { order, keys: keysOf(rows[count - 1]!) } };
}

const keysOf = (row: readonly unknown[]): Keys => [...row.slice(PAGE_COLUMNS.sort), row[PAGE_COLUMNS.id]] as Keys;
