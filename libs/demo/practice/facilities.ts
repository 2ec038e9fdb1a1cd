import type { FhirResource, Reference } from '#libs/fhir';
import { hl7, systems, usCore } from '../codes/systems';
import { demoNpi, stableUuid } from '../identity';
import { type Code, coding, concept, refer } from '../values';

export type FacilityKey = 'clinic' | 'hospital';

export interface Facility {
  name: string;
  npi: string;
  clia: string;
  phone: string;
  address: { line: string[]; city: string; district: string; state: string; postalCode: string; country: string };
  organization: Reference;
  location: Reference;
  /** HL7 v3 RoleCode and SNOMED CT name of the kind of place. */
  kind: readonly [v3: Code, snomed: Code];
  position: { longitude: number; latitude: number };
}

function facility(key: FacilityKey, name: string, facts: Omit<Facility, 'name' | 'organization' | 'location'>): Facility {
  const organization = refer({ resourceType: 'Organization', id: stableUuid('organization', key) }, name);
  const location = refer({ resourceType: 'Location', id: stableUuid('location', key) }, name);
  return { name, organization, location, ...facts };
}

const town = { city: 'Cedar Mesa', district: 'Juniper County', state: 'AZ', postalCode: '86099', country: 'US' };

export const facilities: Record<FacilityKey, Facility> = {
  clinic: facility('clinic', 'Cedar Mesa Family Health', {
    npi: demoNpi(1),
    clia: '99D0000001',
    phone: '(928) 555-0100',
    address: { line: ['1200 Main Street', 'Suite 100'], ...town },
    kind: [
      ['PC', 'Primary care clinic'],
      ['35971002', 'Ambulatory care site'],
    ],
    position: { longitude: -111.25, latitude: 35.5 },
  }),
  hospital: facility('hospital', 'Cedar Mesa Medical Center', {
    npi: demoNpi(2),
    clia: '99D0000002',
    phone: '(928) 555-0101',
    address: { line: ['1 Canyon View Road'], ...town },
    kind: [
      ['HOSP', 'Hospital'],
      ['22232009', 'Hospital'],
    ],
    position: { longitude: -111.26, latitude: 35.51 },
  }),
};

const idOf = (reference: Reference) => String(reference.reference).split('/')[1] as string;

export function facilityOrganization({ name, npi, clia, phone, address, organization }: Facility): FhirResource {
  return {
    resourceType: 'Organization',
    id: idOf(organization),
    meta: { profile: [usCore('us-core-organization')] },
    identifier: [
      { use: 'official', system: systems.npi, value: npi },
      { use: 'secondary', system: systems.clia, value: clia },
    ],
    active: true,
    type: [concept(hl7('organization-type'), ['prov', 'Healthcare Provider'])],
    name,
    telecom: [
      { system: 'phone', value: phone, use: 'work' },
      { system: 'fax', value: phone.replace('-010', '-019'), use: 'work' },
      { system: 'email', value: 'office@cedarmesa.example', use: 'work' },
    ],
    address: [{ use: 'work', type: 'both', ...address }],
  };
}

export function facilityLocation({ name, npi, phone, address, organization, location, kind, position }: Facility): FhirResource {
  return {
    resourceType: 'Location',
    id: idOf(location),
    meta: { profile: [usCore('us-core-location')] },
    identifier: [{ use: 'official', system: systems.npi, value: npi }],
    status: 'active',
    name,
    mode: 'instance',
    type: [{ coding: [coding(hl7('v3-RoleCode'), kind[0]), coding(systems.snomed, kind[1])], text: kind[0][1] }],
    telecom: [{ system: 'phone', value: phone, use: 'work' }],
    address: { use: 'work', ...address },
    physicalType: concept(hl7('location-physical-type'), ['bu', 'Building']),
    position,
    managingOrganization: organization,
  };
}
