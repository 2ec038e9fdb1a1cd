import { type MissingTest, type ParameterTest, referenceIdentifierParam } from '#libs/fhir';
import { indexTables } from '../../store/tables';
import { dateCondition } from '../parameters/date.condition';
import { quantityCondition } from '../parameters/quantity.condition';
import { referenceCondition } from '../parameters/reference.condition';
import { stringCondition } from '../parameters/string.condition';
import { tokenCondition } from '../parameters/token.condition';
import { uriCondition } from '../parameters/uri.condition';
import { all, type Fragment, isIn, name, sql, TRUE } from '../sql/fragment';

/** Where the rows of a test are found in the search indexes, and what they must hold. */
export interface IndexLookup {
  table: string;
  param: number;
  /** The condition on the rows of alias `t`. */
  matching(t: string): Fragment;
  /** True: the resources wanted are those without such a row. */
  negated: boolean;
}

/** Keys of the charts (the `patient` column) in which all matches lie; undefined: anywhere. */
export type Chart = readonly number[] | undefined;

export function lookupOf(test: ParameterTest | MissingTest, now: number): IndexLookup {
  if (test.op === 'missing') return { table: tableOf(test.parameter.type), param: test.parameter.id, matching: () => TRUE, negated: test.missing };
  const param = test.modifier === 'identifier' ? referenceIdentifierParam(test.parameter.id) : test.parameter.id;
  return { table: tableOf(test.type), param, matching: (t) => valueCondition(test, t, now), negated: test.modifier === 'not' };
}

function tableOf(type: string): string {
  const kind = type === 'number' ? 'quantity' : type;
  const table = indexTables[kind as keyof typeof indexTables];
  if (!table) throw new Error(`No index holds ${type} parameters.`);
  return table.name;
}

function valueCondition(test: ParameterTest, t: string, now: number): Fragment {
  switch (test.type) {
    case 'token': return tokenCondition(test.values, t);
    case 'string': return stringCondition(test, t);
    case 'date': return dateCondition(test.values, t, now);
    case 'number':
    case 'quantity': return quantityCondition(test.values, t);
    case 'reference': return referenceCondition(test.values, t);
    case 'uri': return uriCondition(test, t);
  }
}

/** Keys of all resources with a matching row; a resource with several comes several times. Read from one chart's cluster where the chart is known. */
export function matchingSet(lookup: IndexLookup, t: string, chart: Chart): Fragment {
  const inChart = chart ? isIn(name(`${t}.patient`), chart) : TRUE;
  return sql`SELECT ${name(`${t}.resource`)} FROM ${name(lookup.table)} ${name(t)} WHERE ${all([inChart, sql`${name(`${t}.param`)} = ${lookup.param}`, lookup.matching(t)])}`;
}

/**
 * Whether the resource of alias `r` has a matching row, asked one resource at a time. A scalar subquery rather than
 * EXISTS, so that no optimizer turns it round and collects all matching rows first.
 */
export function matchingProbe(lookup: IndexLookup, t: string, r: string): Fragment {
  const own = sql`${name(`${t}.patient`)} = ${name(`${r}.patient`)} AND ${name(`${t}.param`)} = ${lookup.param} AND ${name(`${t}.resource`)} = ${name(`${r}.id`)}`;
  const found = sql`(SELECT 1 FROM ${name(lookup.table)} ${name(t)} WHERE ${all([own, lookup.matching(t)])} LIMIT 1)`;
  return lookup.negated ? sql`${found} IS NULL` : sql`${found} = 1`;
}
