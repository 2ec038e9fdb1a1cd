import type { FhirResource } from '#libs/fhir';
import type { Role } from '../stories/story';
import { clinicSystem } from '../codes/systems';
import { stableUuid } from '../identity';
import { concept } from '../values';
import { systems } from '../codes/systems';
import { fullName, practitioner, type StaffKey, staff, staffKeys } from './staff';
import { facilities } from './facilities';

/** Everyone who treats has a list of patients; the nurse's is care management. */
export const panelKeys: readonly StaffKey[] = staffKeys.filter((key) => staff[key].npi !== undefined);

export const panelIdOf = (key: StaffKey) => stableUuid('group', key);

/** Whether a patient of that role is on that list. */
export function isOnPanel(key: StaffKey, role: Role): boolean {
  return key === 'nurse' ? role.managed === true : role.doctor === key;
}

/** The list as a Group, for exports by group among others. */
export function panelGroup(key: StaffKey, patientIds: readonly string[]): FhirResource {
  return {
    resourceType: 'Group',
    id: panelIdOf(key),
    identifier: [{ system: clinicSystem('panel'), value: key }],
    active: true,
    type: 'person',
    actual: true,
    code: concept(systems.snomed, ['116154003', 'Patient']),
    name: `Patients of ${fullName(key)}`,
    quantity: patientIds.length,
    managingEntity: facilities.clinic.organization,
    characteristic: [{ code: { text: 'attributed to' }, valueReference: practitioner(key), exclude: false }],
    member: patientIds.map((id) => ({ entity: { reference: `Patient/${id}` } })),
  };
}
