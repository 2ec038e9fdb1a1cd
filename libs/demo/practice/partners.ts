import type { FhirResource, Reference } from '#libs/fhir';
import { hl7, systems, usCore } from '../codes/systems';
import { demoNpi, stableUuid } from '../identity';
import { type Code, concept, refer } from '../values';

interface Partner {
  name: string;
  identifiers: readonly { system: string; value: string }[];
  type: Code;
  phone: string;
  line: string;
}

const partners = {
  payer: {
    name: 'High Desert Health Plan',
    identifiers: [{ system: systems.naic, value: '99901' }],
    type: ['pay', 'Payer'],
    phone: '(928) 555-0180',
    line: '500 Insurance Plaza',
  },
  medicarePlan: {
    name: 'High Desert Medicare Advantage',
    identifiers: [{ system: systems.naic, value: '99902' }],
    type: ['pay', 'Payer'],
    phone: '(928) 555-0183',
    line: '502 Insurance Plaza',
  },
  lab: {
    name: 'Juniper Reference Laboratory',
    identifiers: [
      { system: systems.npi, value: demoNpi(3) },
      { system: systems.clia, value: '99D0000003' },
    ],
    type: ['prov', 'Healthcare Provider'],
    phone: '(928) 555-0181',
    line: '42 Industrial Way',
  },
  pharmacy: {
    name: 'Mesa Corner Pharmacy',
    identifiers: [{ system: systems.npi, value: demoNpi(4) }],
    type: ['prov', 'Healthcare Provider'],
    phone: '(928) 555-0182',
    line: '1210 Main Street',
  },
} satisfies Record<string, Partner>;

export type PartnerKey = keyof typeof partners;

export const partnerKeys = Object.keys(partners) as PartnerKey[];

/** A reference to the insurer, laboratory or pharmacy the clinic works with. */
export function partner(key: PartnerKey): Reference {
  return refer({ resourceType: 'Organization', id: stableUuid('organization', key) }, partners[key].name);
}

export function partnerOrganization(key: PartnerKey): FhirResource {
  const { name, identifiers, type, phone, line }: Partner = partners[key];
  return {
    resourceType: 'Organization',
    id: stableUuid('organization', key),
    meta: { profile: [usCore('us-core-organization')] },
    identifier: identifiers.map((identifier) => ({ use: 'official', ...identifier })),
    active: true,
    type: [concept(hl7('organization-type'), type)],
    name,
    telecom: [{ system: 'phone', value: phone, use: 'work' }],
    address: [
      {
        use: 'work',
        type: 'both',
        line: [line],
        city: 'Red Bluff Springs',
        district: 'Juniper County',
        state: 'AZ',
        postalCode: '86098',
        country: 'US',
      },
    ],
  };
}
