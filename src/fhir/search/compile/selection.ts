import type { Expression } from '#libs/fhir';
import type { Access } from '../../../kernel';
import { all, type Fragment, isIn, joined, name, sql, TRUE } from '../sql/fragment';
import { chartOf } from './chart';
import { isColumn } from './column';
import { condition } from './condition';
import type { Chart } from './index-lookup';
import { combined, keySet, sideOf } from './key-set';
import { Scope, type Wanted } from './scope';

/** The wanted resources, as the FROM and WHERE of a statement that calls them by the alias it gave. */
export interface Selection {
  from: Fragment;
  where: Fragment;
  /** The column to order by key: the narrowest row that has it. */
  key: Fragment;
  chart: Chart;
  /** The set of keys that the indexes gave; none where the resources themselves are walked. */
  keys?: Fragment;
}

/**
 * Filters that the indexes answer become sets of keys, combined before a single resource is read; the rest are
 * conditions on the resource. `broad` names filters that match so much that asking resource by resource is cheaper.
 *
 * Sets rather than joins or semi-joins: measured with 400,000 Observations, both databases read each set from one
 * cluster and merge them, and neither can be talked into another order of the joins. (SQLite keeps the order of a
 * CROSS JOIN; to MariaDB it is a join like any other.)
 */
export function selection({ type, filters, access }: Wanted, r: string, scope: Scope, broad: ReadonlySet<Expression> = new Set()): Selection {
  const flat = filters.flatMap(conjuncts);
  const chart = chartOf(type, flat, access, scope);
  const sets = flat.filter((one) => !isColumn(one) && sideOf(one));
  const scanned = chart || sets.every(isScan) ? [] : sets.filter(isScan);
  const positive = sets.filter((one) => sideOf(one) === 'in' && !broad.has(one) && !scanned.includes(one));
  const negative = sets.filter((one) => sideOf(one) === 'out' && !scanned.includes(one));
  const withinSets = positive.length > 0 && chart !== undefined;
  const rest = flat.filter((one) => !positive.includes(one) && !negative.includes(one));
  const conditions = [
    sql`${name(`${r}.type`)} = ${type}`,
    sql`${name(`${r}.deleted`)} = ${0}`,
    condition(access, r, type, scope),
    ...rest.map((one) => condition(one, r, type, scope)),
    ...(withinSets ? [] : negative.map((one) => lacks(one, r, type, positive.length > 0, chart, scope))),
  ];
  if (positive.length === 0) {
    const inChart = chart ? isIn(name(`${r}.patient`), chart) : TRUE;
    return { from: sql`fhir_resource ${name(r)}`, where: all([inChart, ...conditions]), key: name(`${r}.id`), chart };
  }
  const k = scope.alias('k');
  const keys = keysIn(chart, (part) => combined(positive.map((one) => keySet(one, type, part, scope)), withinSets ? negative.map((one) => keySet(one, type, part, scope)) : [], scope));
  return {
    from: sql`(${keys}) ${name(k)} CROSS JOIN fhir_resource ${name(r)} ON ${name(`${r}.id`)} = ${name(`${k}.resource`)}`,
    where: all(conditions),
    key: name(`${k}.resource`),
    chart,
    keys,
  };
}

/** So many charts are read one by one: given a choice of charts, SQLite would rather read the whole population's index. */
const ONE_BY_ONE = 8;

/** A resource lies in one chart, so what is combined chart by chart is combined rightly. */
function keysIn(chart: Chart, keysOf: (part: Chart) => Fragment): Fragment {
  if (!chart || chart.length < 2 || chart.length > ONE_BY_ONE) return keysOf(chart);
  return joined(chart.map((key) => sql`SELECT resource FROM (${keysOf([key])}) u`), ' UNION ALL ');
}

/** Few candidates are asked one by one; otherwise the set of those to be left out is made once. */
function lacks(one: Expression, r: string, type: string, few: boolean, chart: Chart, scope: Scope): Fragment {
  if (few) return condition(one, r, type, scope);
  return sql`${name(`${r}.id`)} NOT IN (${keySet(one, type, chart, scope)})`;
}

function conjuncts(expression: Expression): Expression[] {
  return expression.op === 'and' ? expression.of.flatMap(conjuncts) : [expression];
}

/** Text is read resource by resource, so over the whole population it is asked of those alone that the other filters leave. */
function isScan(expression: Expression): boolean {
  switch (expression.op) {
    case 'test': return expression.type === 'text';
    case 'not': return isScan(expression.of);
    case 'and':
    case 'or': return expression.of.some(isScan);
    default: return false;
  }
}

/** A fresh scope for one statement. */
export const newScope = (access: Access, patients: ReadonlyMap<string, number>, now: number): Scope => new Scope(access, patients, now, selection);
