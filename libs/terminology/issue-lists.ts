/** List `condition-verification`, which `allergyintolerance-verification` shares. */
export const VERIFICATION: Record<string, string> = {
  unconfirmed: 'Unconfirmed', provisional: 'Provisional', differential: 'Differential', confirmed: 'Confirmed', refuted: 'Refuted', 'entered-in-error': 'Entered in Error',
};

/** Values of list `outcome` that say how an issue ended. */
export const OUTCOME = { unassigned: 0, resolved: 1, improved: 2 } as const;

/** Values of list `occurrence` that say how an issue came back; any value above `first` means that it did. */
export const OCCURRENCE = { unknown: 0, first: 1, recurrent: 4, earlyRecurrence: 6 } as const;

/** List `severity_ccda` ↔ AllergyIntolerance.criticality. */
const CRITICALITY: Record<string, string> = {
  unassigned: 'unable-to-assess', mild: 'low', mild_to_moderate: 'low', moderate: 'low',
  moderate_to_severe: 'high', severe: 'high', life_threatening_severity: 'high', fatal: 'high',
};

const SEVERITY: Record<string, string> = { 'unable-to-assess': 'unassigned', low: 'mild', high: 'severe' };

export const criticalityOf = (severity: string | null): string | undefined => CRITICALITY[severity ?? ''];
export const severityOf = (criticality: unknown): string | null => SEVERITY[String(criticality)] ?? null;

/** List `reaction`, with the codes its options stand for. */
export const REACTION: Record<string, { title: string; codes: string }> = {
  unassigned: { title: 'Unassigned', codes: '' },
  hives: { title: 'Hives', codes: 'SNOMED-CT:247472004' },
  nausea: { title: 'Nausea', codes: 'SNOMED-CT:422587007' },
  shortness_of_breath: { title: 'Shortness of Breath', codes: 'SNOMED-CT:267036007' },
};

/** The option of list `reaction` that stands for any of these stored codes. */
export const reactionOf = (codes: readonly string[]): string | null => Object.keys(REACTION).find((option) => codes.includes(REACTION[option]!.codes)) ?? null;
