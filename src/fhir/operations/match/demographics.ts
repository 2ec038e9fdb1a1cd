import { type FhirResource, reading } from '#libs/fhir';
import { foldText } from '../../../kernel';

/** What people are told apart by, folded so that spelling matters little. */
export interface Demographics {
  /** `system|value`; the system is empty where none is given. */
  identifiers: string[];
  families: string[];
  givens: string[];
  birthDate?: string;
  gender?: string;
  /** E-mail addresses in lower case, digits of telephone numbers. */
  telecoms: string[];
  addresses: { line: string; city: string; state: string; postalCode: string }[];
}

/** More of anything than this says no more about a person. */
const MOST = 20;
const LONGEST = 200;

export function demographicsOf(patient: FhirResource): Demographics {
  const names = reading.list(patient.name).slice(0, MOST);
  const [birthDate, gender] = [reading.text(patient.birthDate), reading.text(patient.gender)];
  return {
    identifiers: reading.list(patient.identifier).slice(0, MOST).flatMap(({ system, value }) => (reading.text(value) ? [`${reading.text(system) ?? ''}|${String(value)}`] : [])),
    families: unique(names.flatMap(({ family }) => folded(family))),
    givens: unique(names.flatMap(({ given }) => (Array.isArray(given) ? given.slice(0, MOST) : []).flatMap(folded))),
    ...(birthDate && { birthDate }),
    ...(gender && gender !== 'unknown' && { gender }),
    telecoms: unique(reading.list(patient.telecom).slice(0, MOST).flatMap(({ value }) => contactPoint(reading.text(value)))),
    addresses: reading.list(patient.address).slice(0, MOST).map((address) => ({
      line: foldText((Array.isArray(address.line) ? address.line : []).join(' ').slice(0, LONGEST)).replace(/[^a-z0-9 ]/g, ''),
      city: folded(address.city)[0] ?? '', state: folded(address.state)[0] ?? '', postalCode: (reading.text(address.postalCode) ?? '').replace(/\s/g, '').slice(0, 5).toLowerCase(),
    })),
  };
}

const unique = (list: string[]): string[] => [...new Set(list)].slice(0, MOST);

/** Letters and spaces: O’Brien is OBrien, Ana-María is Ana Maria. */
function folded(value: unknown): string[] {
  const text = typeof value === 'string' ? foldText(value.slice(0, LONGEST)).replace(/[-–]/g, ' ').replace(/['’.,]/g, '').trim() : '';
  return text === '' ? [] : [text];
}

function contactPoint(value: string | null): string[] {
  if (!value) return [];
  if (value.includes('@')) return [value.trim().toLowerCase()];
  const digits = value.replace(/\D/g, '');
  // The national number, whether or not the country's code stands before it.
  return digits.length < 7 ? [] : [digits.slice(-10)];
}
