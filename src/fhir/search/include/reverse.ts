import { type Include, resourceTypes } from '#libs/fhir';
import type { Sql } from '../../../database';
import { chartOf } from '../compile/chart';
import { condition } from '../compile/condition';
import type { Scope } from '../compile/scope';
import { referenceTable } from '../../store/tables';
import { all, any, type Fragment, isIn, name, sql as fragment, TRUE, wholeNumber } from '../sql/fragment';
import { referenceParameters } from './forward';
import { nameOf, type StoredRow } from './stored-row';

/** Visible resources that refer to one of `rows` by a parameter of `includes`. One statement. */
export async function fetchReferring(sql: Sql, includes: readonly Include[], rows: readonly StoredRow[], scope: Scope, most: number): Promise<unknown[][]> {
  const names = rows.filter((row) => includes.some((include) => (include.target ?? row.type) === row.type)).map(nameOf);
  const sources = paramsBySource(includes, new Set(rows.map((row) => row.type)));
  if (names.length === 0 || sources.size === 0) return [];
  const keys = fragment`SELECT DISTINCT t.resource FROM ${name(referenceTable.name)} t
    WHERE ${all([inCharts([...sources.keys()], scope), isIn(name('t.param'), [...sources.values()].flat()), isIn(name('t.target'), names)])}`;
  const { text, params } = fragment`SELECT c.id, c.type, c.fhir_id, c.patient, c.body FROM (${keys}) k CROSS JOIN fhir_resource c ON c.id = k.resource
    WHERE c.deleted = ${0} AND ${visibleOf([...sources.keys()], scope)} ORDER BY c.id LIMIT ${wholeNumber(most)}`;
  return sql.rows(text, params);
}

function paramsBySource(includes: readonly Include[], targets: ReadonlySet<string>): Map<string, number[]> {
  const sources = new Map<string, number[]>();
  for (const include of includes) {
    for (const source of include.source === '*' ? resourceTypes : [include.source]) {
      const parameters = include.parameter ? [include.parameter] : referenceParameters(source);
      const leading = parameters.filter((parameter) => parameter.targets.some((target) => targets.has(target) && (include.target ?? target) === target));
      if (leading.length > 0) sources.set(source, [...(sources.get(source) ?? []), ...leading.map((parameter) => parameter.id)]);
    }
  }
  return sources;
}

/** A caller confined to a patient reads only that chart's references, however many others point the same way. */
function inCharts(sources: readonly string[], scope: Scope): Fragment {
  const charts = sources.map((source) => chartOf(source, [], scope.visible(source), scope));
  return charts.some((chart) => !chart) ? TRUE : isIn(name('t.patient'), [...new Set(charts.flatMap((chart) => chart!))]);
}

/** Types that are seen alike share one condition. */
function visibleOf(types: readonly string[], scope: Scope): Fragment {
  const groups = new Map<string, { types: string[]; seen: Fragment }>();
  for (const type of types) {
    const expression = scope.visible(type);
    const key = JSON.stringify(expression);
    const group = groups.get(key) ?? { types: [], seen: condition(expression, 'c', type, scope) };
    group.types.push(type);
    groups.set(key, group);
  }
  return any([...groups.values()].map((group) => all([isIn(name('c.type'), group.types), group.seen])));
}
