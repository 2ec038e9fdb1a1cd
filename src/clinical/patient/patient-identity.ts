import { type FhirResource, reading } from '#libs/fhir';
import { BIRTH_SEX, GENDER_NULL_FLAVORS, INTERPRETER_NEEDED, SEX_IDENTIFIED, SYSTEM, usCore } from '#libs/terminology';
import type { PatientRow } from './patient.entity';

const { text, list, element, extension, code, codings } = reading;

const BIRTH_SEX_URL = usCore('birthsex');
const SEX_URL = usCore('sex');
const GENDER_IDENTITY_URL = usCore('genderIdentity');
const TRIBE_URL = usCore('tribal-affiliation');
const INTERPRETER_URL = usCore('interpreter-needed');

/** How a patient is told apart as a person, in the extensions of US Core 8.0.0; several tribes are joined by `|`. */
export const identityExtensions = (row: PatientRow): unknown[] => [
  BIRTH_SEX[row.sex ?? ''] && { url: BIRTH_SEX_URL, valueCode: BIRTH_SEX[row.sex ?? ''] },
  sexIdentified(row.sex_identified),
  row.gender_identity ? { url: GENDER_IDENTITY_URL, valueCodeableConcept: genderIdentity(row.gender_identity) } : undefined,
  ...parts(row.tribal_affiliations).map((tribe) => ({ url: TRIBE_URL, extension: [{ url: 'tribalAffiliation', valueCodeableConcept: tribeOf(tribe) }] })),
  interpreterNeeded(row.interpreter_needed),
];

const parts = (stored: string | null): string[] => (stored ?? '').split('|').filter(Boolean);

function sexIdentified(stored: string | null): unknown {
  const coding = SEX_IDENTIFIED[stored ?? ''];
  return coding && { url: SEX_URL, valueCoding: coding };
}

function genderIdentity(stored: string): unknown {
  if (/^\d+$/.test(stored)) return { coding: [{ system: SYSTEM.snomed, code: stored }] };
  return GENDER_NULL_FLAVORS.has(stored) ? { coding: [{ system: SYSTEM.nullFlavor, code: stored }] } : { text: stored };
}

const tribeOf = (stored: string): unknown => (/^\d+$/.test(stored) ? { coding: [{ system: SYSTEM.tribalEntity, code: stored }] } : { text: stored });

function interpreterNeeded(stored: string | null): unknown {
  const coding = INTERPRETER_NEEDED[(stored ?? '').toLowerCase()];
  return coding && { url: INTERPRETER_URL, valueCoding: { system: SYSTEM.snomed, ...coding } };
}

export const identityColumns = (resource: FhirResource): Partial<PatientRow> => ({
  sex_identified: sexColumn(extension(resource, SEX_URL)),
  gender_identity: genderColumn(extension(resource, GENDER_IDENTITY_URL).valueCodeableConcept),
  tribal_affiliations: tribesColumn(resource),
  interpreter_needed: optionOf(INTERPRETER_NEEDED, element(extension(resource, INTERPRETER_URL).valueCoding).code),
});

/** A coding since US Core 8.0.0, a code before. */
const sexColumn = (sex: Record<string, unknown>): string | null => optionOf(SEX_IDENTIFIED, element(sex.valueCoding).code ?? sex.valueCode);

const optionOf = (options: Record<string, { code: string }>, wanted: unknown): string | null => Object.keys(options).find((key) => options[key]!.code === wanted) ?? null;

const genderColumn = (concept: unknown): string | null => code(concept, SYSTEM.snomed) ?? code(concept, SYSTEM.nullFlavor) ?? text(element(concept).text);

function tribesColumn(resource: FhirResource): string | null {
  const tribes = list(resource.extension).filter((one) => one.url === TRIBE_URL);
  const concepts = tribes.map((tribe) => list(tribe.extension).find((one) => one.url === 'tribalAffiliation')?.valueCodeableConcept);
  const told = concepts.map((concept) => codings(concept)[0]?.code ?? text(element(concept).text)).filter((one): one is string => one !== null && one !== undefined);
  return told.length > 0 ? told.join('|') : null;
}
