import type { SortKey } from '#libs/fhir';
import { orderBy, afterKeys, type Keys } from './keyset';
import { all, type Fragment, joined, name, sql, TRUE, wholeNumber } from '../sql/fragment';
import type { Selection } from '../compile/selection';
import type { Scope } from '../compile/scope';
import { sortColumn } from './sort-column';

/** Columns of a page, in this order; the sort values follow. */
export const PAGE_COLUMNS = { id: 0, type: 1, fhirId: 2, patient: 3, body: 4, sort: 5 } as const;

const columnsOf = (r: string): Fragment => joined(['id', 'type', 'fhir_id', 'patient', 'body'].map((column) => name(`${r}.${column}`)), ', ');

/** The first `limit` of the selection (alias r), in the order asked for, behind `after`. */
export function pageQuery(found: Selection, sort: readonly SortKey[], limit: number, after: Keys | undefined, scope: Scope): Fragment {
  return sort.length === 0 ? inOrderOfKeys(found, limit, after) : inOrderOf(found, sort, limit, after, scope);
}

function inOrderOfKeys({ from, where, key }: Selection, limit: number, after: Keys | undefined): Fragment {
  const behind = after ? sql`${key} > ${after[0]!}` : TRUE;
  return sql`SELECT ${columnsOf('r')} FROM ${from} WHERE ${all([where, behind])} ORDER BY ${key} LIMIT ${wholeNumber(limit)}`;
}

/** Sorts keys and sort values alone; bodies are fetched for the page that is left. */
function inOrderOf(found: Selection, sort: readonly SortKey[], limit: number, after: Keys | undefined, scope: Scope): Fragment {
  const columns = sort.map((key) => sortColumn(key, 'r', found.chart, scope));
  const values = columns.map((column, index) => sql`${column.value} AS ${name(`v${index}`)}`);
  const rows = sql`SELECT ${joined([name('r.id'), ...values], ', ')} FROM ${found.from}${joined(columns.map((column) => column.join), '')} WHERE ${found.where}`;
  const order = orderBy(columns);
  const behind = after ? afterKeys(columns, after) : TRUE;
  const names = ['id', ...columns.map((_, index) => `v${index}`)];
  const page = sql`SELECT ${joined(names.map((one) => name(`p.${one}`)), ', ')} FROM (${rows}) p WHERE ${behind} ORDER BY ${order} LIMIT ${wholeNumber(limit)}`;
  const sorted = names.slice(1).map((one) => name(`p.${one}`));
  return sql`SELECT ${joined([columnsOf('b'), ...sorted], ', ')} FROM (${page}) p JOIN fhir_resource b ON b.id = p.id ORDER BY ${order}`;
}

export const countQuery = ({ from, where }: Selection): Fragment => sql`SELECT COUNT(*) FROM ${from} WHERE ${where}`;

export const namesQuery = ({ from, where, key }: Selection, limit: number): Fragment => sql`SELECT r.fhir_id FROM ${from} WHERE ${where} ORDER BY ${key} LIMIT ${wholeNumber(limit)}`;
