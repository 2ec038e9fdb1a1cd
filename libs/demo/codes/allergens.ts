import type { Code } from '../values';

export interface Allergen {
  code: Code;
  category: 'food' | 'medication' | 'environment' | 'biologic';
  type: 'allergy' | 'intolerance';
  criticality: 'low' | 'high' | 'unable-to-assess';
  reaction: { manifestations: readonly Code[]; severity: 'mild' | 'moderate' | 'severe' };
}

const hives: Code = ['247472004', 'Hives'];
const rash: Code = ['271807003', 'Eruption of skin'];
const dyspnea: Code = ['267036007', 'Dyspnea'];
const wheezing: Code = ['56018004', 'Wheezing'];
const nausea: Code = ['422587007', 'Nausea'];
const anaphylaxis: Code = ['39579001', 'Anaphylaxis'];

export const allergens = {
  penicillin: {
    code: ['91936005', 'Allergy to penicillin'],
    category: 'medication',
    type: 'allergy',
    criticality: 'high',
    reaction: { manifestations: [hives, dyspnea], severity: 'moderate' },
  },
  sulfonamide: {
    code: ['91939003', 'Allergy to sulfonamide'],
    category: 'medication',
    type: 'allergy',
    criticality: 'low',
    reaction: { manifestations: [rash], severity: 'mild' },
  },
  peanut: {
    code: ['91935009', 'Allergy to peanut'],
    category: 'food',
    type: 'allergy',
    criticality: 'high',
    reaction: { manifestations: [anaphylaxis, hives], severity: 'severe' },
  },
  shellfish: {
    code: ['300913006', 'Allergy to shellfish'],
    category: 'food',
    type: 'allergy',
    criticality: 'high',
    reaction: { manifestations: [hives, nausea], severity: 'moderate' },
  },
  egg: {
    code: ['91930004', 'Allergy to egg protein'],
    category: 'food',
    type: 'allergy',
    criticality: 'low',
    reaction: { manifestations: [rash], severity: 'mild' },
  },
  latex: {
    code: ['300916003', 'Allergy to latex'],
    category: 'environment',
    type: 'allergy',
    criticality: 'low',
    reaction: { manifestations: [rash], severity: 'mild' },
  },
  grassPollen: {
    code: ['418689008', 'Allergy to grass pollen'],
    category: 'environment',
    type: 'allergy',
    criticality: 'low',
    reaction: { manifestations: [wheezing], severity: 'mild' },
  },
  animalDander: {
    code: ['232347008', 'Allergy to animal dander'],
    category: 'environment',
    type: 'allergy',
    criticality: 'low',
    reaction: { manifestations: [wheezing], severity: 'mild' },
  },
  beeVenom: {
    code: ['424213003', 'Allergy to bee venom'],
    category: 'environment',
    type: 'allergy',
    criticality: 'high',
    reaction: { manifestations: [anaphylaxis], severity: 'severe' },
  },
} satisfies Record<string, Allergen>;

export type AllergenName = keyof typeof allergens;

/** Said outright, so that an empty list is not mistaken for a question never asked. */
export const noKnownAllergy: Code = ['716186003', 'No known allergy'];
