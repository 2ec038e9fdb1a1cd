import { type FhirResource, reading } from '#libs/fhir';
import { ETHNICITY, RACE, SYSTEM, usCore } from '#libs/terminology';
import type { PatientRow } from './patient.entity';

const { text, list, element, extension } = reading;

type Options = Record<string, { code: string; display: string }>;

/** US Core race and ethnicity; several races are joined by `|`, as the list box stores them. */
export const raceExtensions = (row: PatientRow): unknown[] => [ombExtension('race', RACE, row.race), ombExtension('ethnicity', ETHNICITY, row.ethnicity)];

function ombExtension(name: string, options: Options, stored: string | null): unknown {
  if (!stored) return undefined;
  const parts = stored.split('|').filter(Boolean);
  const categories = parts.flatMap((part) => (options[part] ? [{ url: 'ombCategory', valueCoding: { system: SYSTEM.raceAndEthnicity, ...options[part] } }] : []));
  const words = parts.map((part) => options[part]?.display ?? part).join(', ');
  return { url: usCore(name), extension: [...categories, { url: 'text', valueString: words }] };
}

export const raceColumns = (resource: FhirResource): Partial<PatientRow> => ({
  race: optionsOf(resource, 'race', RACE),
  ethnicity: optionsOf(resource, 'ethnicity', ETHNICITY),
});

function optionsOf(resource: FhirResource, name: string, options: Options): string | null {
  const parts = list(extension(resource, usCore(name)).extension);
  const codes = parts.filter((one) => one.url === 'ombCategory').map((one) => element(one.valueCoding).code);
  const known = codes.flatMap((code) => Object.keys(options).filter((key) => options[key]!.code === code));
  return known.length > 0 ? known.join('|') : text(parts.find((one) => one.url === 'text')?.valueString);
}
