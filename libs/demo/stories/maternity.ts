import { addDays, workday } from '../calendar';
import type { Chart } from '../chart';
import { listAllergy } from '../clinical/allergies';
import { screenDepression } from '../clinical/assessments';
import { planCare, setGoal } from '../clinical/care-plan';
import { openVisit, type Visit, visitTypes } from '../clinical/encounters';
import { runPanel } from '../clinical/laboratory';
import { prescribe } from '../clinical/medications';
import { writeNote, writeProgressNote } from '../clinical/notes';
import { diagnose, listProblem } from '../clinical/problems';
import { perform } from '../clinical/procedures';
import { recordPregnancyIntent, recordPregnancyStatus } from '../clinical/social-history';
import { reportStudy } from '../clinical/studies';
import { takeVitals } from '../clinical/vitals';
import { checkup, inWords } from './scenes/checkups';
import { type AdultIntake, adultIntake, careWishes } from './scenes/intake';
import type { Role, Story } from './story';

/** Weeks of pregnancy at which she is seen, with weight gained in kilograms. */
const prenatal: readonly { week: number; gained: number }[] = [
  { week: 9, gained: 1 },
  { week: 16, gained: 3 },
  { week: 21, gained: 5.5 },
  { week: 28, gained: 8.5 },
  { week: 34, gained: 11 },
  { week: 38, gained: 13 },
];

/** From wanting a child to the visit after birth. */
export function tellMaternity(chart: Chart, asked: AdultIntake = {}): void {
  const first = checkup(chart, chart.ago(30), { panels: ['bloodCount', 'lipids'] });
  adultIntake(first, { mood: [0, 1, 1, 1, 0, 0, 0, 0, 0], ...asked });
  careWishes(first);
  listAllergy(chart, 'penicillin', chart.ago(200));
  recordPregnancyIntent(first, 'wanted');
  recordPregnancyStatus(first, 'notPregnant');
  reportStudy(first, 'cervicalCytology');
  prescribe(first, 'folicAcid', { fills: 3, until: chart.ago(8) });
  const conceived = chart.ago(19);
  const pregnancy = listProblem(chart, 'pregnancy', { onset: conceived, abated: addDays(conceived, 7 * 39) });
  for (const { week, gained } of prenatal) prenatalVisit(chart, workday(addDays(conceived, week * 7)), week, gained);
  deliver(chart, addDays(conceived, 7 * 39), pregnancy);
  afterBirth(chart, workday(addDays(conceived, 7 * 45)));
  checkup(chart, chart.ago(2), { panels: ['metabolic', 'bloodCount'] });
}

function prenatalVisit(chart: Chart, on: string, week: number, gained: number): Visit {
  const visit = openVisit(chart, { on, reason: 'pregnancy', type: visitTypes.prenatal, with: 'obstetrician' });
  const reading = takeVitals(visit, { weight: chart.body.adultWeight + gained });
  const reason = diagnose(visit, 'pregnancy');
  recordPregnancyStatus(visit, 'pregnant');
  runPanel(visit, 'urinalysis', {}, reason);
  if (week === 9) runPanel(visit, 'bloodType', {}, reason);
  if (week === 21) reportStudy(visit, 'fetalUltrasound', reason);
  if (week === 28) anemia(visit);
  writeProgressNote(visit, {
    subjective: week < 20 ? 'Some nausea in the mornings.' : 'Feels the baby move. No bleeding, no headache.',
    objective: `${inWords(reading)} Fetal heart rate 146/min, fundal height fits ${week} weeks.`,
    assessment: `Intrauterine pregnancy at ${week} weeks, going well.`,
    plan: 'Next prenatal visit as scheduled.',
  });
  return visit;
}

/** Low iron in the third trimester, as is common. */
function anemia(visit: Visit): void {
  const reason = listProblem(visit.chart, 'ironDeficiency', { onset: visit.on, abated: addDays(visit.on, 150), visit });
  runPanel(visit, 'bloodCount', { hemoglobin: 10.4, hematocrit: 31.8, meanCellVolume: 77 }, reason);
  runPanel(visit, 'iron', { ferritin: 9 }, reason);
  prescribe(visit, 'ferrousSulfate', { reason, fills: 3, until: addDays(visit.on, 120) });
}

function deliver(chart: Chart, on: string, pregnancy: ReturnType<typeof listProblem>): void {
  const stay = openVisit(chart, { on, kind: 'inpatient', reason: 'delivery', with: 'obstetrician', nights: 2 });
  takeVitals(stay, { weight: chart.body.adultWeight + 13.4, heartRate: 92 });
  diagnose(stay, 'delivery');
  perform(stay, 'delivery', { reason: pregnancy, outcome: 'Healthy child, 3.4 kg' });
  prescribe(stay, 'acetaminophen', { setting: 'inpatient', until: addDays(on, 2), fills: 0 });
  writeNote(stay, 'history', [
    'Regular contractions since last night at 39 weeks.',
    'Cephalic presentation, membranes ruptured, fluid clear.',
  ]);
  writeNote(stay, 'discharge', ['Spontaneous vaginal delivery of a healthy child.', 'Mother and child home on the second day.']);
}

function afterBirth(chart: Chart, on: string): void {
  const visit = openVisit(chart, { on, reason: 'postpartumCare', type: visitTypes.postnatal, with: 'obstetrician' });
  takeVitals(visit, { weight: chart.body.adultWeight + 4 });
  const reason = diagnose(visit, 'postpartumCare');
  recordPregnancyStatus(visit, 'notPregnant');
  recordPregnancyIntent(visit, 'unsure');
  screenDepression(visit, [1, 0, 2, 2, 1, 0, 0, 0, 0]);
  const goal = setGoal(visit, { text: 'Breastfeed for six months', code: ['169741004', 'Breast fed'], dueInMonths: 5 }, reason);
  planCare(visit, {
    title: 'Postpartum plan',
    text: ['Iron until the blood count is normal.', 'Pelvic floor exercises.', 'Contraception to be talked over at the next visit.'],
    since: on,
    goals: [goal],
    activities: [{ code: ['229065009', 'Exercise therapy'], text: 'Pelvic floor exercises daily', status: 'in-progress' }],
  });
  writeProgressNote(visit, {
    subjective: 'Tired, breastfeeding well.',
    objective: 'Uterus involuted, wound-free.',
    assessment: 'Normal postpartum course.',
    plan: 'Check-up in four months.',
  });
}

export const maternity = (role: Partial<Role> = {}): Story => ({
  name: 'maternity',
  role: { ages: [22, 38], sex: 'female', doctor: 'obstetrician', ...role },
  tell: (chart) => tellMaternity(chart),
});
