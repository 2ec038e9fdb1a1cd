import { type FhirResource, parseJson } from '#libs/fhir';
import { placeholders, type Sql, type Tx } from '../../database';
import { notFound } from '../../kernel';
import { versionBodies } from './walk/version-bodies';
import { padded, versionsAsOf } from './walk/versions-as-of';

interface Member {
  entity?: { reference?: string };
  inactive?: boolean;
  period?: { start?: string; end?: string };
}

const BATCH = 500;
const PATIENT = /^Patient\/([A-Za-z0-9.-]{1,64})$/;

/**
 * Surrogate keys of the patients who were members of the Group at the instant `at`: neither inactive, nor outside
 * the period of their membership. Throws not-found where the Group was not there then.
 */
export async function groupMembers(sql: Sql, group: string, at: number): Promise<number[]> {
  const [row] = await sql.query<{ id: number }>("SELECT id FROM fhir_resource WHERE type = 'Group' AND fhir_id = ?", [group]);
  const version = row && (await versionsAsOf(sql, [Number(row.id)], at)).get(Number(row.id));
  if (!version || version.deleted) throw notFound('The Group');
  for await (const [body] of versionBodies(sql, [version])) return patientKeys(sql, memberIds(parseJson(body!.toString()) as FhirResource, at));
  return [];
}

function memberIds(group: FhirResource, at: number): string[] {
  const members = ((group as { member?: unknown }).member ?? []) as Member[];
  const present = members.filter((member) => member.inactive !== true && covers(member.period, at));
  return [...new Set(present.flatMap(({ entity }) => PATIENT.exec(entity?.reference ?? '')?.[1] ?? []))];
}

/** A date without time lasts until its end: `2026-03` covers all of March. */
function covers(period: Member['period'], at: number): boolean {
  const now = new Date(at).toISOString();
  const startsLater = period?.start !== undefined && asUtc(period.start) > now.slice(0, asUtc(period.start).length);
  const endedBefore = period?.end !== undefined && asUtc(period.end) < now.slice(0, asUtc(period.end).length);
  return !startsLater && !endedBefore;
}

const asUtc = (date: string): string => (date.includes('T') ? new Date(date).toISOString() : date);

async function patientKeys(sql: Sql, ids: readonly string[]): Promise<number[]> {
  const keys: number[] = [];
  for (let from = 0; from < ids.length; from += BATCH) {
    const batch = padded(ids.slice(from, from + BATCH));
    const rows = await sql.rows(`SELECT id FROM fhir_resource WHERE type = 'Patient' AND fhir_id IN (${placeholders(batch.length)})`, batch);
    keys.push(...rows.map(([id]) => Number(id)));
  }
  return keys;
}

/** Writes down the members a job exports; what an earlier start of the job wrote is replaced. */
export async function freezeMembers(tx: Tx, job: string, patients: readonly number[]): Promise<void> {
  await forgetMembers(tx, job);
  await tx.insert('bulk_patient', ['job', 'patient'], patients.map((patient) => [job, patient]));
}

export async function forgetMembers(tx: Tx, job: string): Promise<void> {
  await tx.run('DELETE FROM bulk_patient WHERE job = ?', [job]);
}
