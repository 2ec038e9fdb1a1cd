import type { FhirResource } from '#libs/fhir';
import type { Edition } from '../people/person';
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
    ...groupOf({ id: panelIdOf(key), number: key, name: `Patients of ${fullName(key)}` }, patientIds),
    characteristic: [{ code: { text: 'attributed to' }, valueReference: practitioner(key), exclude: false }],
  };
}

const trials: Record<Edition, string> = { '8.0.0': 'US Core 8.0.0', '6.1.0': 'US Core 6.1.0 and 7.0.0', '3.1.1': 'US Core 3.1.1' };

export const trialKeys = Object.keys(trials) as Edition[];

export const trialIdOf = (edition: Edition) => stableUuid('group', 'trial', edition);

/** Patients who together show every element of a version of US Core: what a conformance kit exports. */
export function trialGroup(edition: Edition, patientIds: readonly string[]): FhirResource {
  return groupOf({ id: trialIdOf(edition), number: `trial-${edition}`, name: `Trial charts, ${trials[edition]}` }, patientIds);
}

function groupOf({ id, number, name }: { id: string; number: string; name: string }, patientIds: readonly string[]): FhirResource {
  return {
    resourceType: 'Group',
    id,
    identifier: [{ system: clinicSystem('panel'), value: number }],
    active: true,
    type: 'person',
    actual: true,
    code: concept(systems.snomed, ['116154003', 'Patient']),
    name,
    quantity: patientIds.length,
    managingEntity: facilities.clinic.organization,
    member: patientIds.map((id) => ({ entity: { reference: `Patient/${id}` } })),
  };
}
