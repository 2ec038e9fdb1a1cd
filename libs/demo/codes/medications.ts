import type { Code } from '../values';

/** A drug of the clinic's formulary with the way it is usually ordered. */
export interface Drug {
  rxnorm: Code;
  dose: readonly [value: number, unit: string, ucum: string];
  /** So many times in so many hours or days. */
  timing: readonly [frequency: number, period: number, unit: 'h' | 'd' | 'wk'];
  route: Code;
  sig: string;
  supply: readonly [value: number, unit: string, ucum: string];
  refills: number;
}

const oral: Code = ['26643006', 'Oral route'];
const inhaled: Code = ['447694001', 'Respiratory tract route'];
const subcutaneous: Code = ['34206005', 'Subcutaneous route'];
const intramuscular: Code = ['78421000', 'Intramuscular route'];
const topical: Code = ['6064005', 'Topical route'];

function tablets(rxnorm: Code, perDay: number, sig: string, days = 90, refills = 3): Drug {
  return {
    rxnorm,
    dose: [1, 'tablet', '{tbl}'],
    timing: [perDay, 1, 'd'],
    route: oral,
    sig,
    supply: [perDay * days, 'tablet', '{tbl}'],
    refills,
  };
}

function puffs(rxnorm: Code, count: number, timing: Drug['timing'], sig: string, actuations: number): Drug {
  return {
    rxnorm,
    dose: [count, 'puff', '{puff}'],
    timing,
    route: inhaled,
    sig,
    supply: [actuations, 'actuation', '{actuat}'],
    refills: 5,
  };
}

