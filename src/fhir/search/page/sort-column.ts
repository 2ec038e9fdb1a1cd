import type { SortKey } from '#libs/fhir';
import type { Chart } from '../compile/index-lookup';
import type { Scope } from '../compile/scope';
import { indexTables } from '../../store/tables';
import { all, type Fragment, isIn, name, sql, TRUE } from '../sql/fragment';
import { SORT_COLUMNS } from './sort-columns';

/** One key of `_sort`: a column of the resource, or the values of a parameter in its index. */
export interface SortColumn {
  descending: boolean;
  /** Of several values the least counts going up and the greatest going down. */
  extreme(value: Fragment): Fragment;
  /** The value, where the resource (alias r) has it itself. */
  own?: Fragment;
  indexed?: IndexedValues;
}

interface IndexedValues {
  /** All `resource, value` of the parameter, in `chart` or anywhere. */
  list(chart: Chart, value: (column: Fragment) => Fragment): Fragment;
  /** The value of the one resource of alias r. */
  ofOne: Fragment;
}

const VALUE_COLUMN: Readonly<Record<string, string>> = { token: 'code', string: 'folded', date: 'lo', quantity: 'lo', number: 'lo', reference: 'target', uri: 'uri' };

export function sortColumn({ parameter, descending }: SortKey, scope: Scope): SortColumn {
  const extreme = (value: Fragment) => (descending ? sql`MAX(${value})` : sql`MIN(${value})`);
  const column = SORT_COLUMNS.get(parameter.code);
  if (column) return { descending, extreme, own: name(`r.${column}`) };
  const t = scope.alias('t');
  const value = name(`${t}.${VALUE_COLUMN[parameter.type]!}`);
  const from = sql`${name(indexTables[parameter.type === 'number' ? 'quantity' : (parameter.type as keyof typeof indexTables)].name)} ${name(t)}`;
  const isParam = sql`${name(`${t}.param`)} = ${parameter.id}`;
  const resource = name(`${t}.resource`);
  return {
    descending,
    extreme,
    indexed: {
      list: (chart, values) => sql`SELECT ${resource}, ${values(value)} FROM ${from} WHERE ${all([chart ? isIn(name(`${t}.patient`), chart) : TRUE, isParam])}`,
      ofOne: sql`(SELECT ${extreme(value)} FROM ${from} WHERE ${name(`${t}.patient`)} = r.patient AND ${isParam} AND ${resource} = r.id)`,
    },
  };
}
