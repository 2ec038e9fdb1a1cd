import type { SortKey } from '#libs/fhir';
import type { Selection } from '../compile/selection';
import { all, type Fragment, name, sql, TRUE, wholeNumber } from '../sql/fragment';
import type { Keys } from './keyset';
import { pageColumns } from './page-columns';
import { SORT_COLUMNS } from './sort-columns';

export function inOrderOfColumn({ from, where }: Selection, { parameter, descending }: SortKey, limit: number, after: Keys | undefined): Fragment {
  const column = name(`r.${SORT_COLUMNS.get(parameter.code)!}`);
  const direction = descending ? sql`DESC` : sql`ASC`;
  const than = descending ? sql`<` : sql`>`;
  const behind = after ? sql`(${column} ${than} ${after[0]!} OR (${column} = ${after[0]!} AND r.id ${than} ${after[1]!}))` : TRUE;
  return sql`SELECT ${pageColumns('r')}, ${column} FROM ${from} WHERE ${all([where, behind])} ORDER BY ${column} ${direction}, r.id ${direction} LIMIT ${wholeNumber(limit)}`;
}