export const drugs = {
  lisinopril: tablets(['314076', 'lisinopril 10 MG Oral Tablet'], 1, 'Take 1 tablet by mouth once a day'),
  amlodipine: tablets(['197361', 'amlodipine 5 MG Oral Tablet'], 1, 'Take 1 tablet by mouth once a day'),
  metformin: tablets(['861007', 'metformin hydrochloride 500 MG Oral Tablet'], 2, 'Take 1 tablet by mouth twice a day with meals'),
  atorvastatin: tablets(['617310', 'atorvastatin 20 MG Oral Tablet'], 1, 'Take 1 tablet by mouth at bedtime'),
  sertraline: tablets(['312941', 'sertraline 50 MG Oral Tablet'], 1, 'Take 1 tablet by mouth every morning', 30, 5),
  metoprolol: tablets(['866436', '24 HR metoprolol succinate 50 MG Extended Release Oral Tablet'], 1, 'Take 1 tablet by mouth once a day'),
  furosemide: tablets(['313988', 'furosemide 40 MG Oral Tablet'], 1, 'Take 1 tablet by mouth every morning'),
  warfarin: tablets(['855332', 'warfarin sodium 5 MG Oral Tablet'], 1, 'Take 1 tablet by mouth every evening', 30, 5),
  aspirin: tablets(['243670', 'aspirin 81 MG Oral Tablet'], 1, 'Take 1 tablet by mouth once a day', 100, 0),
  donepezil: tablets(['997223', 'donepezil hydrochloride 10 MG Oral Tablet'], 1, 'Take 1 tablet by mouth at bedtime'),
  ferrousSulfate: tablets(['310325', 'ferrous sulfate 325 MG Oral Tablet'], 1, 'Take 1 tablet by mouth once a day with orange juice'),
  folicAcid: tablets(['310410', 'folic acid 1 MG Oral Tablet'], 1, 'Take 1 tablet by mouth once a day'),
  ibuprofen: {
    ...tablets(['310965', 'ibuprofen 200 MG Oral Tablet'], 3, 'Take 2 tablets by mouth every 8 hours as needed for pain', 10, 0),
    dose: [2, 'tablet', '{tbl}'],
  },
  acetaminophen: {
    ...tablets(['313782', 'acetaminophen 325 MG Oral Tablet'], 4, 'Take 2 tablets by mouth every 6 hours as needed', 7, 0),
    dose: [2, 'tablet', '{tbl}'],
  },
  hydrocodone: tablets(
    ['856987', 'acetaminophen 300 MG / hydrocodone bitartrate 5 MG Oral Tablet'],
    4,
    'Take 1 tablet by mouth every 6 hours as needed for severe pain',
    5,
    0,
  ),
  prednisone: {
    ...tablets(['312617', 'prednisone 5 MG Oral Tablet'], 1, 'Take 8 tablets by mouth once a day for 5 days', 5, 0),
    dose: [8, 'tablet', '{tbl}'],
    supply: [40, 'tablet', '{tbl}'],
  },
  penicillin: tablets(['834102', 'penicillin V potassium 500 MG Oral Tablet'], 2, 'Take 1 tablet by mouth twice a day for 10 days', 10, 0),
  azithromycin: tablets(
    ['308460', 'azithromycin 250 MG Oral Tablet'],
    1,
    'Take 2 tablets on the first day, then 1 tablet once a day',
    6,
    0,
  ),
  loratadine: tablets(['665078', 'loratadine 5 MG Chewable Tablet'], 1, 'Chew 1 tablet once a day', 30, 2),
  omeprazole: {
    ...tablets(['198051', 'omeprazole 20 MG Delayed Release Oral Capsule'], 1, 'Take 1 capsule by mouth before breakfast'),
    dose: [1, 'capsule', '{capsule}'],
    supply: [90, 'capsule', '{capsule}'],
  },
  amoxicillin: {
    rxnorm: ['308189', 'amoxicillin 80 MG/ML Oral Suspension'],
    dose: [5, 'mL', 'mL'],
    timing: [2, 1, 'd'],
    route: oral,
    sig: 'Give 5 mL by mouth twice a day for 10 days',
    supply: [100, 'mL', 'mL'],
    refills: 0,
  },
  albuterol: puffs(
    ['2123111', 'NDA020503 200 ACTUAT albuterol 0.09 MG/ACTUAT Metered Dose Inhaler'],
    2,
    [1, 4, 'h'],
    'Inhale 2 puffs every 4 hours as needed for wheezing',
    200,
  ),
  fluticasone: puffs(
    ['895994', '120 ACTUAT fluticasone propionate 0.044 MG/ACTUAT Metered Dose Inhaler'],
    2,
    [2, 1, 'd'],
    'Inhale 2 puffs twice a day with a spacer',
    120,
  ),
  fluticasoneSalmeterol: puffs(
    ['896209', '60 ACTUAT fluticasone propionate 0.25 MG/ACTUAT / salmeterol 0.05 MG/ACTUAT Dry Powder Inhaler'],
    1,
    [2, 1, 'd'],
    'Inhale 1 puff twice a day',
    60,
  ),
  glargine: {
    rxnorm: ['311041', 'insulin glargine 100 UNT/ML Injectable Solution'],
    dose: [16, 'unit', '[iU]'],
    timing: [1, 1, 'd'],
    route: subcutaneous,
    sig: 'Inject 16 units under the skin at bedtime',
    supply: [10, 'mL', 'mL'],
    refills: 5,
  },
  hydrocortisone: {
    rxnorm: ['106258', 'hydrocortisone 10 MG/ML Topical Cream'],
    dose: [1, 'application', '{application}'],
    timing: [2, 1, 'd'],
    route: topical,
    sig: 'Apply a thin layer to the affected skin twice a day',
    supply: [30, 'g', 'g'],
    refills: 1,
  },
  epinephrine: {
    rxnorm: ['1870230', 'NDA020800 0.3 ML epinephrine 1 MG/ML Auto-Injector'],
    dose: [0.3, 'mg', 'mg'],
    timing: [1, 1, 'd'],
    route: intramuscular,
    sig: 'Inject 0.3 mg into the outer thigh for a severe allergic reaction, then call 911',
    supply: [2, 'device', '{device}'],
    refills: 1,
  },
} satisfies Record<string, Drug>;

export type DrugName = keyof typeof drugs;
