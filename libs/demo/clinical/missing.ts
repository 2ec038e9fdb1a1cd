import { absent, type Code, loinc } from '../values';
import { statusCategories } from './assessments';
import type { Visit } from './encounters';
import { categorized, type Finding, measure, observe } from './observation';

interface Unmeasured {
  profile: string;
  code: Code;
  /** Only asked of children up to that age in months. */
  upToMonths?: number;
  fromMonths?: number;
}

const vitals: readonly Unmeasured[] = [
  { profile: 'us-core-heart-rate', code: ['8867-4', 'Heart rate'] },
  { profile: 'us-core-respiratory-rate', code: ['9279-1', 'Respiratory rate'] },
  { profile: 'us-core-body-temperature', code: ['8310-5', 'Body temperature'] },
  { profile: 'us-core-body-height', code: ['8302-2', 'Body height'] },
  { profile: 'us-core-body-weight', code: ['29463-7', 'Body weight'] },
  { profile: 'us-core-bmi', code: ['39156-5', 'Body mass index (BMI) [Ratio]'], fromMonths: 24 },
  { profile: 'us-core-head-circumference', code: ['9843-4', 'Head Occipital-frontal circumference'], upToMonths: 36 },
  {
    profile: 'head-occipital-frontal-circumference-percentile',
    code: ['8289-1', 'Head Occipital-frontal circumference Percentile'],
    upToMonths: 36,
  },
  { profile: 'pediatric-weight-for-height', code: ['77606-2', 'Weight-for-length Per age and sex'], upToMonths: 36 },
  {
    profile: 'pediatric-bmi-for-age',
    code: ['59576-9', 'Body mass index (BMI) [Percentile] Per age and sex'],
    fromMonths: 24,
    upToMonths: 240,
  },
];

/**
 * A second round of measuring that came to nothing, each part filed with the reason why it has no value:
 * what a client makes of missing data can be tried on it (US Core, missing data).
 */
export function recordMissing(visit: Visit): void {
  const months = visit.chart.monthsOld(visit.on);
  const asked = vitals.filter(({ upToMonths = Number.POSITIVE_INFINITY, fromMonths = 0 }) => months <= upToMonths && months >= fromMonths);
  for (const { profile, code } of asked) withoutValue(visit, { profile, category: [categorized('vital-signs')], code: loinc(code) });
  withoutValue(visit, oximetry);
  withoutValue(
    visit,
    {
      profile: 'us-core-observation-lab',
      category: [categorized('laboratory')],
      code: loinc(['718-7', 'Hemoglobin [Mass/volume] in Blood']),
    },
    ['error', 'Error'],
  );
  withoutValue(visit, {
    profile: 'us-core-observation-clinical-result',
    category: [categorized('exam')],
    code: loinc(['8884-9', 'Heart rate rhythm']),
  });
  const drinks = loinc(['74013-4', 'Alcoholic drinks per day']);
  withoutValue(
    visit,
    { profile: 'us-core-observation-screening-assessment', category: [categorized('survey'), statusCategories.social], code: drinks },
    ['asked-declined', 'Asked But Declined'],
  );
}

const oximetry: Finding = {
  profile: 'us-core-pulse-oximetry',
  category: [categorized('vital-signs')],
  code: measure(['59408-5', 'Oxygen saturation in Arterial blood by Pulse oximetry'], 'Oxygen saturation', [
    '2708-6',
    'Oxygen saturation in Arterial blood',
  ]),
  more: {
    component: [
      { code: loinc(['3151-8', 'Inhaled oxygen flow rate']), dataAbsentReason: absent() },
      { code: loinc(['3150-0', 'Inhaled oxygen concentration']), dataAbsentReason: absent() },
    ],
  },
};

function withoutValue(visit: Visit, finding: Finding, reason?: Code): void {
  observe(visit, { ...finding, at: 28, value: { dataAbsentReason: absent(reason) } });
}
