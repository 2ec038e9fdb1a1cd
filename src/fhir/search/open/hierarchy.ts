import type { Expression, OpenTest } from '#libs/fhir';
import type { Sql } from '../../../database';
import { type Access, clock, invalid } from '../../../kernel';
import { accessPatients } from '../access/access-condition';
import { accessExpression } from '../access/access-expression';
import { newScope, selection } from '../compile/selection';
import { type Fragment, name, sql as fragment, wholeNumber } from '../sql/fragment';
import { referenceTable } from '../../store/tables';
import type { Scope } from '../compile/scope';

type Hierarchy = Extract<OpenTest, { ask: 'hierarchy' }>;

/** So far up or down, and so many in all, is searched. */
const LEVELS = 16;
const MOST = 1000;

/**
 * The resource and what is part of it, or what it is part of, level by level, as far as the caller may see
 * (R4 §3.1.1.4.16). One statement a level; who is part of himself is met once.
 */
export async function hierarchy(test: Hierarchy, { sql, access }: { sql: Sql; access: Access }): Promise<string[]> {
  const found = new Set([test.name]);
  const patients = await accessPatients(sql, access);
  for (let [level, next]: [number, string[]] = [0, [test.name]]; next.length > 0; level++) {
    if (level > LEVELS || found.size > MOST) throw tooLarge(test);
    const scope = newScope(access, patients, clock.now());
    const { text, params } = test.up ? partsOf(test, next, access, scope) : partOf(test, next, access, scope);
    next = (await sql.rows(text, params)).map(([one]) => one as string).filter((one) => !found.has(one));
    for (const one of next) found.add(one);
  }
  return [...found];
}

const typeOf = ({ name: of }: Hierarchy): string => of.slice(0, of.indexOf('/'));

/** Names of the visible resources that say they are part of one of `names`. */
function partOf(test: Hierarchy, names: readonly string[], access: Access, scope: Scope): Fragment {
  const filter: Expression = { op: 'test', type: 'reference', parameter: test.partOf, modifier: 'below', values: [{ targets: [...names], canonical: false }] };
  const { from, where } = found(test, filter, access, scope);
  return fragment`SELECT CONCAT(${`${typeOf(test)}/`}, r.fhir_id) FROM ${from} WHERE ${where} LIMIT ${wholeNumber(MOST + 1)}`;
}

/** What the visible ones of `names` are part of. */
function partsOf(test: Hierarchy, names: readonly string[], access: Access, scope: Scope): Fragment {
  const type = typeOf(test);
  const filter: Expression = { op: 'test', type: 'token', parameter: { ...test.partOf, code: '_id', type: 'token', targets: [] }, values: names.map((one) => ({ code: one.slice(type.length + 1) })) };
  const { from, where } = found(test, filter, access, scope);
  return fragment`SELECT DISTINCT t.target FROM ${from} CROSS JOIN ${name(referenceTable.name)} t ON t.patient = r.patient AND t.param = ${test.partOf.id} AND t.resource = r.id
    WHERE ${where} AND t.target >= ${`${type}/`} AND t.target < ${`${type}0`} LIMIT ${wholeNumber(MOST + 1)}`;
}

function found(test: Hierarchy, filter: Expression, access: Access, scope: Scope) {
  const type = typeOf(test);
  return selection({ type, filters: [filter], access: accessExpression(access, type, ['s', 'r']) }, 'r', scope);
}

function tooLarge({ parameter }: Hierarchy): Error {
  const message = `What lies above or below is more than ${LEVELS} levels or ${MOST} resources: begin further down.`;
  return invalid(message, [{ path: parameter.code, rule: 'too-costly', message }]);
}
