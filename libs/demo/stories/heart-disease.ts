import type { Chart } from '../chart';
import { listAllergy } from '../clinical/allergies';
import { planCare, setGoal } from '../clinical/care-plan';
import { implant } from '../clinical/devices';
import { openVisit } from '../clinical/encounters';
import { giveDueVaccines } from '../clinical/immunizations';
import { runPanel } from '../clinical/laboratory';
import { prescribe } from '../clinical/medications';
import { writeNote } from '../clinical/notes';
import { diagnose, listProblem } from '../clinical/problems';
import { perform } from '../clinical/procedures';
import { reportStudy } from '../clinical/studies';
import { takeVitals } from '../clinical/vitals';
import { quantity } from '../values';
import { checkup, followUp } from './scenes/checkups';
import { adultIntake, careWishes } from './scenes/intake';
import type { Role, Story } from './story';

/** Clotting times and heart strain as treatment finds its dose. */
const course: readonly { monthsAgo: number; inr: number; strain: number; excess: number }[] = [
  { monthsAgo: 21, inr: 1.6, strain: 480, excess: 5 },
  { monthsAgo: 18, inr: 2.9, strain: 310, excess: 3 },
  { monthsAgo: 13, inr: 2.4, strain: 220, excess: 1 },
  { monthsAgo: 7, inr: 2.6, strain: 180, excess: 0 },
  { monthsAgo: 2, inr: 2.5, strain: 165, excess: 0 },
];

function tell(chart: Chart): void {
  const first = checkup(chart, chart.ago(42), { reading: { systolic: 142, diastolic: 84 } });
  adultIntake(first, { smokes: 'former', packYears: 24, works: false, difficulty: 'Hearing, for five years' });
  careWishes(first);
  listAllergy(chart, 'penicillin', chart.ago(400));
  const coronary = listProblem(chart, 'coronaryDisease', { onset: chart.ago(70) });
  prescribe(first, 'atorvastatin', { reason: coronary, fills: 2 });
  prescribe(first, 'metoprolol', { reason: coronary, fills: 2, byReference: true });
  const failure = admission(chart);
  for (const { monthsAgo, inr, strain, excess } of course) {
    const visit = followUp(chart, {
      on: chart.ago(monthsAgo),
      reason: 'heartFailure',
      reading: { weight: chart.body.adultWeight + excess, heartRate: 76, saturation: 95 },
      note: {
        subjective: 'Sleeps on two pillows, ankles less swollen.',
        assessment: `Heart failure, BNP ${strain} pg/mL; INR ${inr}.`,
        plan: 'Same doses; daily weight at home.',
      },
    });
    giveDueVaccines(visit);
    runPanel(visit, 'coagulation', { inr }, failure);
    runPanel(visit, 'heartStrain', { natriureticPeptide: strain }, failure);
    runPanel(visit, 'metabolic', { creatinine: 1.32, potassium: 4.6 }, failure);
    if (monthsAgo === 7) plan(visit, failure);
  }
}

/** Short of breath with a slow pulse: a failing heart, fibrillation, and a pacemaker. */
function admission(chart: Chart): ReturnType<typeof listProblem> {
  const on = chart.ago(24);
  const stay = openVisit(chart, { on, kind: 'inpatient', reason: 'heartBlock', nights: 4 });
  takeVitals(stay, {
    heartRate: 38,
    systolic: 104,
    diastolic: 58,
    saturation: 90,
    oxygen: { flow: 3, concentration: 32 },
    respiratoryRate: 24,
  });
  const block = diagnose(stay, 'heartBlock');
  const failure = listProblem(chart, 'heartFailure', { onset: on });
  const fibrillation = listProblem(chart, 'atrialFibrillation', { onset: on });
  reportStudy(stay, 'cardiogramBlock', block);
  reportStudy(stay, 'chestXrayCongestion', failure);
  const pacemaker = implant(stay, 'pacemaker');
  perform(stay, 'pacemakerImplantation', { reason: block, implants: [pacemaker], outcome: 'Capture in both chambers' });
  prescribe(stay, 'furosemide', { reason: failure, setting: 'discharge', fills: 3 });
  prescribe(stay, 'warfarin', { reason: fibrillation, setting: 'discharge', fills: 6 });
  writeNote(stay, 'history', ['Two days of breathlessness and near-fainting.', 'Pulse 38, crackles at both bases, leg edema.']);
  writeNote(stay, 'operation', ['Dual-chamber pacemaker through the left subclavian vein.', 'Thresholds good, no pneumothorax.']);
  writeNote(stay, 'discharge', [
    'Complete heart block treated with a pacemaker; heart failure and atrial fibrillation found.',
    'Home on furosemide and warfarin, weight daily.',
  ]);
  return failure;
}

function plan(visit: Parameters<typeof setGoal>[0], failure: ReturnType<typeof listProblem>): void {
  const goal = setGoal(
    visit,
    {
      text: 'Weight within 2 kg of dry weight',
      target: { measure: ['29463-7', 'Body weight'], value: quantity(visit.chart.body.adultWeight, 'kg') },
      dueInMonths: 6,
    },
    failure,
  );
  planCare(visit, {
    title: 'Heart failure plan',
    text: ['Weigh every morning; call when up 2 kg in three days.', 'Less than 2 g of salt a day.', 'INR monthly, target 2 to 3.'],
    since: visit.on,
    problems: [failure],
    goals: [goal],
    activities: [{ code: ['183063000', 'Low salt diet education'], text: 'Low-salt diet', status: 'in-progress' }],
  });
}

export const heartDisease = (role: Partial<Role> = {}): Story => ({
  name: 'heart disease',
  role: { ages: [68, 88], doctor: 'lee', managed: true, ...role },
  tell,
});
