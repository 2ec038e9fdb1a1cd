import type { ChainTest, HasTest } from '#libs/fhir';
import { referenceTable } from '../../store/tables';
import { any, type Fragment, name, sql, wholeNumber } from '../sql/fragment';
import type { IndexLookup } from './index-lookup';
import type { Scope } from './scope';

/**
 * A chain is a lookup in the references, whose targets are the names of what passes the test at the other end:
 * of that, only what the caller may see (else a chain would answer questions about other patients).
 */
export function chainLookup(test: ChainTest, scope: Scope): IndexLookup {
  return { table: referenceTable.name, param: test.parameter.id, negated: false, matching: (t) => any(test.through.map((step) => leadsTo(step, t, scope))) };
}

function leadsTo({ type, of }: ChainTest['through'][number], t: string, scope: Scope): Fragment {
  const r = scope.alias('c');
  const { from, where } = scope.select({ type, filters: [of], access: scope.visible(type) }, r, scope);
  return sql`${name(`${t}.target`)} IN (SELECT CONCAT(${`${type}/`}, ${name(`${r}.fhir_id`)}) FROM ${from} WHERE ${where})`;
}

/** Keys of the resources of `type` that something visible refers to and that passes the test. */
export function hasSet(test: HasTest, type: string, scope: Scope): Fragment {
  const [c, t, h] = [scope.alias('c'), scope.alias('t'), scope.alias('h')];
  const [m, n] = [scope.alias('m'), scope.alias('n')];
  const { from, where } = scope.select({ type: test.type, filters: [test.of], access: scope.visible(test.type) }, c, scope);
  const target = name(`${t}.target`);
  const referring = sql`SELECT ${name(`${c}.id`)}, ${name(`${c}.patient`)} FROM ${from} WHERE ${where}`;
  const names = sql`SELECT DISTINCT SUBSTR(${target}, ${wholeNumber(type.length + 2)}) AS fhir_id FROM (${referring}) ${name(m)}
    CROSS JOIN ${name(referenceTable.name)} ${name(t)} ON ${name(`${t}.patient`)} = ${name(`${m}.patient`)} AND ${name(`${t}.resource`)} = ${name(`${m}.id`)}
    WHERE ${name(`${t}.param`)} = ${test.parameter.id} AND ${target} >= ${`${type}/`} AND ${target} < ${`${type}0`}`;
  return sql`SELECT ${name(`${h}.id`)} AS resource FROM (${names}) ${name(n)} CROSS JOIN fhir_resource ${name(h)} ON ${name(`${h}.type`)} = ${type} AND ${name(`${h}.fhir_id`)} = ${name(`${n}.fhir_id`)}`;
}
