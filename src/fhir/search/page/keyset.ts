import { all, any, FALSE, type Fragment, joined, name, sql } from '../sql/fragment';
import type { SortColumn } from './sort-column';

/** The sort values of the last match of a page; the key of the resource comes last. */
export type Keys = (string | number | null)[];

const column = (index: number): Fragment => name(`p.v${index}`);

/** What has no value comes last, whichever way the order goes. */
export function orderBy(columns: readonly SortColumn[]): Fragment {
  const keys = columns.flatMap(({ descending }, index) => [sql`${column(index)} IS NULL`, descending ? sql`${column(index)} DESC` : column(index)]);
  return joined([...keys, name('p.id')], ', ');
}

/** Everything behind `keys` in that order: where the next page begins, whatever was inserted meanwhile. */
export function afterKeys(columns: readonly SortColumn[], keys: Keys): Fragment {
  const id = sql`${name('p.id')} > ${keys.at(-1)!}`;
  return columns.reduceRight<Fragment>((rest, { descending }, index) => {
    const key = keys[index]!;
    const same = key === null ? sql`${column(index)} IS NULL` : sql`${column(index)} = ${key}`;
    return any([behind(column(index), key, descending), all([same, rest])]);
  }, id);
}

function behind(value: Fragment, key: string | number | null, descending: boolean): Fragment {
  if (key === null) return FALSE;
  return descending ? sql`(${value} < ${key} OR ${value} IS NULL)` : sql`(${value} > ${key} OR ${value} IS NULL)`;
}
