import type { Code } from '../values';

/** A measured analyte: what the lab calls normal, and within which usual values of the healthy are drawn. */
export interface MeasuredAnalyte {
  kind: 'quantity';
  loinc: Code;
  unit: string;
  ucum: string;
  low?: number;
  high?: number;
  usual: readonly [number, number];
  decimals: number;
}

/** A finding told in a code of SNOMED CT. */
export interface CodedAnalyte {
  kind: 'coded';
  loinc: Code;
  usual: Code;
}

/** A finding told in words. */
export interface WordedAnalyte {
  kind: 'text';
  loinc: Code;
  usual: string;
}

export type Analyte = MeasuredAnalyte | CodedAnalyte | WordedAnalyte;

function measured(
  loinc: Code,
  unit: string,
  ucum: string,
  range: readonly [low: number | undefined, high: number | undefined],
  usual: readonly [number, number],
  decimals = 0,
): MeasuredAnalyte {
  return { kind: 'quantity', loinc, unit, ucum, low: range[0], high: range[1], usual, decimals };
}

export const negative: Code = ['260385009', 'Negative'];
export const positive: Code = ['10828004', 'Positive'];

export const analytes = {
  hba1c: measured(['4548-4', 'Hemoglobin A1c/Hemoglobin.total in Blood'], '%', '%', [4, 5.6], [4.9, 5.5], 1),
  cholesterol: measured(['2093-3', 'Cholesterol [Mass/volume] in Serum or Plasma'], 'mg/dL', 'mg/dL', [undefined, 200], [150, 195]),
  triglycerides: measured(['2571-8', 'Triglyceride [Mass/volume] in Serum or Plasma'], 'mg/dL', 'mg/dL', [undefined, 150], [70, 145]),
  ldl: measured(
    ['18262-6', 'Cholesterol in LDL [Mass/volume] in Serum or Plasma by Direct assay'],
    'mg/dL',
    'mg/dL',
    [undefined, 130],
    [70, 125],
  ),
  hdl: measured(['2085-9', 'Cholesterol in HDL [Mass/volume] in Serum or Plasma'], 'mg/dL', 'mg/dL', [40, undefined], [42, 65]),
  glucose: measured(['2345-7', 'Glucose [Mass/volume] in Serum or Plasma'], 'mg/dL', 'mg/dL', [70, 99], [76, 97]),
  ureaNitrogen: measured(['3094-0', 'Urea nitrogen [Mass/volume] in Serum or Plasma'], 'mg/dL', 'mg/dL', [7, 20], [9, 18]),
  creatinine: measured(['2160-0', 'Creatinine [Mass/volume] in Serum or Plasma'], 'mg/dL', 'mg/dL', [0.6, 1.3], [0.7, 1.1], 2),
  sodium: measured(['2951-2', 'Sodium [Moles/volume] in Serum or Plasma'], 'mmol/L', 'mmol/L', [136, 145], [137, 143]),
  potassium: measured(['2823-3', 'Potassium [Moles/volume] in Serum or Plasma'], 'mmol/L', 'mmol/L', [3.5, 5.1], [3.7, 4.8], 1),
  chloride: measured(['2075-0', 'Chloride [Moles/volume] in Serum or Plasma'], 'mmol/L', 'mmol/L', [98, 107], [99, 106]),
  carbonDioxide: measured(['2028-9', 'Carbon dioxide, total [Moles/volume] in Serum or Plasma'], 'mmol/L', 'mmol/L', [22, 29], [23, 28]),
  calcium: measured(['17861-6', 'Calcium [Mass/volume] in Serum or Plasma'], 'mg/dL', 'mg/dL', [8.6, 10.2], [8.9, 9.9], 1),
  leukocytes: measured(['6690-2', 'Leukocytes [#/volume] in Blood by Automated count'], '10*3/uL', '10*3/uL', [4.5, 11], [5, 9.5], 1),
  erythrocytes: measured(['789-8', 'Erythrocytes [#/volume] in Blood by Automated count'], '10*6/uL', '10*6/uL', [3.9, 5.7], [4.2, 5.2], 2),
  hemoglobin: measured(['718-7', 'Hemoglobin [Mass/volume] in Blood'], 'g/dL', 'g/dL', [12, 17.5], [12.6, 16], 1),
  hematocrit: measured(['4544-3', 'Hematocrit [Volume Fraction] of Blood by Automated count'], '%', '%', [36, 50], [38, 47], 1),
  meanCellVolume: measured(['787-2', 'MCV [Entitic volume] by Automated count'], 'fL', 'fL', [80, 100], [84, 96], 1),
  platelets: measured(['777-3', 'Platelets [#/volume] in Blood by Automated count'], '10*3/uL', '10*3/uL', [150, 400], [180, 350]),
  ferritin: measured(['2276-4', 'Ferritin [Mass/volume] in Serum or Plasma'], 'ng/mL', 'ng/mL', [15, 150], [30, 120]),
  albuminRatio: measured(['14959-1', 'Microalbumin/Creatinine [Mass Ratio] in Urine'], 'mg/g', 'mg/g{creat}', [undefined, 30], [4, 22], 1),
  lead: measured(['5671-3', 'Lead [Mass/volume] in Blood'], 'ug/dL', 'ug/dL', [undefined, 3.5], [0.5, 2.4], 1),
  inr: measured(['6301-6', 'INR in Platelet poor plasma by Coagulation assay'], '{INR}', '{INR}', [0.9, 1.1], [2, 3], 1),
  natriureticPeptide: measured(
    ['30934-4', 'Natriuretic peptide B [Mass/volume] in Serum or Plasma'],
    'pg/mL',
    'pg/mL',
    [undefined, 100],
    [20, 80],
  ),
  cReactiveProtein: measured(
    ['1988-5', 'C reactive protein [Mass/volume] in Serum or Plasma'],
    'mg/L',
    'mg/L',
    [undefined, 8],
    [0.5, 5],
    1,
  ),
  strepAntigen: {
    kind: 'coded',
    loinc: ['78012-2', 'Streptococcus pyogenes Ag [Presence] in Throat by Rapid immunoassay'],
    usual: negative,
  },
  bloodGroup: { kind: 'coded', loinc: ['883-9', 'ABO group [Type] in Blood'], usual: ['58460004', 'Blood group O'] },
  rhesusType: { kind: 'coded', loinc: ['10331-7', 'Rh [Type] in Blood'], usual: ['165747007', 'RhD positive'] },
  urineNitrite: { kind: 'coded', loinc: ['5802-4', 'Nitrite [Presence] in Urine by Test strip'], usual: negative },
  urineProtein: { kind: 'coded', loinc: ['20454-5', 'Protein [Presence] in Urine by Test strip'], usual: negative },
  urineAppearance: { kind: 'text', loinc: ['5767-9', 'Appearance of Urine'], usual: 'Clear' },
  urineColor: { kind: 'text', loinc: ['5778-6', 'Color of Urine'], usual: 'Pale yellow' },
  influenzaA: { kind: 'coded', loinc: ['80382-5', 'Influenza virus A Ag [Presence] in Nasopharynx by Rapid immunoassay'], usual: negative },
} satisfies Record<string, Analyte>;

