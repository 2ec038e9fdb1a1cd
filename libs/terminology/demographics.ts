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
