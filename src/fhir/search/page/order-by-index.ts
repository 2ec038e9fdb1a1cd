import type { SortKey } from '#libs/fhir';
import { type IndexLookup, matchingSet } from '../compile/index-lookup';
import type { Selection } from '../compile/selection';
import { indexTables } from '../../store/tables';
import { all, type Fragment, joined, name, sql, TRUE, wholeNumber } from '../sql/fragment';
import type { Keys } from './keyset';
import { pageColumns } from './page-columns';

function tableOf({ parameter }: SortKey) {
  return indexTables[parameter.type === 'number' ? 'quantity' : (parameter.type as keyof typeof indexTables)];
}

const columnsOf = (t: string, columns: readonly string[]): Fragment => joined(columns.map((column) => name(`${t}.${column}`)), ', ');

/**
 * Reads the index of a sort parameter in its order and keeps what passes, until the page is full: a search over the
 * whole population costs its page, not its matches. `window`: how many entries are looked at, at most. A resource with several values stands where its first one does.
 */
export function inOrderOfIndex({ where, keys }: Selection, sort: SortKey, limit: number, after: Keys | undefined, window?: number): Fragment {
  const table = tableOf(sort);
  const values = table.key.slice(2, -1);
  const [order, than] = sort.descending ? [sql`DESC`, sql`<`] : [sql`ASC`, sql`>`];
  const before = sort.descending ? sql`>` : sql`<`;
  const earlier = sql`(SELECT 1 FROM ${name(table.name)} o WHERE o.patient = t.patient AND o.param = t.param AND o.resource = t.resource AND (${columnsOf('o', values)}) ${before} (${columnsOf('t', values)}) LIMIT 1)`;
  const sorted = [...values, 'resource'];
  // The first column alone lets the databases begin in the midst of the index.
  const behind = after ? sql`${name(`t.${values[0]!}`)} ${than}= ${after[0]!} AND (${columnsOf('t', sorted)}) ${than} (${joined(after.map((key) => sql`${key}`), ', ')})` : TRUE;
  const inOrder = (t: string) => joined(sorted.map((column) => sql`${name(`${t}.${column}`)} ${order}`), ', ');
  const entries = sql`SELECT t.* FROM ${name(table.name)} t WHERE ${all([sql`t.param = ${sort.parameter.id}`, behind])}`;
  const from = window === undefined ? entries : sql`${entries} ORDER BY ${inOrder('t')} LIMIT ${wholeNumber(window)}`;
  const collected = keys ? sql`+t.resource IN (${keys})` : TRUE;
  return sql`SELECT ${pageColumns('r')}, ${columnsOf('t', values)} FROM (${from}) t CROSS JOIN fhir_resource r ON r.id = t.resource
    WHERE ${all([collected, where, sql`${earlier} IS NULL`])} ORDER BY ${inOrder('t')} LIMIT ${wholeNumber(limit)}`;
}

/** What has no value of the sort parameter, which comes last. */
export function withoutIndexedValue({ from, where, key }: Selection, sort: SortKey, limit: number, after: Keys | undefined): Fragment {
  const lookup: IndexLookup = { table: tableOf(sort).name, params: [sort.parameter.id], matching: () => TRUE, negated: true };
  const behind = after?.length ? sql`${key} > ${after[0]!}` : TRUE;
  return sql`SELECT ${pageColumns('r')} FROM ${from} WHERE ${all([where, behind, sql`${key} NOT IN (${matchingSet(lookup, 'v', undefined)})`])} ORDER BY ${key} LIMIT ${wholeNumber(limit)}`;
}
