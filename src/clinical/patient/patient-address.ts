import { type FhirResource, reading } from '#libs/fhir';
import type { PatientRow } from './patient.entity';

const { text, list, element } = reading;

export function addressOf(row: PatientRow): unknown[] {
  const place = { line: [row.street, row.street_line_2], city: row.city, district: row.county, state: row.state, postalCode: row.postal_code, country: row.country_code };
  return [row.street, row.city, row.state, row.postal_code].some(Boolean) ? [{ use: 'home', ...place }] : [];
}

/** The address in force: home first, ended ones last. */
export function addressColumns(resource: FhirResource): Partial<PatientRow> {
  const addresses = list(resource.address);
  const current = addresses.filter((one) => !text(element(one.period).end) && one.use !== 'old');
  const address = current.find((one) => one.use === 'home') ?? current[0] ?? addresses[0] ?? {};
  const lines = Array.isArray(address.line) ? (address.line as unknown[]) : [];
  return {
    street: text(lines[0]),
    street_line_2: text(lines.slice(1).filter((line) => typeof line === 'string').join(', ')),
    city: text(address.city),
    county: text(address.district),
    state: text(address.state),
    postal_code: text(address.postalCode),
    country_code: text(address.country),
  };
}
