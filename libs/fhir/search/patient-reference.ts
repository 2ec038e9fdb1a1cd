import { withoutVersion } from './emit/reference';
import { object } from './navigate';

const LOCAL_PATIENT = /^Patient\/([A-Za-z0-9\-.]{1,64})$/;

/** Adds the id of a literal, local reference to a Patient, once. */
export function addPatient(patients: string[], value: unknown): void {
  const { reference } = object(value);
  if (typeof reference !== 'string' || !reference.startsWith('Patient/')) return;
  const id = LOCAL_PATIENT.exec(withoutVersion(reference))?.[1];
  if (id !== undefined && !patients.includes(id)) patients.push(id);
}
