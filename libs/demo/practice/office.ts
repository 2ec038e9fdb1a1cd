import type { FhirResource } from '#libs/fhir';
import { stableUuid } from '../identity';
import { facilities } from './facilities';

const colleagues = [
  { given: 'Howard', family: 'Pell', gender: 'male', birthDate: '1966-03-05', phone: '(928) 555-0120', does: 'billing' },
  { given: 'Yolanda', family: 'Marsh', gender: 'female', birthDate: '1973-10-21', phone: '(928) 555-0121', does: 'records' },
] as const;

/** Those who work behind the front desk and treat nobody. */
export function personResources(): FhirResource[] {
  return colleagues.map(({ given, family, gender, birthDate, phone, does }) => ({
    resourceType: 'Person',
    id: stableUuid('person', does),
    name: [{ use: 'official', family, given: [given] }],
    telecom: [
      { system: 'phone', value: phone, use: 'work' },
      { system: 'email', value: `${does}@cedarmesa.example`, use: 'work' },
    ],
    gender,
    birthDate,
    address: [{ use: 'work', type: 'both', ...facilities.clinic.address }],
    managingOrganization: facilities.clinic.organization,
    active: true,
  }));
}
