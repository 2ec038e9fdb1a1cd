import { type FhirResource, reading } from '#libs/fhir';
import { SYSTEM } from '#libs/terminology';
import type { PatientRow } from './patient.entity';

const { text, list, code } = reading;

/** Social security number (SS) and the clinic's own patient number (PT). */
export function identifiersOf(row: PatientRow): unknown[] {
  const ofType = (type: string, system: string, value: string | null) =>
    value ? [{ use: 'official', type: { coding: [{ system: SYSTEM.identifierType, code: type }] }, system, value }] : [];
  return [...ofType('SS', SYSTEM.ssn, row.ss), ...ofType('PT', SYSTEM.identifierType, row.pubpid)];
}

export function identifierColumns(resource: FhirResource): Partial<PatientRow> {
  const identifiers = list(resource.identifier);
  const valueOf = (type: string, system: string): string | null => {
    const found = identifiers.find((one) => code(one.type, SYSTEM.identifierType) === type) ?? identifiers.find((one) => one.system === system);
    return text(found?.value);
  };
  const pubpid = valueOf('PT', SYSTEM.identifierType);
  // Without a number of its own the patient keeps the one the clinic gave it.
  return { ss: valueOf('SS', SYSTEM.ssn), ...(pubpid !== null && { pubpid }) };
}
