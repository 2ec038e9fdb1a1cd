import type { SortKey } from '#libs/fhir';
import type { Chart } from '../compile/index-lookup';
import type { Selection } from '../compile/selection';
import type { Scope } from '../compile/scope';
import { type Fragment, joined, name, sql, TRUE, wholeNumber } from '../sql/fragment';
import { afterKeys, type Keys, orderBy } from './keyset';
import { pageColumns } from './page-columns';
import { type SortColumn, sortColumn } from './sort-column';

/** Sorts keys and sort values of all matches; bodies are fetched for the page that is left. `few`: some thousand matches at most. */
export function inOrderOfValues(found: Selection, sort: readonly SortKey[], limit: number, after: Keys | undefined, few: boolean, scope: Scope): Fragment {
  const columns = sort.map((key) => sortColumn(key, scope));
  const rows = !found.chart && few ? askedOneByOne(found, columns) : gathered(found, columns, found.chart);
  const order = orderBy(columns);
  const behind = after ? afterKeys(columns, after) : TRUE;
  const values = columns.map((_, index) => name(`p.v${index}`));
  const page = sql`SELECT ${joined([name('p.id'), ...values], ', ')} FROM (${rows}) p WHERE ${behind} ORDER BY ${order} LIMIT ${wholeNumber(limit)}`;
  return sql`SELECT ${joined([pageColumns('b'), ...values], ', ')} FROM (${page}) p CROSS JOIN fhir_resource b ON b.id = p.id ORDER BY ${order}`;
}

export function askedOneByOne({ from, where }: Pick<Selection, 'from' | 'where'>, columns: readonly SortColumn[]): Fragment {
  const values = columns.map((column, index) => sql`${column.own ?? column.indexed!.ofOne} AS ${name(`v${index}`)}`);
  return sql`SELECT ${joined([name('r.id'), ...values], ', ')} FROM ${from} WHERE ${where}`;
}

const NULL = sql`NULL`;

/**
 * Matches and values in one heap, grouped by resource: linear, where a join to grouped values is quadratic in SQLite,
 * which makes no index for it.
 */
function gathered({ from, where }: Selection, columns: readonly SortColumn[], chart: Chart): Fragment {
  const matches = columns.map((column, index) => sql`${column.own ?? NULL} AS ${name(`v${index}`)}`);
  const values = columns.flatMap((column, index) => column.indexed?.list(chart, (value) => joined([sql`0`, ...columns.map((_, other) => (other === index ? value : NULL))], ', ')) ?? []);
  const heap = joined([sql`SELECT ${joined([sql`r.id AS id`, sql`1 AS matched`, ...matches], ', ')} FROM ${from} WHERE ${where}`, ...values], ' UNION ALL ');
  const sorted = columns.map((column, index) => sql`${column.extreme(name(`g.v${index}`))} AS ${name(`v${index}`)}`);
  return sql`SELECT ${joined([name('g.id'), ...sorted], ', ')} FROM (${heap}) g GROUP BY g.id HAVING MAX(g.matched) = 1`;
}
