import { identifierTypeParam, type MissingTest, type ParameterTest, referenceIdentifierParam, tokenTextParam, versionedReferenceParam } from '#libs/fhir';
import { indexTables } from '../../store/tables';
import { compositeCondition } from '../parameters/composite.condition';
import { dateCondition } from '../parameters/date.condition';
import { nearCondition } from '../parameters/near.condition';
import { quantityCondition } from '../parameters/quantity.condition';
import { referenceCondition } from '../parameters/reference.condition';
import { stringCondition } from '../parameters/string.condition';
import { tokenCondition } from '../parameters/token.condition';
import { uriCondition } from '../parameters/uri.condition';
import { wordsCondition } from '../parameters/words.condition';
import { all, type Fragment, isIn, name, sql, TRUE } from '../sql/fragment';

/** Where the rows of a test are found in the search indexes, and what they must hold. */
export interface IndexLookup {
  table: string;
  params: readonly number[];
  /** The condition on the rows of alias `t`; `inChart`: those of one chart or resource, which are few. */
  matching(t: string, inChart: boolean): Fragment;
  /** True: the resources wanted are those without such a row. */
  negated: boolean;
}

/** Keys of the charts (the `patient` column) in which all matches lie; undefined: anywhere. */
export type Chart = readonly number[] | undefined;

export function lookupOf(test: ParameterTest | MissingTest, now: number): IndexLookup {
  if (test.op === 'missing') return { ...(test.text ? { table: tableOf('string'), params: [tokenTextParam(test.parameter.id)] } : { table: tableOf(test.parameter.type), params: [test.parameter.id] }), matching: () => TRUE, negated: test.missing };
  return { table: tableOf(test.type), params: paramsOf(test), matching: (t, inChart) => valueCondition(test, t, now, inChart), negated: test.modifier === 'not' };
}

const KINDS: Readonly<Record<string, keyof typeof indexTables>> = { number: 'quantity', special: 'position' };

function tableOf(type: string): string {
  const table = indexTables[KINDS[type] ?? (type as keyof typeof indexTables)];
  if (!table) throw new Error(`No index holds ${type} parameters.`);
  return table.name;
}

/** Some modifiers search what stands under a number of its own. */
function paramsOf(test: ParameterTest): readonly number[] {
  const { id } = test.parameter;
  if (test.type === 'text') return test.params;
  if (test.modifier === 'identifier') return [referenceIdentifierParam(id)];
  if (test.modifier === 'text') return [tokenTextParam(id)];
  if (test.modifier === 'of-type') return [identifierTypeParam(id)];
  return test.type === 'reference' && test.values.some((value) => value.versioned) ? [id, versionedReferenceParam(id)] : [id];
}

function valueCondition(test: ParameterTest, t: string, now: number, inChart: boolean): Fragment {
  switch (test.type) {
    case 'token': return tokenCondition(test, t);
    case 'string': return stringCondition(test, t);
    case 'date': return dateCondition(test.values, t, now, inChart);
    case 'number':
    case 'quantity': return quantityCondition(test.values, t, inChart);
    case 'reference': return referenceCondition(test.values, t);
    case 'uri': return uriCondition(test, t);
    case 'composite': return compositeCondition(test.values, t);
    case 'special': return nearCondition(test.values, t);
    case 'text': return wordsCondition(test.values, t);
  }
}

/** Keys of all resources with a matching row; a resource with several comes several times. Read from one chart's cluster where the chart is known. */
export function matchingSet(lookup: IndexLookup, t: string, chart: Chart): Fragment {
  const inChart = chart ? isIn(name(`${t}.patient`), chart) : TRUE;
  return sql`SELECT ${name(`${t}.resource`)} FROM ${name(lookup.table)} ${name(t)} WHERE ${all([inChart, isIn(name(`${t}.param`), lookup.params), lookup.matching(t, chart !== undefined)])}`;
}

/**
 * Whether the resource of alias `r` has a matching row, asked one resource at a time. A scalar subquery rather than
 * EXISTS, so that no optimizer turns it round and collects all matching rows first.
 */
export function matchingProbe(lookup: IndexLookup, t: string, r: string): Fragment {
  const own = sql`${name(`${t}.patient`)} = ${name(`${r}.patient`)} AND ${isIn(name(`${t}.param`), lookup.params)} AND ${name(`${t}.resource`)} = ${name(`${r}.id`)}`;
  const found = sql`(SELECT 1 FROM ${name(lookup.table)} ${name(t)} WHERE ${all([own, lookup.matching(t, true)])} LIMIT 1)`;
  return lookup.negated ? sql`${found} IS NULL` : sql`${found} = 1`;
}
