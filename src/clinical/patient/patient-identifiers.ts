import { type FhirResource, reading } from '#libs/fhir';
import { SYSTEM } from '#libs/terminology';
import type { PatientRow } from './patient.entity';

const { text, list, code } = reading;

/** Social security number (SS) and the clinic's own patient number (PT). */
export function identifiersOf(row: PatientRow): unknown[] {
  const ofType = (type: string, system: string, value: string | null) =>
    value ? [{ use: 'official', type: { coding: [{ system: SYSTEM.identifierType, code: type }] }, system, value }] : [];
  return [...ofType('SS', row.ss_system ?? SYSTEM.ssn, row.ss), ...ofType('PT', row.pubpid_system ?? SYSTEM.identifierType, row.pubpid)];
}

export function identifierColumns(resource: FhirResource): Partial<PatientRow> {
  const identifiers = list(resource.identifier);
  const find = (type: string, system: string) => identifiers.find((one) => code(one.type, SYSTEM.identifierType) === type) ?? identifiers.find((one) => one.system === system);
  const ss = find('SS', SYSTEM.ssn);
  const pt = find('PT', SYSTEM.identifierType);
  const pubpid = text(pt?.value);
  // Without a number of its own the patient keeps the one the clinic gave it.
  return { ss: text(ss?.value), ss_system: text(ss?.system), ...(pubpid !== null && { pubpid, pubpid_system: text(pt?.system) }) };
}
