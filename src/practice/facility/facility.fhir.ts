import { compact, type FhirResource, type FhirSource, reading } from '#libs/fhir';
import { SYSTEM, usCore } from '#libs/terminology';
import type { FacilityRow } from './facility.entity';

const { text, list, element, code } = reading;

const CLIA = 'urn:oid:2.16.840.1.113883.4.7';

/** The part that is the Location; the Organization is the row itself. */
export const LOCATION = 'location';

/** Organization (and Location) ↔ facility. Payers and insurers are not facilities. */
export const facilitySource: FhirSource<FacilityRow> = {
  key: 'facility',
  version: 1,
  types: ['Organization', 'Location'],
  profiles: { Organization: [usCore('organization')], Location: [usCore('location')] },
  toFhir: (row) => [{ part: '', resource: organizationOf(row) }, ...(row.faces === 'both' ? [{ part: LOCATION, resource: locationOf(row) }] : [])],
  fromFhir: (resource) => {
    if (resource.resourceType === 'Location') return { part: LOCATION, columns: sharedColumns(resource, element(resource.address)) };
    return isPayer(resource) ? undefined : { part: '', columns: organizationColumns(resource) };
  },
};

const PAYERS = new Set(['ins', 'pay']);

const isPayer = (resource: FhirResource): boolean => list(resource.type).some((type) => PAYERS.has(code(type, SYSTEM.organizationType) ?? ''));

const addressOf = (row: FacilityRow): unknown => ({ line: [row.street], city: row.city, state: row.state, postalCode: row.postal_code, country: row.country_code });

const telecomOf = (row: FacilityRow): unknown[] =>
  [['phone', row.phone], ['fax', row.fax], ['email', row.email], ['url', row.website]].flatMap(([system, value]) => (value ? [{ system, value, use: 'work' }] : []));

const identifiersOf = (row: FacilityRow): unknown[] =>
  [[SYSTEM.npi, row.facility_npi], [CLIA, row.domain_identifier]].flatMap(([system, value]) => (value ? [{ system, value }] : []));

function organizationOf(row: FacilityRow): FhirResource {
  return compact({
    resourceType: 'Organization',
    meta: { profile: [usCore('organization')] },
    identifier: identifiersOf(row),
    active: row.inactive !== 1,
    type: [{ coding: [{ system: SYSTEM.organizationType, code: 'prov', display: 'Healthcare Provider' }] }],
    name: row.name,
    telecom: telecomOf(row),
    address: [addressOf(row)],
  }) as unknown as FhirResource;
}

function locationOf(row: FacilityRow): FhirResource {
  return compact({
    resourceType: 'Location',
    meta: { profile: [usCore('location')] },
    identifier: row.facility_npi ? [{ system: SYSTEM.npi, value: row.facility_npi }] : undefined,
    status: row.inactive === 1 ? 'inactive' : 'active',
    name: row.name,
    mode: 'instance',
    telecom: telecomOf(row),
    address: addressOf(row),
    managingOrganization: { reference: `Organization/${row.uuid}` },
  }) as unknown as FhirResource;
}

function organizationColumns(resource: FhirResource): Partial<FacilityRow> {
  const identifier = (system: string) => text(list(resource.identifier).find((one) => one.system === system)?.value);
  return {
    ...sharedColumns(resource, list(resource.address)[0] ?? {}),
    facility_npi: identifier(SYSTEM.npi)?.slice(0, 15) ?? null,
    domain_identifier: identifier(CLIA)?.slice(0, 60) ?? null,
    inactive: resource.active === false ? 1 : 0,
  };
}

function sharedColumns(resource: FhirResource, address: Record<string, unknown>): Partial<FacilityRow> {
  const telecom = (system: string, size: number) => text(list(resource.telecom).find((one) => one.system === system)?.value)?.slice(0, size) ?? null;
  const cut = (value: unknown, size: number) => text(value)?.slice(0, size) ?? null;
  return {
    name: cut(resource.name, 255),
    phone: telecom('phone', 30),
    fax: telecom('fax', 30),
    email: telecom('email', 255),
    website: telecom('url', 255),
    street: cut(Array.isArray(address.line) ? address.line[0] : null, 255),
    city: cut(address.city, 255),
    state: cut(address.state, 50),
    postal_code: cut(address.postalCode, 11),
    country_code: cut(address.country, 30),
  };
}
