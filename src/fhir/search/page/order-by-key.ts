import type { Selection } from '../compile/selection';
import { all, EMPTY, type Fragment, sql, TRUE, wholeNumber } from '../sql/fragment';
import type { Keys } from './keyset';
import { pageColumns } from './page-columns';

/**
 * The resources that were first written first. Where the indexes gave a set of keys, those of the page are found before
 * a body is read: putting whole rows in order costs more than finding them. Within the page the caller sorts.
 */
export function inOrderOfKeys({ from, where, key, keys }: Selection, limit: number, after: Keys | undefined): Fragment {
  const behind = after ? sql`${key} > ${after[0]!}` : TRUE;
  if (keys) return sql`SELECT ${pageColumns('b')} FROM (SELECT r.id FROM ${from} WHERE ${all([where, behind])} ORDER BY ${key} LIMIT ${wholeNumber(limit)}) p CROSS JOIN fhir_resource b ON b.id = p.id`;
  return sql`SELECT ${pageColumns('r')} FROM ${from} WHERE ${all([where, behind])} ORDER BY ${key} LIMIT ${wholeNumber(limit)}`;
}

/** Key of the last of the `window` resources of the type that come next; no row where there are fewer. */
export function windowEnd(type: string, window: number, after: Keys | undefined): Fragment {
  const behind = after ? sql` AND w.id > ${after[0]!}` : EMPTY;
  return sql`SELECT w.id FROM fhir_resource w WHERE w.type = ${type} AND w.deleted = ${0}${behind} ORDER BY w.id LIMIT 1 OFFSET ${wholeNumber(window)}`;
}

export const until = (found: Selection, end: number): Selection => ({ ...found, where: sql`${found.where} AND ${found.key} <= ${end}` });

export const countQuery = ({ from, where }: Selection): Fragment => sql`SELECT COUNT(*) FROM ${from} WHERE ${where}`;

export const namesQuery = ({ from, where, key }: Selection, limit: number): Fragment => sql`SELECT r.fhir_id FROM ${from} WHERE ${where} ORDER BY ${key} LIMIT ${wholeNumber(limit)}`;
