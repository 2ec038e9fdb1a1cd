import type { Expression, ParameterTest } from '#libs/fhir';
import { isIn, joined, type Fragment, name, sql } from '../sql/fragment';
import { chainLookup, hasSet } from './chain';
import { columnCondition, isColumn } from './column';
import { type Chart, lookupOf, matchingSet } from './index-lookup';
import type { Scope } from './scope';

/**
 * How the search indexes answer an expression: by the set of what passes it (`in`), or of what does not (`out`).
 * Undefined where they do not, and resources have to be asked one by one.
 */
export type Side = 'in' | 'out';

export function sideOf(expression: Expression): Side | undefined {
  switch (expression.op) {
    case 'test': return expression.modifier === 'not' ? 'out' : 'in';
    case 'missing': return isColumn(expression) ? undefined : expression.missing ? 'out' : 'in';
    case 'chain':
    case 'has': return 'in';
    case 'not': return opposite(sideOf(expression.of));
    case 'and': return sideOfAll(expression.of);
    // Not a and not b, turned round.
    case 'or': return opposite(sideOfAll(expression.of.map((one) => ({ op: 'not', of: one }))));
    default: return undefined;
  }
}

function sideOfAll(of: readonly Expression[]): Side | undefined {
  const sides = of.map(sideOf);
  if (sides.length === 0 || sides.includes(undefined)) return undefined;
  return sides.includes('in') ? 'in' : 'out';
}

const opposite = (side: Side | undefined): Side | undefined => side && (side === 'in' ? 'out' : 'in');

/** Keys of the resources that pass `expression`, or of those that do not, as `sideOf` says; some come several times. */
export function keySet(expression: Expression, type: string, chart: Chart, scope: Scope): Fragment {
  switch (expression.op) {
    case 'test': return isColumn(expression) ? columnSet(expression, type, chart, scope) : matchingSet(lookupOf(expression, scope.now), scope.alias('t'), chart);
    case 'missing': return matchingSet(lookupOf(expression, scope.now), scope.alias('t'), chart);
    case 'chain': return matchingSet(chainLookup(expression, scope), scope.alias('t'), chart);
    case 'has': return hasSet(expression, type, scope);
    case 'not': return keySet(expression.of, type, chart, scope);
    case 'and': return both(expression.of, (one) => sideOf(one)!, (one) => keySet(one, type, chart, scope), scope);
    case 'or': return both(expression.of, (one) => opposite(sideOf(one))!, (one) => keySet(one, type, chart, scope), scope);
    default: throw new Error('Not to be answered by a set.');
  }
}

/** What is in all of the one kind and in none of the other; where there is only the other, what is in any of it. */
function both(of: readonly Expression[], side: (one: Expression) => Side, set: (one: Expression) => Fragment, scope: Scope): Fragment {
  const [inside, outside] = [of.filter((one) => side(one) === 'in').map(set), of.filter((one) => side(one) === 'out').map(set)];
  return inside.length > 0 ? combined(inside, outside, scope) : nested(joined(outside.map((one) => nested(one, scope)), ' UNION ALL '), scope);
}

/** A set in brackets: SQLite knows none around the parts of a compound. */
function nested(set: Fragment, scope: Scope): Fragment {
  const d = scope.alias('d');
  return sql`SELECT ${name(`${d}.resource`)} FROM (${set}) ${name(d)}`;
}

/** INTERSECT and EXCEPT give each key once; a set on its own has to be told. */
export function combined(positive: readonly Fragment[], negative: readonly Fragment[], scope: Scope): Fragment {
  const [only, ...more] = [...positive, ...negative];
  if (more.length > 0) return nested(joined([joined(positive, ' INTERSECT '), ...negative], ' EXCEPT '), scope);
  const d = scope.alias('d');
  return sql`SELECT DISTINCT ${name(`${d}.resource`)} FROM (${only!}) ${name(d)}`;
}

function columnSet(test: ParameterTest, type: string, chart: Chart, scope: Scope): Fragment {
  const c = scope.alias('c');
  const inChart = chart ? sql` AND ${isIn(name(`${c}.patient`), chart)}` : sql``;
  return sql`SELECT ${name(`${c}.id`)} AS resource FROM fhir_resource ${name(c)} WHERE ${name(`${c}.type`)} = ${type}${inChart} AND ${columnCondition({ ...test, modifier: undefined } as ParameterTest, c, scope.now)}`;
}
