import { compact, type FhirResource, type FhirSource, reading } from '#libs/fhir';
import { SYSTEM, usCore } from '#libs/terminology';
import type { PractitionerRow } from './practitioner.entity';

const { text, list } = reading;

/** Practitioner and Person ↔ users. */
export const practitionerSource: FhirSource<PractitionerRow> = {
  key: 'practitioner',
  version: 2,
  types: ['Practitioner', 'Person'],
  profiles: { Practitioner: [usCore('practitioner')] },
  toFhir: (row) => [{ part: '', resource: row.fhir_type === 'Person' ? personOf(row) : practitionerOf(row) }],
  fromFhir: (resource) => ({ part: '', columns: columnsOf(resource) }),
};

function practitionerOf(row: PractitionerRow): FhirResource {
  const identifier = row.npi ? [{ system: SYSTEM.npi, value: row.npi }] : undefined;
  // The profile wants an identifier and a family name; who has none is a Practitioner of R4 all the same.
  const meta = row.npi && row.lname ? { profile: [usCore('practitioner')] } : undefined;
  return compact({ resourceType: 'Practitioner', meta, identifier, ...humanOf(row) }) as unknown as FhirResource;
}

const personOf = (row: PractitionerRow): FhirResource => compact({ resourceType: 'Person', ...humanOf(row) }) as unknown as FhirResource;

function humanOf(row: PractitionerRow): Record<string, unknown> {
  return {
    active: row.active !== 0,
    name: [{ use: 'official', prefix: [row.title], family: row.lname, given: [row.fname, row.mname], suffix: [row.suffix] }],
    telecom: telecomOf(row),
    address: [{ line: [row.street, row.streetb], city: row.city, state: row.state, postalCode: row.zip, country: row.country_code }],
  };
}

const KINDS = [
  { column: 'phone', system: 'phone', use: 'home', size: 30 },
  { column: 'phonew1', system: 'phone', use: 'work', size: 30 },
  { column: 'phonecell', system: 'phone', use: 'mobile', size: 30 },
  { column: 'fax', system: 'fax', use: 'work', size: 30 },
  { column: 'email', system: 'email', use: 'home', size: 255 },
] as const;

const telecomOf = (row: PractitionerRow): unknown[] => KINDS.flatMap(({ column, system, use }) => (row[column] ? [{ system, value: row[column], use }] : []));

/** The contact point of a kind; an e-mail or fax counts whatever its use. */
function telecomColumns(resource: FhirResource): Partial<PractitionerRow> {
  const points = list(resource.telecom);
  const columns = KINDS.map(({ column, system, use, size }) => {
    const found = points.find((one) => one.system === system && one.use === use) ?? (system === 'phone' ? undefined : points.find((one) => one.system === system));
    return [column, text(found?.value)?.slice(0, size) ?? null] as const;
  });
  return Object.fromEntries(columns);
}

function columnsOf(resource: FhirResource): Partial<PractitionerRow> {
  const names = list(resource.name);
  const name = names.find((one) => one.use === 'official') ?? names[0] ?? {};
  const address = list(resource.address)[0] ?? {};
  const line = (at: number) => (Array.isArray(address.line) ? cut(address.line[at], 60) : null);
  return {
    ...telecomColumns(resource),
    fhir_type: resource.resourceType,
    npi: cut(list(resource.identifier).find((one) => one.system === SYSTEM.npi)?.value, 15),
    active: resource.active === false ? 0 : 1,
    title: first(name.prefix, 30),
    fname: first(name.given, 255),
    mname: Array.isArray(name.given) ? cut(name.given.slice(1).join(' '), 255) : null,
    lname: cut(name.family, 255) ?? (name.given ? null : cut(name.text, 255)),
    suffix: first(name.suffix, 255),
    street: line(0),
    streetb: line(1),
    city: cut(address.city, 30),
    state: cut(address.state, 30),
    zip: cut(address.postalCode, 20),
    country_code: cut(address.country, 255),
  };
}

const cut = (value: unknown, size: number): string | null => text(value)?.slice(0, size) ?? null;
const first = (values: unknown, size: number): string | null => (Array.isArray(values) ? cut(values[0], size) : null);
