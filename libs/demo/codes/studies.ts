import type { NoteType } from './notes';
import type { Code } from '../values';

/** What a study can find: a number, a coded impression, or words. */
export type StudyFinding =
  | { code: Code; measured: readonly [value: number, unit: string, ucum: string] }
  | { code: Code; coded: Code }
  | { code: Code; worded: string };

export interface Study {
  code: Code;
  text: string;
  /** LOINC part naming the service: radiology, cardiology or pathology. */
  service: Code;
  category: 'imaging' | 'procedure' | 'laboratory' | 'exam';
  /** How pictures were taken (DICOM), where there are any. */
  modality?: Code;
  note: NoteType;
  findings: readonly StudyFinding[];
  conclusion: string;
}

const radiology: Code = ['LP29684-5', 'Radiology'];
const cardiology: Code = ['LP29708-2', 'Cardiology'];
const pathology: Code = ['LP7839-6', 'Pathology'];
const finding: Code = ['18782-3', 'Radiology Study observation (narrative)'];
const impression: Code = ['19005-8', 'Radiology Imaging study [Impression] (narrative)'];

function radiologyStudy(code: Code, text: string, found: string, conclusion: string): Study {
  return {
    code,
    text,
    service: radiology,
    category: 'imaging',
    modality: code[1].startsWith('US ') ? ['US', 'Ultrasound'] : ['DX', 'Digital Radiography'],
    note: 'imaging',
    conclusion,
    findings: [
      { code: finding, worded: found },
      { code: impression, worded: conclusion },
    ],
  };
}

function cardiogram(rhythm: Code, conclusion: string, rate: number): Study {
  const findings: StudyFinding[] = [
    { code: ['8601-7', 'EKG impression'], coded: rhythm },
    { code: ['76282-3', 'Heart rate.beat-to-beat by EKG'], measured: [rate, 'beats/minute', '/min'] },
    { code: ['8633-0', 'QRS duration'], measured: [92, 'ms', 'ms'] },
  ];
  return {
    code: ['11524-6', 'EKG study'],
    text: '12-lead electrocardiogram',
    service: cardiology,
    category: 'procedure',
    note: 'procedure',
    findings,
    conclusion,
  };
}

function pathologyStudy(text: string, diagnosis: string): Study {
  return {
    code: ['11526-1', 'Pathology study'],
    text,
    service: pathology,
    category: 'laboratory',
    note: 'pathology',
    conclusion: diagnosis,
    findings: [{ code: ['22637-3', 'Pathology report final diagnosis Narrative'], worded: diagnosis }],
  };
}

export const studies = {
  chestXrayPneumonia: radiologyStudy(
    ['36643-5', 'XR Chest 2 Views'],
    'Chest X-ray, two views',
    'Patchy opacity in the right lower lobe. Heart size normal. No effusion.',
    'Right lower lobe pneumonia.',
  ),
  chestXrayBronchiolitis: radiologyStudy(
    ['36643-5', 'XR Chest 2 Views'],
    'Chest X-ray, two views',
    'Hyperinflated lungs with peribronchial thickening. No focal consolidation.',
    'Findings of viral bronchiolitis.',
  ),
  chestXrayEmphysema: radiologyStudy(
    ['36643-5', 'XR Chest 2 Views'],
    'Chest X-ray, two views',
    'Flattened diaphragms, increased retrosternal air space. No infiltrate.',
    'Emphysematous change without acute infiltrate.',
  ),
  chestXrayCongestion: radiologyStudy(
    ['36643-5', 'XR Chest 2 Views'],
    'Chest X-ray, two views',
    'Enlarged cardiac silhouette, cephalization of vessels, small effusions.',
    'Mild pulmonary congestion.',
  ),
  fetalUltrasound: radiologyStudy(
    ['11525-3', 'US Pelvis and Fetus for pregnancy'],
    'Obstetric ultrasound',
    'Single live fetus in cephalic presentation, anatomy complete, placenta posterior.',
    'Normal second-trimester survey.',
  ),
  mammogramNormal: radiologyStudy(
    ['24606-6', 'MG Breast Screening'],
    'Screening mammogram',
    'Scattered fibroglandular density. No mass or suspicious calcification.',
    'BI-RADS 1: negative.',
  ),
  mammogramSuspicious: radiologyStudy(
    ['24606-6', 'MG Breast Screening'],
    'Screening mammogram',
    'Spiculated 14 mm mass in the upper outer quadrant of the left breast.',
    'BI-RADS 5: highly suggestive of malignancy, biopsy advised.',
  ),
  forearmXray: radiologyStudy(
    ['24891-4', 'XR Radius and Ulna Views'],
    'Forearm X-ray',
    'Nondisplaced fracture of the distal radial metaphysis.',
    'Distal radius fracture, nondisplaced.',
  ),
  kneeXray: radiologyStudy(
    ['24802-1', 'XR Knee Views'],
    'Knee X-ray',
    'Medial joint space narrowing, osteophytes, subchondral sclerosis.',
    'Advanced osteoarthritis of the right knee.',
  ),
  cardiogramNormal: cardiogram(['64730000', 'Normal sinus rhythm'], 'Normal sinus rhythm, normal intervals.', 74),
  cardiogramFibrillation: cardiogram(['49436004', 'Atrial fibrillation'], 'Atrial fibrillation with controlled ventricular rate.', 88),
  cardiogramBlock: cardiogram(['27885002', 'Complete atrioventricular block'], 'Complete heart block with junctional escape.', 38),
  cervicalCytology: pathologyStudy('Cervical cytology', 'Negative for intraepithelial lesion or malignancy.'),
  adenoidTissue: pathologyStudy('Adenoid tissue', 'Benign lymphoid hyperplasia.'),
  breastBiopsy: pathologyStudy('Core biopsy, left breast', 'Invasive ductal carcinoma, grade 2, estrogen receptor positive.'),
  colonPolyp: pathologyStudy('Colon polyp', 'Tubular adenoma, completely excised.'),
} satisfies Record<string, Study>;

export type StudyName = keyof typeof studies;
