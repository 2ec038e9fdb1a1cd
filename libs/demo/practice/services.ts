import type { FhirResource, Reference } from '#libs/fhir';
import { clinicSystem, hl7 } from '../codes/systems';
import { stableUuid } from '../identity';
import { type Code, concept, refer, snomed } from '../values';
import { facilities } from './facilities';

const serviceId = stableUuid('healthcare-service', 'family-medicine');

/** What the clinic offers, for the roles of those who offer it. */
export const familyMedicine: Reference = refer({ resourceType: 'HealthcareService', id: serviceId }, 'Family medicine');

export function healthcareService(): FhirResource {
  return {
    resourceType: 'HealthcareService',
    id: serviceId,
    active: true,
    providedBy: facilities.clinic.organization,
    category: [concept(hl7('service-category'), ['17', 'General Practice'])],
    type: [concept(hl7('service-type'), ['124', 'General Practice'])],
    specialty: [snomed(['419772000', 'Family practice'])],
    location: [facilities.clinic.location],
    name: 'Family medicine',
    telecom: [{ system: 'phone', value: facilities.clinic.phone, use: 'work' }],
    appointmentRequired: true,
  };
}

interface PickList {
  name: string;
  title: string;
  codes: readonly Code[];
}

const pickLists: readonly PickList[] = [
  {
    name: 'appointment-type',
    title: 'Kinds of appointment',
    codes: [
      ['office_visit', 'Office Visit'],
      ['established_patient', 'Established Patient'],
      ['new_patient', 'New Patient'],
      ['health_and_behavioral_assessment', 'Health and Behavioral Assessment'],
      ['preventive_care_services', 'Preventive Care Services'],
    ],
  },
  {
    name: 'note-kind',
    title: 'Kinds of note the clinic writes',
    codes: [
      ['progress', 'Progress note'],
      ['consultation', 'Consultation'],
      ['phone', 'Telephone call'],
    ],
  },
];

/** The clinic's own pick lists. */
export function valueSets(): FhirResource[] {
  return pickLists.map(({ name, title, codes }) => ({
    resourceType: 'ValueSet',
    id: stableUuid('value-set', name),
    url: clinicSystem(`ValueSet/${name}`),
    name: title.replace(/[^A-Za-z]/g, ''),
    title,
    status: 'active',
    date: '2020-01-01',
    publisher: facilities.clinic.name,
    compose: { include: [{ system: clinicSystem(name), concept: codes.map(([code, display]) => ({ code, display })) }] },
  }));
}
