/** Administrative gender of FHIR ↔ list `sex`. */
const GENDER: Record<string, string> = { Male: 'male', Female: 'female', UNK: 'unknown', Unknown: 'unknown', Other: 'other' };
const SEX: Record<string, string> = { male: 'Male', female: 'Female', unknown: 'UNK', other: 'Other' };

export const genderOf = (sex: string | null): string | undefined => (sex ? (GENDER[sex] ?? 'other') : undefined);
export const sexOf = (gender: unknown): string | null => SEX[String(gender)] ?? null;

/** v3-MaritalStatus ↔ list `marital`. */
const MARITAL: Record<string, { code: string; display: string }> = {
  married: { code: 'M', display: 'Married' },
  single: { code: 'S', display: 'Never Married' },
  divorced: { code: 'D', display: 'Divorced' },
  widowed: { code: 'W', display: 'Widowed' },
  separated: { code: 'L', display: 'Legally Separated' },
  'domestic partner': { code: 'T', display: 'Domestic partner' },
};

export const maritalCoding = (status: string | null): { code: string; display: string } | undefined => (status ? MARITAL[status] : undefined);
export const maritalStatusOf = (code: unknown): string | null => Object.keys(MARITAL).find((name) => MARITAL[name]!.code === code) ?? null;

/** OMB categories of race and ethnicity (urn:oid:2.16.840.1.113883.6.238) ↔ lists `race` and `ethnicity`. */
export const RACE: Record<string, { code: string; display: string }> = {
  amer_ind_or_alaska_native: { code: '1002-5', display: 'American Indian or Alaska Native' },
  Asian: { code: '2028-9', display: 'Asian' },
  black_or_afri_amer: { code: '2054-5', display: 'Black or African American' },
  native_hawai_or_pac_island: { code: '2076-8', display: 'Native Hawaiian or Other Pacific Islander' },
  white: { code: '2106-3', display: 'White' },
};

export const ETHNICITY: Record<string, { code: string; display: string }> = {
  hisp_or_latin: { code: '2135-2', display: 'Hispanic or Latino' },
  not_hisp_or_latin: { code: '2186-5', display: 'Not Hispanic or Latino' },
};

/** HL7's sex assigned at birth ↔ list `sex`. */
export const BIRTH_SEX: Record<string, string> = { Male: 'M', Female: 'F', UNK: 'UNK', Unknown: 'UNK' };

const NULL_FLAVOR = 'http://terminology.hl7.org/CodeSystem/v3-NullFlavor';
const SNOMED = 'http://snomed.info/sct';

/** The sex a patient reports, as US Core 8.0.0 codes it. */
export const SEX_IDENTIFIED: Record<string, { system: string; code: string; display: string }> = {
  Female: { system: SNOMED, code: '248152002', display: 'Female' },
  Male: { system: SNOMED, code: '248153007', display: 'Male' },
  UNK: { system: NULL_FLAVOR, code: 'UNK', display: 'unknown' },
  'asked-declined': { system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason', code: 'asked-declined', display: 'Asked But Declined' },
};

/** Gender identities that are no code of SNOMED CT: other, asked but unknown, unknown. */
export const GENDER_NULL_FLAVORS: ReadonlySet<string> = new Set(['OTH', 'ASKU', 'UNK']);

/** List `yes_no`, as answers to whether an interpreter is needed. */
export const INTERPRETER_NEEDED: Record<string, { code: string; display: string }> = {
  yes: { code: '373066001', display: 'Yes' },
  no: { code: '373067005', display: 'No' },
};
