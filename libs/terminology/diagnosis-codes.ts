import { SYSTEM } from './systems';

/** Prefixes under which the standard API stores codes (`ICD10:E11.9;SNOMED-CT:44054006`), by code system. */
const PREFIX_SYSTEM: Record<string, string> = {
  ICD10: SYSTEM.icd10cm,
  'ICD10-CM': SYSTEM.icd10cm,
  'SNOMED-CT': SYSTEM.snomed,
  SNOMED: SYSTEM.snomed,
  'SNOMED-PR': SYSTEM.snomed,
  LOINC: SYSTEM.loinc,
  CPT4: SYSTEM.cpt,
  CPT: SYSTEM.cpt,
  RXNORM: SYSTEM.rxnorm,
  RXCUI: SYSTEM.rxnorm,
  NDC: SYSTEM.ndc,
  CVX: SYSTEM.cvx,
  NUCC: SYSTEM.nucc,
};

const SYSTEM_PREFIX: Record<string, string> = {
  [SYSTEM.icd10]: 'ICD10',
  [SYSTEM.icd10cm]: 'ICD10',
  [SYSTEM.snomed]: 'SNOMED-CT',
  [SYSTEM.loinc]: 'LOINC',
  [SYSTEM.cpt]: 'CPT4',
  [SYSTEM.rxnorm]: 'RXNORM',
  [SYSTEM.ndc]: 'NDC',
  [SYSTEM.cvx]: 'CVX',
  [SYSTEM.nucc]: 'NUCC',
};

export interface StoredCode {
  codeType: string;
  code: string;
  system: string;
}

/** `ICD10:E11.9;SNOMED-CT:44054006` as its parts; `system` is missing where the prefix is none we know. */
export function splitCodes(text: string | null | undefined): { codeType: string; code: string; system?: string }[] {
  return (text ?? '').split(';').flatMap((part) => {
    const at = part.indexOf(':');
    const codeType = part.slice(0, Math.max(at, 0)).trim();
    const code = part.slice(at + 1).trim();
    const system = PREFIX_SYSTEM[codeType.toUpperCase()];
    return code ? [{ codeType, code, ...(system && { system }) }] : [];
  });
}

/** As `splitCodes`, without text that has no known prefix: that is no code. */
export const parseCodes = (text: string | null | undefined): StoredCode[] => splitCodes(text).flatMap(({ system, ...rest }) => (system ? [{ ...rest, system }] : []));

/** The stored form of codings whose system has a prefix; null where none has. */
export function formatCodes(codings: readonly { system?: string; code?: string }[] | undefined): string | null {
  const parts = (codings ?? []).flatMap(({ system, code }) => {
    const prefix = SYSTEM_PREFIX[system ?? ''];
    return prefix && code ? [`${prefix}:${code}`] : [];
  });
  return parts.length > 0 ? parts.join(';') : null;
}
