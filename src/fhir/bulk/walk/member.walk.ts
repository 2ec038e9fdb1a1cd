import { placeholders } from '../../../database';
import { refsAsOf } from './refs-as-of';
import { padded } from './versions-as-of';
import type { Walk, WalkScope } from './walk';

const PATIENTS = 50;

/**
 * The records of a Group's members as they were at `scope.at`, some patients a page: one patient's record is one
 * range of the store's patient index, so the cost is that of the Group, not of the population.
 */
export function memberWalk(scope: WalkScope, type: string): Walk {
  const { sql, job } = scope;
  return async (after) => {
    const members = await sql.rows(`SELECT patient FROM bulk_patient WHERE job = ? AND patient > ? ORDER BY patient LIMIT ${PATIENTS}`, [job, after?.[0] ?? 0]);
    const patients = new Set(members.map(([patient]) => Number(patient)));
    if (patients.size === 0) return { bodies: [], refs: [] };
    const chosen = padded([...patients]);
    const rows = await sql.rows(`SELECT id FROM fhir_resource WHERE patient IN (${placeholders(chosen.length)}) AND type = ? ORDER BY id`, [...chosen, type]);
    const refs = await refsAsOf(scope, rows.map(([id]) => Number(id)), (patient) => patients.has(patient));
    return { bodies: [], refs, ...(members.length === PATIENTS && { after: [Math.max(...patients)] }) };
  };
}
