import { placeholders } from '../../../database';
import { padded, versionsAsOf } from './versions-as-of';
import type { Line, Walk, WalkScope } from './walk';

const PATIENTS = 50;

/**
 * The records of a Group's members as they were at `scope.at`, some patients a page: one patient's record is one
 * range of the store's patient index, so the cost is that of the Group, not of the population.
 */
export function memberWalk(scope: WalkScope, type: string): Walk {
  const { sql, job, at, seesSensitive } = scope;
  return async (after) => {
    const members = await sql.rows(`SELECT patient FROM bulk_patient WHERE job = ? AND patient > ? ORDER BY patient LIMIT ${PATIENTS}`, [job, after?.[0] ?? 0]);
    if (members.length === 0) return { lines: [] };
    const patients = members.map(([patient]) => Number(patient));
    const chosen = padded(patients);
    const rows = await sql.rows(
      `SELECT id, version, deleted, last_updated, restricted, LENGTH(body) FROM fhir_resource WHERE patient IN (${placeholders(chosen.length)}) AND type = ? ORDER BY id`,
      [...chosen, type],
    );
    const changed = rows.filter((row) => Number(row[3]) > at && Number(row[1]) > 1).map((row) => Number(row[0]));
    const earlier = await versionsAsOf(sql, changed, at);
    const lines: Line[] = [];
    for (const [id, version, deleted, updated, sensitive, bytes] of rows.map((row) => row.map(Number)) as [number, number, number, number, number, number][]) {
      if (updated > at) {
        const then = earlier.get(id);
        if (then && !then.deleted && patients.includes(then.patient) && (seesSensitive || !then.sensitive)) lines.push(then);
      } else if (!deleted && (seesSensitive || !sensitive)) {
        lines.push({ resource: id, version, bytes });
      }
    }
    return { lines, ...(members.length === PATIENTS && { after: [patients.at(-1)!] }) };
  };
}
