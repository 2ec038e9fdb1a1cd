import { placeholders } from '../../../database';
import { padded, versionsAsOf } from './versions-as-of';
import type { VersionRef, WalkScope } from './walk';

const BATCH = 500;

/** Does this export hold the record of this patient (`patient` column of the store)? */
export type Keeps = (patient: number) => boolean;

/**
 * What the resources of these keys were at `scope.at`, of those the export holds: what has not changed since is
 * taken as it stands, what has is looked up in history. Right whenever it is asked, since history does not change.
 */
export async function refsAsOf(scope: WalkScope, keys: readonly number[], keeps: Keeps): Promise<VersionRef[]> {
  const refs: VersionRef[] = [];
  for (let from = 0; from < keys.length; from += BATCH) refs.push(...(await batchAsOf(scope, keys.slice(from, from + BATCH), keeps)));
  return refs;
}

async function batchAsOf({ sql, at, seesSensitive }: WalkScope, keys: readonly number[], keeps: Keeps): Promise<VersionRef[]> {
  const wanted = padded(keys);
  const rows = await sql.rows(
    `SELECT id, version, deleted, last_updated, patient, restricted, LENGTH(body) FROM fhir_resource WHERE id IN (${placeholders(wanted.length)}) ORDER BY id`,
    wanted,
  );
  const current = rows.map((row) => row.map(Number) as [number, number, number, number, number, number, number]);
  const changed = current.filter(([, version, , updated]) => updated > at && version > 1);
  const earlier = await versionsAsOf(sql, changed.map(([id]) => id), at);
  return current.flatMap(([resource, version, deleted, updated, patient, restricted, bytes]) => {
    const then = updated > at ? earlier.get(resource) : { resource, version, deleted: deleted !== 0, patient, restricted: restricted !== 0, bytes };
    return then && !then.deleted && keeps(then.patient) && (seesSensitive || !then.restricted) ? [then] : [];
  });
}
