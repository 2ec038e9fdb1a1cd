import type { SortKey } from '#libs/fhir';
import type { Selection } from '../compile/selection';
import type { Scope } from '../compile/scope';
import { afterKeys, type Keys, orderBy } from '../page/keyset';
import { askedOneByOne } from '../page/order-by-values';
import { pageColumns } from '../page/page-columns';
import { type SortColumn, sortColumn } from '../page/sort-column';
import { all, type Fragment, joined, name, sql, TRUE, wholeNumber } from '../sql/fragment';

/** What is found of one type, and the keys it is sorted by. */
export interface Part {
  found: Selection;
  sort: readonly SortKey[];
}

/** How the parts are put in one order. */
interface MergedOrder {
  order: Fragment;
  /** The next `limit` keys, with sort values, of one part. */
  next(part: Selection, columns: readonly SortColumn[]): Fragment;
}

/**
 * One page out of several types: of each the keys that could be on it, in order, then the bodies of those that are.
 * Reads no more of any type than a page.
 */
export function mergedPage(parts: readonly Part[], limit: number, after: Keys | undefined, scope: Scope): Fragment {
  const columns = parts.map(({ sort }) => sort.map((key) => sortColumn(key, scope)));
  const { order, next } = mergedOrder(columns[0]!, limit, after);
  const nexts = parts.map(({ found }, index) => sql`SELECT * FROM (${next(found, columns[index]!)}) ${name(scope.alias('u'))}`);
  const values = columns[0]!.map((_, index) => name(`p.v${index}`));
  const page = sql`SELECT ${joined([name('p.id'), ...values], ', ')} FROM (${joined(nexts, ' UNION ALL ')}) p ORDER BY ${order} LIMIT ${wholeNumber(limit)}`;
  return sql`SELECT ${joined([pageColumns('b'), ...values], ', ')} FROM (${page}) p CROSS JOIN fhir_resource b ON b.id = p.id ORDER BY ${order}`;
}

function mergedOrder(columns: readonly SortColumn[], limit: number, after: Keys | undefined): MergedOrder {
  if (columns.length === 0) return byKey(limit, after);
  return columns.length === 1 && columns[0]!.own ? byColumn(columns[0]!.descending, limit, after) : byValues(columns, limit, after);
}

function byKey(limit: number, after: Keys | undefined): MergedOrder {
  const next = ({ from, where, key }: Selection) => sql`SELECT ${key} AS id FROM ${from} WHERE ${all([where, after ? sql`${key} > ${after[0]!}` : TRUE])} ORDER BY ${key} LIMIT ${wholeNumber(limit)}`;
  return { order: name('p.id'), next };
}

/** A column of the resource, which its own index has in order. */
function byColumn(descending: boolean, limit: number, after: Keys | undefined): MergedOrder {
  const [way, than] = descending ? [sql`DESC`, sql`<`] : [sql`ASC`, sql`>`];
  const next = ({ from, where }: Selection, [column]: readonly SortColumn[]) => {
    const own = column!.own!;
    const behind = after ? sql`(${own} ${than} ${after[0]!} OR (${own} = ${after[0]!} AND r.id ${than} ${after[1]!}))` : TRUE;
    return sql`SELECT r.id AS id, ${own} AS v0 FROM ${from} WHERE ${all([where, behind])} ORDER BY ${own} ${way}, r.id ${way} LIMIT ${wholeNumber(limit)}`;
  };
  return { order: sql`p.v0 ${way}, p.id ${way}`, next };
}

function byValues(shared: readonly SortColumn[], limit: number, after: Keys | undefined): MergedOrder {
  const order = orderBy(shared);
  const values = joined([name('p.id'), ...shared.map((_, index) => name(`p.v${index}`))], ', ');
  const behind = after ? afterKeys(shared, after) : TRUE;
  const next = (found: Selection, columns: readonly SortColumn[]) => sql`SELECT ${values} FROM (${askedOneByOne(found, columns)}) p WHERE ${behind} ORDER BY ${order} LIMIT ${wholeNumber(limit)}`;
  return { order, next };
}
