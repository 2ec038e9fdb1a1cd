import type { FhirResource } from '../resource';
import { compartmentTypes, patientsOf } from './patients-of';

describe(patientsOf, () => {
  it.each<[string, FhirResource, string[]]>([
    ['a subject', { resourceType: 'Observation', subject: { reference: 'Patient/1' } }, ['1']],
    ['a subject with version', { resourceType: 'Observation', subject: { reference: 'Patient/1/_history/3' } }, ['1']],
    ['subject and performer, each once', { resourceType: 'Observation', subject: { reference: 'Patient/1' }, performer: [{ reference: 'Patient/2' }, { reference: 'Patient/1' }] }, ['1', '2']],
    ['a participant deep inside', { resourceType: 'Appointment', participant: [{ actor: { reference: 'Practitioner/1' } }, { actor: { reference: 'Patient/2' } }] }, ['2']],
    ['members of a group', { resourceType: 'Group', member: [{ entity: { reference: 'Patient/1' } }, { entity: { reference: 'Patient/2' } }] }, ['1', '2']],
    ['a patient outside the official compartment', { resourceType: 'Device', patient: { reference: 'Patient/1' } }, ['1']],
    ['a patient itself, not those it links to', { resourceType: 'Patient', id: '1', link: [{ other: { reference: 'Patient/2' } }] }, ['1']],
    ['a payee', { resourceType: 'Claim', patient: { reference: 'Patient/1' }, payee: { party: { reference: 'Patient/2' } } }, ['1', '2']],
    ['the security context of a binary', { resourceType: 'Binary', securityContext: { reference: 'Patient/1' } }, ['1']],
    ['the target of a provenance', { resourceType: 'Provenance', target: [{ reference: 'Patient/1' }, { reference: 'Observation/1' }] }, ['1']],
  ])('finds %s', (_, resource, expected) => {
    expect(patientsOf(resource)).toEqual(expected);
  });

  it.each<[string, FhirResource]>([
    ['another server', { resourceType: 'Observation', subject: { reference: 'https://x.org/fhir/Patient/1' } }],
    ['an identifier', { resourceType: 'Observation', subject: { identifier: { value: '1' }, type: 'Patient' } }],
    ['a contained patient', { resourceType: 'Observation', subject: { reference: '#p' } }],
    ['a conditional reference', { resourceType: 'Observation', subject: { reference: 'Patient?identifier=1' } }],
    ['a path below a patient', { resourceType: 'Observation', subject: { reference: 'Patient/1/Observation' } }],
    ['another type', { resourceType: 'Observation', subject: { reference: 'Group/1' } }],
    ['a patient in a place that says nothing of whom it is about', { resourceType: 'Observation', focus: [{ reference: 'Patient/1' }] }],
    ['a type outside every compartment', { resourceType: 'Organization', extension: [{ url: 'http://x', valueReference: { reference: 'Patient/1' } }] }],
    ['a binary of a document', { resourceType: 'Binary', securityContext: { reference: 'DocumentReference/1' } }],
    ['a new patient', { resourceType: 'Patient' }],
    ['a type off the prototype', { resourceType: 'constructor' }],
  ])('finds nobody in %s', (_, resource) => {
    expect(patientsOf(resource)).toEqual([]);
  });
});

describe('compartmentTypes', () => {
  it('holds Patient, the official types and those about a patient besides, not the shared ones', () => {
    for (const type of ['Patient', 'Observation', 'Group', 'Device', 'Specimen', 'Task', 'Contract']) expect(compartmentTypes).toContain(type);
    for (const type of ['Organization', 'Practitioner', 'Location', 'Medication', 'ValueSet']) expect(compartmentTypes).not.toContain(type);
  });
});
