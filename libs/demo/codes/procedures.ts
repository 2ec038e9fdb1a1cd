import { systems } from './systems';
import type { Code } from '../values';

export interface ProcedureKind {
  system: string;
  code: Code;
  /** What kind of order is behind it. */
  order: OrderKind;
}

export const orderCategories = {
  laboratory: ['108252007', 'Laboratory procedure'],
  imaging: ['363679005', 'Imaging'],
  education: ['409073007', 'Education'],
  surgery: ['387713003', 'Surgical procedure'],
  counseling: ['409063005', 'Counseling'],
  evaluation: ['386053000', 'Evaluation procedure'],
  socialService: ['410606002', 'Social service procedure'],
} satisfies Record<string, Code>;

export type OrderKind = keyof typeof orderCategories;

const snomedProcedure = (code: Code, order: OrderKind): ProcedureKind => ({ system: systems.snomed, code, order });
const cptProcedure = (code: Code, order: OrderKind): ProcedureKind => ({ system: systems.cpt, code, order });

export const procedures = {
  cochlearImplantation: cptProcedure(['69930', 'Cochlear device implantation'], 'surgery'),
  kneeReplacement: cptProcedure(['27447', 'Total knee arthroplasty'], 'surgery'),
  pacemakerImplantation: cptProcedure(['33208', 'Insertion of permanent pacemaker, atrial and ventricular'], 'surgery'),
  lumpectomy: cptProcedure(['19301', 'Partial mastectomy'], 'surgery'),
  delivery: snomedProcedure(['177184002', 'Normal delivery procedure'], 'surgery'),
  colonoscopy: snomedProcedure(['73761001', 'Colonoscopy'], 'evaluation'),
  mammography: snomedProcedure(['71651007', 'Mammography'], 'imaging'),
  spirometry: snomedProcedure(['127783003', 'Spirometry'], 'evaluation'),
  physicalTherapy: snomedProcedure(['91251008', 'Physical therapy procedure'], 'evaluation'),
  splinting: snomedProcedure(['274474001', 'Bone immobilization'], 'surgery'),
  oxygenByMask: snomedProcedure(['371908008', 'Oxygen administration by mask'], 'evaluation'),
  cognitiveTherapy: snomedProcedure(['228557008', 'Cognitive and behavioral therapy'], 'counseling'),
  asthmaEducation: snomedProcedure(['699728000', 'Asthma self management'], 'education'),
  smokingCessation: snomedProcedure(['225323000', 'Smoking cessation education'], 'education'),
  medicationReconciliation: snomedProcedure(['430193006', 'Medication reconciliation'], 'evaluation'),
  dentalFilling: { system: systems.cdt, code: ['D2391', 'Resin-based composite filling, one surface, posterior'], order: 'surgery' },
  hearingTest: cptProcedure(['92557', 'Comprehensive audiometry'], 'evaluation'),
} satisfies Record<string, ProcedureKind>;

export type ProcedureName = keyof typeof procedures;
