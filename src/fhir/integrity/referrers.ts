import { resourceTypes, searchParametersOf } from '#libs/fhir';
import { placeholders, type Sql } from '../../database';
import { type Access, groupBy, rulesFor } from '../../kernel';
import { accessCondition } from '../search';

export interface Named {
  type: string;
  id: string;
}

/** A stored resource, and the one it refers to. */
export interface Referrer extends Named {
  target: string;
  /** Where: `Observation.subject`, by the search parameter that finds it. */
  by: string;
}

export const nameOf = ({ type, id }: Named): string => `${type}/${id}`;

/** Names looked for in one statement: each is looked up under every parameter that may hold it. */
const CHUNK = 100;

/**
 * Stored resources that refer to any of `names`, at most `limit`, by the indexes of search: what no search parameter
 * of type reference covers is not found. `base` is that of this server, whose addresses are local references too.
 * `current`: what others have committed since this transaction began counts as well.
 */
export async function referrersOf(sql: Sql, names: readonly Named[], base: string, { limit, current }: { limit: number; current: boolean }): Promise<Referrer[]> {
  const found: Referrer[] = [];
  for (const [type, sameType] of groupBy(names, (name) => name.type)) {
    for (let at = 0; at < sameType.length && found.length < limit; at += CHUNK) {
      found.push(...(await referrersOfType(sql, type, sameType.slice(at, at + CHUNK), base, { limit: limit - found.length, current })));
    }
  }
  return found;
}

async function referrersOfType(sql: Sql, type: string, names: readonly Named[], base: string, { limit, current }: { limit: number; current: boolean }): Promise<Referrer[]> {
  const params = parametersTo(type);
  const targets = new Map(names.flatMap((name) => [[nameOf(name), nameOf(name)], [`${base}/${nameOf(name)}`, nameOf(name)]]));
  const locking = current && sql.dialect === 'mysql' ? 'LOCK IN SHARE MODE' : '';
  const rows = await sql.query<{ param: number; target: string; type: string; fhir_id: string }>(
    `SELECT t.param, t.target, r.type, r.fhir_id FROM fhir_index_reference t JOIN fhir_resource r ON r.id = t.resource
     WHERE t.param IN (${placeholders(params.size)}) AND t.target IN (${placeholders(targets.size)}) AND r.deleted = 0 LIMIT ${limit} ${locking}`,
    [...params.keys(), ...targets.keys()],
  );
  return rows.map((row) => ({ type: row.type, id: row.fhir_id, target: targets.get(row.target) ?? row.target, by: params.get(row.param) ?? row.type }));
}

const known = new Map<string, ReadonlyMap<number, string>>();

/** The search parameters of all types whose references may lead to `type`, with their names. */
function parametersTo(type: string): ReadonlyMap<number, string> {
  const found = known.get(type) ?? new Map(resourceTypes.flatMap((source) => searchParametersOf(source)
    .filter((parameter) => parameter.type === 'reference' && parameter.targets.includes(type))
    .map((parameter): [number, string] => [parameter.id, `${source}.${parameter.code}`])));
  known.set(type, found);
  return found;
}

/** Which of `names` are live and the caller’s to read. What they may not read is as if it were not there. */
export async function visibleOf(sql: Sql, access: Access, names: readonly Named[], locking = false): Promise<Set<string>> {
  const visible = new Set<string>();
  for (const [type, sameType] of groupBy(names, (name) => name.type)) {
    if (rulesFor(access, type, 'r').length === 0) continue;
    const condition = await accessCondition(sql, access, type, 'r', 'r');
    const ids = [...new Set(sameType.map((name) => name.id))];
    for (let at = 0; at < ids.length; at += 500) {
      const chunk = ids.slice(at, at + 500);
      const rows = await sql.query<{ fhir_id: string }>(
        `SELECT r.fhir_id FROM fhir_resource r WHERE r.type = ? AND r.fhir_id IN (${placeholders(chunk.length)}) AND r.deleted = 0 AND ${condition.sql} ${locking && sql.dialect === 'mysql' ? 'LOCK IN SHARE MODE' : ''}`,
        [type, ...chunk, ...condition.params],
      );
      for (const row of rows) visible.add(`${type}/${row.fhir_id}`);
    }
  }
  return visible;
}
