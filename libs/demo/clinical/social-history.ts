import type { Filed } from '../chart';
import { type Code, loinc, quantity, snomed } from '../values';
import { practitioner } from '../practice/staff';
import { during, type Visit } from './encounters';
import { categorized, observe } from './observation';

const social = [categorized('social-history')];

export const smoking = {
  never: ['266919005', 'Never smoked tobacco'],
  former: ['8517006', 'Ex-smoker'],
  daily: ['449868002', 'Smokes tobacco daily'],
} satisfies Record<string, Code>;

export function recordSmoking(visit: Visit, status: keyof typeof smoking): Filed {
  const code = loinc(['72166-2', 'Tobacco smoking status']);
  return observe(visit, {
    profile: 'us-core-smokingstatus',
    category: social,
    code,
    value: { valueCodeableConcept: snomed(smoking[status]) },
    more: { issued: during(visit, 11) },
  });
}

/** Packs a day times years; the measure lung screening goes by. */
export function recordPackYears(visit: Visit, packYears: number): Filed {
  const code = snomed(['401201003', 'Cigarette pack-years']);
  return observe(visit, {
    profile: 'us-core-smokingstatus',
    category: social,
    code,
    value: { valueQuantity: quantity(packYears, 'pack-years', '{PackYears}') },
    more: { issued: during(visit, 11) },
  });
}

export function recordOccupation(visit: Visit, { work, industry }: { work: string; industry: string }): Filed {
  return visit.chart.addProfiled('Observation', 'us-core-observation-occupation', {
    status: 'final',
    category: social,
    code: loinc(['11341-5', 'History of Occupation']),
    subject: visit.chart.patient,
    effectivePeriod: { start: visit.on },
    performer: [practitioner(visit.clinician)],
    valueCodeableConcept: { text: work },
    component: [{ code: loinc(['86188-0', 'History of Occupation Industry']), valueCodeableConcept: { text: industry } }],
  });
}

export const pregnancyStatus = {
  pregnant: ['77386006', 'Pregnant'],
  notPregnant: ['60001007', 'Not pregnant'],
} satisfies Record<string, Code>;

export function recordPregnancyStatus(visit: Visit, status: keyof typeof pregnancyStatus): Filed {
  const code = loinc(['82810-3', 'Pregnancy status']);
  return observe(visit, {
    profile: 'us-core-observation-pregnancystatus',
    category: social,
    code,
    value: { valueCodeableConcept: snomed(pregnancyStatus[status]) },
  });
}

export const pregnancyIntent = {
  wanted: ['454411000124108', 'Wants to become pregnant'],
  unsure: ['454381000124105', 'Not sure of desire to become pregnant'],
} satisfies Record<string, Code>;

export function recordPregnancyIntent(visit: Visit, intent: keyof typeof pregnancyIntent): Filed {
  const code = loinc(['86645-9', 'Pregnancy intention in the next year - Reported']);
  return observe(visit, {
    profile: 'us-core-observation-pregnancyintent',
    category: social,
    code,
    value: { valueCodeableConcept: snomed(pregnancyIntent[intent]) },
  });
}

const orientations: readonly (readonly [weight: number, code: Code])[] = [
  [86, ['20430005', 'Heterosexual']],
  [6, ['38628009', 'Homosexual']],
  [6, ['42035005', 'Bisexual']],
];

export function recordOrientation(visit: Visit): Filed {
  const value = { valueCodeableConcept: snomed(visit.chart.random.pickWeighted(orientations)) };
  return observe(visit, {
    profile: 'us-core-observation-sexual-orientation',
    category: social,
    code: loinc(['76690-7', 'Sexual orientation']),
    value,
  });
}
