import type { Sql } from '../../database';
import { contextOrNone } from '../../kernel';
import { linkPractitioners } from '../../practice/practitioner';
import type { PatientRow } from './patient.entity';

/** Fills the general practitioner's other name (number or logical id), and who wrote the rows. */
export async function linkPeople(sql: Sql, rows: readonly PatientRow[], fresh: readonly boolean[]): Promise<void> {
  const author = { id: null, uuid: /^Practitioner\/(.+)$/.exec(contextOrNone()?.access?.actor.fhirUser ?? '')?.[1] ?? null };
  const [writer, ...providers] = await linkPractitioners(sql, [author, ...rows.map((row) => ({ id: row.providerID, uuid: row.provider_uuid }))]);
  for (const [index, row] of rows.entries()) {
    row.providerID = providers[index]!.id;
    row.provider_uuid = providers[index]!.uuid;
    row.updated_by = writer!.id;
    if (fresh[index]) row.created_by = writer!.id;
  }
}