export type AnalyteName = keyof typeof analytes;

export interface SpecimenKind {
  type: Code;
  /** HL7 table 0487, where it knows the material. */
  source?: Code;
  site: Code;
  container: string;
}

export interface Panel {
  loinc: Code;
  text: string;
  specimen: SpecimenKind;
  members: readonly AnalyteName[];
}

const arm: Code = ['368208006', 'Left upper arm structure'];
const serum: SpecimenKind = {
  type: ['119364003', 'Serum specimen'],
  source: ['SER', 'Serum'],
  site: arm,
  container: 'Gold top serum separator tube',
};
const blood: SpecimenKind = {
  type: ['258580003', 'Whole blood specimen'],
  source: ['WB', 'Blood, Whole'],
  site: arm,
  container: 'Lavender top tube',
};
const urine: SpecimenKind = {
  type: ['122575003', 'Urine specimen'],
  source: ['URC', 'Urine clean catch'],
  site: ['13648007', 'Urinary tract structure'],
  container: 'Sterile urine cup',
};
const throat: SpecimenKind = { type: ['258529004', 'Throat swab'], site: ['54066008', 'Pharyngeal structure'], container: 'Swab' };

export const panels = {
  lipids: {
    loinc: ['57698-3', 'Lipid panel with direct LDL - Serum or Plasma'],
    text: 'Lipid panel',
    specimen: serum,
    members: ['cholesterol', 'triglycerides', 'ldl', 'hdl'],
  },
  metabolic: {
    loinc: ['24321-2', 'Basic metabolic 2000 panel - Serum or Plasma'],
    text: 'Basic metabolic panel',
    specimen: serum,
    members: ['glucose', 'ureaNitrogen', 'creatinine', 'sodium', 'potassium', 'chloride', 'carbonDioxide', 'calcium'],
  },
  bloodCount: {
    loinc: ['58410-2', 'CBC panel - Blood by Automated count'],
    text: 'Complete blood count',
    specimen: blood,
    members: ['leukocytes', 'erythrocytes', 'hemoglobin', 'hematocrit', 'meanCellVolume', 'platelets'],
  },
  glycemia: { loinc: ['4548-4', 'Hemoglobin A1c/Hemoglobin.total in Blood'], text: 'Hemoglobin A1c', specimen: blood, members: ['hba1c'] },
  kidneyDamage: {
    loinc: ['14959-1', 'Microalbumin/Creatinine [Mass Ratio] in Urine'],
    text: 'Urine albumin-creatinine ratio',
    specimen: urine,
    members: ['albuminRatio'],
  },
  urinalysis: {
    loinc: ['24357-6', 'Urinalysis macro (dipstick) panel - Urine'],
    text: 'Urinalysis, dipstick',
    specimen: urine,
    members: ['urineColor', 'urineAppearance', 'urineNitrite', 'urineProtein'],
  },
  iron: { loinc: ['2276-4', 'Ferritin [Mass/volume] in Serum or Plasma'], text: 'Ferritin', specimen: serum, members: ['ferritin'] },
  bloodType: { loinc: ['34530-6', 'ABO and Rh panel - Blood'], text: 'Blood type', specimen: blood, members: ['bloodGroup', 'rhesusType'] },
  leadScreen: { loinc: ['5671-3', 'Lead [Mass/volume] in Blood'], text: 'Blood lead', specimen: blood, members: ['lead'] },
  strep: {
    loinc: ['78012-2', 'Streptococcus pyogenes Ag [Presence] in Throat by Rapid immunoassay'],
    text: 'Rapid strep test',
    specimen: throat,
    members: ['strepAntigen'],
  },
  influenza: {
    loinc: ['80382-5', 'Influenza virus A Ag [Presence] in Nasopharynx by Rapid immunoassay'],
    text: 'Rapid influenza test',
    specimen: throat,
    members: ['influenzaA'],
  },
  coagulation: {
    loinc: ['34528-0', 'PT panel - Platelet poor plasma by Coagulation assay'],
    text: 'Prothrombin time and INR',
    specimen: blood,
    members: ['inr'],
  },
  heartStrain: {
    loinc: ['30934-4', 'Natriuretic peptide B [Mass/volume] in Serum or Plasma'],
    text: 'B-type natriuretic peptide',
    specimen: blood,
    members: ['natriureticPeptide'],
  },
  inflammation: {
    loinc: ['1988-5', 'C reactive protein [Mass/volume] in Serum or Plasma'],
    text: 'C-reactive protein',
    specimen: serum,
    members: ['cReactiveProtein'],
  },
} satisfies Record<string, Panel>;

export type PanelName = keyof typeof panels;
