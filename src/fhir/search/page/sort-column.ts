import type { SortKey } from '#libs/fhir';
import type { Chart } from '../compile/index-lookup';
import type { Scope } from '../compile/scope';
import { all, EMPTY, type Fragment, isIn, name, sql, TRUE } from '../sql/fragment';
import { indexTables } from '../../store/tables';

/** What one key of `_sort` orders by. */
export interface SortColumn {
  value: Fragment;
  /** Joins that the value needs. */
  join: Fragment;
  descending: boolean;
}

const VALUE_COLUMN: Readonly<Record<string, string>> = { token: 'code', string: 'folded', date: 'lo', quantity: 'lo', number: 'lo', reference: 'target', uri: 'uri' };

/** Of several values the least counts going up and the greatest going down. */
export function sortColumn({ parameter, descending }: SortKey, r: string, chart: Chart, scope: Scope): SortColumn {
  if (parameter.code === '_id') return { value: name(`${r}.fhir_id`), join: EMPTY, descending };
  if (parameter.code === '_lastUpdated') return { value: name(`${r}.last_updated`), join: EMPTY, descending };
  const t = scope.alias('t');
  const column = name(`${t}.${VALUE_COLUMN[parameter.type]!}`);
  const extreme = descending ? sql`MAX(${column})` : sql`MIN(${column})`;
  const table = name(indexTables[parameter.type === 'number' ? 'quantity' : (parameter.type as keyof typeof indexTables)].name);
  const isParam = sql`${name(`${t}.param`)} = ${parameter.id}`;
  if (!chart) {
    const own = sql`${name(`${t}.patient`)} = ${name(`${r}.patient`)} AND ${name(`${t}.resource`)} = ${name(`${r}.id`)}`;
    return { value: sql`(SELECT ${extreme} FROM ${table} ${name(t)} WHERE ${all([isParam, own])})`, join: EMPTY, descending };
  }
  const s = scope.alias('s');
  const grouped = sql`SELECT ${name(`${t}.resource`)}, ${extreme} AS v FROM ${table} ${name(t)} WHERE ${all([chart.length > 0 ? isIn(name(`${t}.patient`), chart) : TRUE, isParam])} GROUP BY ${name(`${t}.resource`)}`;
  return { value: name(`${s}.v`), join: sql` LEFT JOIN (${grouped}) ${name(s)} ON ${name(`${s}.resource`)} = ${name(`${r}.id`)}`, descending };
}
