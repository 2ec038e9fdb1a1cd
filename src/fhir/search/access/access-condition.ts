import type { Sql, SqlValue } from '../../../database';
import { type Access, clock, forbidden, rulesFor, type Verb } from '../../../kernel';
import { condition } from '../compile/condition';
import { newScope } from '../compile/selection';
import { accessExpression } from './access-expression';
import { patientKeys } from './patient-keys';

/** SQL text and the values it binds, for a statement that is put together elsewhere. */
export interface SqlCondition {
  sql: string;
  params: SqlValue[];
}

/**
 * The access predicate as a condition on rows of `fhir_resource` under `alias`. Throws `forbidden` where no rule
 * allows `verb` on `type` at all.
 */
export async function accessCondition(sql: Sql, access: Access, type: string, verb: Verb, alias: string): Promise<SqlCondition> {
  requireRule(access, type, [verb]);
  const patients = await accessPatients(sql, access);
  const { text, params } = condition(accessExpression(access, type, [verb]), alias, type, newScope(access, patients, clock.now()));
  return { sql: `(${text})`, params: [...params] };
}

const ACTS: Record<Verb, string> = { c: 'create', r: 'read', u: 'update', d: 'delete', s: 'search' };

export function requireRule(access: Access, type: string, verbs: readonly Verb[]): void {
  if (verbs.some((verb) => rulesFor(access, type, verb).length > 0)) return;
  throw forbidden(`The token does not allow to ${ACTS[verbs[0]!]} ${type}.`);
}

/** Keys of the patients that the rules of `access` name, and of `more`. */
export function accessPatients(sql: Sql, access: Access, more: readonly string[] = []): Promise<Map<string, number>> {
  return patientKeys(sql, [...access.rules.flatMap((rule) => rule.patient ?? []), ...more]);
}
