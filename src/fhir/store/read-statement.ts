import type { Sql, SqlValue } from '../../database';
import { type Access, rulesFor } from '../../kernel';
import { accessCondition, accessPatients } from '../search';

/** The statement that reads a resource by its name, for one caller and one type: `params` follow type and id. */
export interface ReadStatement {
  text: string;
  params: readonly SqlValue[];
}

/** One Access serves all requests of its token: what does not change is made once for each type. */
const known = new WeakMap<Access, Map<string, ReadStatement>>();

export const knownStatement = (access: Access, type: string): ReadStatement | undefined => known.get(access)?.get(type);

/** Columns: version, deleted, last_updated, body. `keep`: for the requests that follow, where nothing in it can change. */
export async function readStatement(sql: Sql, access: Access, type: string, keep: boolean): Promise<ReadStatement> {
  const condition = await accessCondition(sql, access, type, 'r', 'r');
  const statement = { text: `SELECT r.version, r.deleted, r.last_updated, r.body FROM fhir_resource r WHERE r.type = ? AND r.fhir_id = ? AND ${condition.sql}`, params: condition.params };
  if (keep && (await isLasting(sql, access, type))) known.set(access, (known.get(access) ?? new Map<string, ReadStatement>()).set(type, statement));
  return statement;
}

/** A patient may come to be known, and a restriction may speak of today; without either the predicate stays what it is. */
async function isLasting(sql: Sql, access: Access, type: string): Promise<boolean> {
  const patients = await accessPatients(sql, access);
  return rulesFor(access, type, 'r').every((rule) => rule.filter === undefined && (rule.patient === undefined || patients.has(rule.patient)));
}
