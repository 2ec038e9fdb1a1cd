import { type ChainTest, type HasTest, type ParameterRef, searchParameter } from '#libs/fhir';
import { referenceTable, uriTable } from '../../store/tables';
import { any, type Fragment, name, sql, wholeNumber } from '../sql/fragment';
import type { IndexLookup } from './index-lookup';
import type { Scope } from './scope';

/**
 * A chain is a lookup in the references, whose targets are the names of what passes the test at the other end:
 * of that, only what the caller may see (else a chain would answer questions about other patients).
 */
export function chainLookup(test: ChainTest, scope: Scope): IndexLookup {
  const leads = byUrl(test.parameter) ? leadsToUrl : leadsToName;
  return { table: referenceTable.name, params: [test.parameter.id], negated: false, matching: (t) => any(test.through.map((step) => leads(step, t, scope))) };
}

type Step = ChainTest['through'][number];

/** A canonical names what it refers to by its `url`. */
const byUrl = ({ elements }: ParameterRef): boolean => elements.length > 0 && !elements.includes('Reference') && !elements.includes('Resource');

function leadsToName({ type, of }: Step, t: string, scope: Scope): Fragment {
  const r = scope.alias('c');
  const { from, where } = scope.select({ type, filters: [of], access: scope.visible(type) }, r, scope);
  return sql`${name(`${t}.target`)} IN (SELECT CONCAT(${`${type}/`}, ${name(`${r}.fhir_id`)}) FROM ${from} WHERE ${where})`;
}

function leadsToUrl({ type, of }: Step, t: string, scope: Scope): Fragment {
  const url = searchParameter(type, 'url');
  if (!url) return leadsToName({ type, of }, t, scope);
  const [c, m, u] = [scope.alias('c'), scope.alias('m'), scope.alias('u')];
  const { from, where } = scope.select({ type, filters: [of], access: scope.visible(type) }, c, scope);
  return sql`${withoutVersion(t)} IN (SELECT ${name(`${u}.uri`)} FROM (SELECT ${name(`${c}.id`)}, ${name(`${c}.patient`)} FROM ${from} WHERE ${where}) ${name(m)}
    CROSS JOIN ${name(uriTable.name)} ${name(u)} ON ${name(`${u}.patient`)} = ${name(`${m}.patient`)} AND ${name(`${u}.resource`)} = ${name(`${m}.id`)} WHERE ${name(`${u}.param`)} = ${url.id})`;
}

function withoutVersion(t: string): Fragment {
  const target = name(`${t}.target`);
  return sql`CASE WHEN INSTR(${target}, '|') > 0 THEN SUBSTR(${target}, 1, INSTR(${target}, '|') - 1) ELSE ${target} END`;
}

/** Keys of the resources of `type` that something visible refers to and that passes the test. */
export function hasSet(test: HasTest, type: string, scope: Scope): Fragment {
  const url = byUrl(test.parameter) ? searchParameter(type, 'url') : undefined;
  return url ? hasByUrl(test, url.id, scope) : hasByName(test, type, scope);
}

function hasByName(test: HasTest, type: string, scope: Scope): Fragment {
  const [t, h, n] = [scope.alias('t'), scope.alias('h'), scope.alias('n')];
  const target = name(`${t}.target`);
  const names = sql`SELECT DISTINCT SUBSTR(${target}, ${wholeNumber(type.length + 2)}) AS fhir_id ${referring(test, t, scope)} AND ${target} >= ${`${type}/`} AND ${target} < ${`${type}0`}`;
  return sql`SELECT ${name(`${h}.id`)} AS resource FROM (${names}) ${name(n)} CROSS JOIN fhir_resource ${name(h)} ON ${name(`${h}.type`)} = ${type} AND ${name(`${h}.fhir_id`)} = ${name(`${n}.fhir_id`)}`;
}

function hasByUrl(test: HasTest, urlParam: number, scope: Scope): Fragment {
  const [t, u, n] = [scope.alias('t'), scope.alias('u'), scope.alias('n')];
  const urls = sql`SELECT DISTINCT ${withoutVersion(t)} AS url ${referring(test, t, scope)}`;
  return sql`SELECT ${name(`${u}.resource`)} AS resource FROM (${urls}) ${name(n)} CROSS JOIN ${name(uriTable.name)} ${name(u)} ON ${name(`${u}.param`)} = ${urlParam} AND ${name(`${u}.uri`)} = ${name(`${n}.url`)}`;
}

/** The references, alias `t`, by which visible resources that pass the test refer to others. */
function referring(test: HasTest, t: string, scope: Scope): Fragment {
  const [c, m] = [scope.alias('c'), scope.alias('m')];
  const { from, where } = scope.select({ type: test.type, filters: [test.of], access: scope.visible(test.type) }, c, scope);
  return sql`FROM (SELECT ${name(`${c}.id`)}, ${name(`${c}.patient`)} FROM ${from} WHERE ${where}) ${name(m)}
    CROSS JOIN ${name(referenceTable.name)} ${name(t)} ON ${name(`${t}.patient`)} = ${name(`${m}.patient`)} AND ${name(`${t}.resource`)} = ${name(`${m}.id`)}
    WHERE ${name(`${t}.param`)} = ${test.parameter.id}`;
}
