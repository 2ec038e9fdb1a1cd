import { PATIENT_COLLECTORS } from '../generated/compartments';
import type { FhirResource } from '../resource';

/** The resource types that can be in the compartment of a patient, Patient among them. */
export const compartmentTypes: ReadonlySet<string> = new Set(['Patient', ...Object.keys(PATIENT_COLLECTORS)]);

/**
 * Ids of the patients whose compartment holds the resource, each once: those it names, literally and on this server,
 * in a parameter of R4's patient compartment or one called patient or subject. A Patient is in its own alone;
 * whom it links to gains nothing by that.
 */
export function patientsOf(resource: FhirResource): string[] {
  if (resource.resourceType === 'Patient') return resource.id === undefined ? [] : [resource.id];
  const patients: string[] = [];
  if (Object.hasOwn(PATIENT_COLLECTORS, resource.resourceType)) PATIENT_COLLECTORS[resource.resourceType]?.(resource, patients);
  return patients;
}
