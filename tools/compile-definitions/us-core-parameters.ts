import type { OfficialSearchParameter } from './official-definitions';

const URL = 'http://hl7.org/fhir/us/core/SearchParameter/us-core-';
const extension = (url: string): string => `extension.where(url='${url}')`;
const define = (base: string, code: string, type: string, name: string, expression: string): OfficialSearchParameter => {
  return { resourceType: 'SearchParameter', url: URL + name, code, base: [base], type, expression };
};

const US_CORE_RACE = extension('http://hl7.org/fhir/us/core/StructureDefinition/us-core-race');
const US_CORE_ETHNICITY = extension('http://hl7.org/fhir/us/core/StructureDefinition/us-core-ethnicity');
const ASSERTED_DATE = extension('http://hl7.org/fhir/StructureDefinition/condition-assertedDate');

/** The search parameters that US Core 8.0.0 defines beyond those of R4. */
export const US_CORE_PARAMETERS: readonly OfficialSearchParameter[] = [
  define('CareTeam', 'role', 'token', 'careteam-role', 'CareTeam.participant.role'),
  define('Condition', 'asserted-date', 'date', 'condition-asserted-date', `(Condition.${ASSERTED_DATE}.value as dateTime)`),
  define(
    'Encounter',
    'discharge-disposition',
    'token',
    'encounter-discharge-disposition',
    'Encounter.hospitalization.dischargeDisposition',
  ),
  define('Goal', 'description', 'token', 'goal-description', 'Goal.description'),
  define('Patient', 'ethnicity', 'token', 'ethnicity', `(Patient.${US_CORE_ETHNICITY}.extension.value as Coding)`),
  define('Patient', 'race', 'token', 'race', `(Patient.${US_CORE_RACE}.extension.value as Coding)`),
];
