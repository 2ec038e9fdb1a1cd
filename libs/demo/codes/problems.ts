import type { Code } from '../values';

/** A clinical problem in the two code systems a US chart carries. */
export interface Problem {
  icd10: Code;
  snomed: Code;
}

const problem = (icd10: Code, snomed: Code): Problem => ({ icd10, snomed });

export const problems = {
  checkup: problem(
    ['Z00.00', 'Encounter for general adult medical examination without abnormal findings'],
    ['162673000', 'General examination of patient'],
  ),
  wellChild: problem(
    ['Z00.129', 'Encounter for routine child health examination without abnormal findings'],
    ['410620009', 'Well child visit'],
  ),
  hypertension: problem(['I10', 'Essential (primary) hypertension'], ['59621000', 'Essential hypertension']),
  hyperlipidemia: problem(['E78.5', 'Hyperlipidemia, unspecified'], ['55822004', 'Hyperlipidemia']),
  prediabetes: problem(['R73.03', 'Prediabetes'], ['15777000', 'Prediabetes']),
  type2Diabetes: problem(['E11.9', 'Type 2 diabetes mellitus without complications'], ['44054006', 'Diabetes mellitus type 2']),
  obesity: problem(['E66.9', 'Obesity, unspecified'], ['162864005', 'Body mass index 30+ - obesity']),
  asthma: problem(['J45.30', 'Mild persistent asthma, uncomplicated'], ['195967001', 'Asthma']),
  asthmaExacerbation: problem(['J45.901', 'Unspecified asthma with (acute) exacerbation'], ['708038006', 'Acute exacerbation of asthma']),
  copd: problem(['J44.9', 'Chronic obstructive pulmonary disease, unspecified'], ['13645005', 'Chronic obstructive pulmonary disease']),
  copdExacerbation: problem(
    ['J44.1', 'Chronic obstructive pulmonary disease with (acute) exacerbation'],
    ['195951007', 'Acute exacerbation of chronic obstructive airways disease'],
  ),
  pneumonia: problem(['J18.9', 'Pneumonia, unspecified organism'], ['233604007', 'Pneumonia']),
  bronchiolitis: problem(['J21.9', 'Acute bronchiolitis, unspecified'], ['5505005', 'Acute bronchiolitis']),
  otitisMedia: problem(['H66.90', 'Otitis media, unspecified, unspecified ear'], ['65363002', 'Otitis media']),
  strepThroat: problem(['J02.0', 'Streptococcal pharyngitis'], ['43878008', 'Streptococcal sore throat']),
  depression: problem(['F32.1', 'Major depressive disorder, single episode, moderate'], ['370143000', 'Major depressive disorder']),
  migraine: problem(['G43.909', 'Migraine, unspecified, not intractable, without status migrainosus'], ['37796009', 'Migraine']),
  atopicDermatitis: problem(['L20.9', 'Atopic dermatitis, unspecified'], ['24079001', 'Atopic dermatitis']),
  hearingLoss: problem(['H90.3', 'Sensorineural hearing loss, bilateral'], ['60700002', 'Sensorineural hearing loss']),
  kneeArthritis: problem(['M17.11', 'Unilateral primary osteoarthritis, right knee'], ['239873007', 'Osteoarthritis of knee']),
  coronaryDisease: problem(
    ['I25.10', 'Atherosclerotic heart disease of native coronary artery without angina pectoris'],
    ['53741008', 'Coronary arteriosclerosis'],
  ),
  atrialFibrillation: problem(['I48.91', 'Unspecified atrial fibrillation'], ['49436004', 'Atrial fibrillation']),
  heartFailure: problem(['I50.9', 'Heart failure, unspecified'], ['84114007', 'Heart failure']),
  heartBlock: problem(['I44.2', 'Atrioventricular block, complete'], ['27885002', 'Complete atrioventricular block']),
  ironDeficiency: problem(['D50.9', 'Iron deficiency anemia, unspecified'], ['87522002', 'Iron deficiency anemia']),
  alzheimer: problem(['G30.9', "Alzheimer's disease, unspecified"], ['26929004', "Alzheimer's disease"]),
  breastCancer: problem(
    ['C50.912', 'Malignant neoplasm of unspecified site of left female breast'],
    ['254837009', 'Malignant neoplasm of breast'],
  ),
  forearmFracture: problem(
    ['S52.501A', 'Unspecified fracture of the lower end of right radius, initial encounter for closed fracture'],
    ['65966004', 'Fracture of forearm'],
  ),
  backPain: problem(['M54.50', 'Low back pain, unspecified'], ['278860009', 'Chronic low back pain']),
  reflux: problem(['K21.9', 'Gastro-esophageal reflux disease without esophagitis'], ['235595009', 'Gastroesophageal reflux disease']),
  dentalCaries: problem(['K02.9', 'Dental caries, unspecified'], ['80967001', 'Dental caries']),
  pregnancy: problem(
    ['Z34.90', 'Encounter for supervision of normal pregnancy, unspecified, unspecified trimester'],
    ['77386006', 'Pregnancy'],
  ),
  delivery: problem(['O80', 'Encounter for full-term uncomplicated delivery'], ['66348005', 'Childbirth']),
  postpartumCare: problem(['Z39.2', 'Encounter for routine postpartum follow-up'], ['169762003', 'Postnatal visit']),
  liveborn: problem(['Z38.00', 'Single liveborn infant, delivered vaginally'], ['442311008', 'Liveborn born in hospital']),
  foodInsecurity: problem(['Z59.41', 'Food insecurity'], ['733423003', 'Food insecurity']),
  transportation: problem(
    ['Z75.3', 'Unavailability and inaccessibility of health-care facilities'],
    ['713458007', 'Lack of access to transportation'],
  ),
  livingAlone: problem(['Z60.2', 'Problems related to living alone'], ['422650009', 'Social isolation']),
} satisfies Record<string, Problem>;

export type ProblemName = keyof typeof problems;
