import { addDays } from '../calendar';
import type { Chart } from '../chart';
import { listAllergy } from '../clinical/allergies';
import { type PlanOfCare, planCare, setGoal } from '../clinical/care-plan';
import type { Visit } from '../clinical/encounters';
import { giveDueVaccines } from '../clinical/immunizations';
import { runPanel } from '../clinical/laboratory';
import { noteReported, prescribe } from '../clinical/medications';
import { listProblem } from '../clinical/problems';
import { perform } from '../clinical/procedures';
import { reportStudy } from '../clinical/studies';
import { recordHomeAverage } from '../clinical/vitals';
import { quantity } from '../values';
import { checkup, followUp } from './scenes/checkups';
import { adultIntake, careWishes } from './scenes/intake';
import type { Role, Story } from './story';

interface Milestone {
  monthsAgo: number;
  systolic: number;
  diastolic: number;
  hba1c: number;
  ldl: number;
  /** Kilograms above the usual weight. */
  excess: number;
  plan: string;
}

/** Pressure comes down on treatment; sugar climbs into diabetes, then answers to metformin. */
const course: readonly Milestone[] = [
  {
    monthsAgo: 40,
    systolic: 152,
    diastolic: 94,
    hba1c: 6.2,
    ldl: 171,
    excess: 6,
    plan: 'Lisinopril taken daily; start atorvastatin at bedtime.',
  },
  { monthsAgo: 34, systolic: 146, diastolic: 90, hba1c: 6.4, ldl: 138, excess: 7, plan: 'Walk half an hour daily, less salt.' },
  {
    monthsAgo: 27,
    systolic: 142,
    diastolic: 88,
    hba1c: 7.3,
    ldl: 112,
    excess: 7,
    plan: 'New type 2 diabetes: metformin twice a day, diabetes education.',
  },
  { monthsAgo: 20, systolic: 136, diastolic: 84, hba1c: 6.9, ldl: 98, excess: 4, plan: 'Go on with metformin; eye exam referral.' },
  { monthsAgo: 13, systolic: 130, diastolic: 80, hba1c: 6.6, ldl: 91, excess: 2, plan: 'Keep going; recheck in half a year.' },
  { monthsAgo: 5, systolic: 126, diastolic: 78, hba1c: 6.4, ldl: 88, excess: 0, plan: 'Goals reached; recheck in half a year.' },
];

function tell(chart: Chart): void {
  const problem = openingVisit(chart);
  listAllergy(chart, 'sulfonamide', chart.ago(180));
  const visits = course.map((milestone) => controlVisit(chart, milestone, problem));
  const last = visits[visits.length - 1] as Visit;
  const week = { start: addDays(last.on, -8), end: addDays(last.on, -1) };
  recordHomeAverage(last, week, { systolic: 124, diastolic: 76 });
  plan(last, problem);
}

/** The check-up that finds high pressure and high lipids. */
function openingVisit(chart: Chart) {
  const on = chart.ago(46);
  const visit = checkup(chart, on, {
    reading: { systolic: 162, diastolic: 98, weight: chart.body.adultWeight + 6 },
    results: { ldl: 168, cholesterol: 251, triglycerides: 214, glucose: 112 },
    note: {
      assessment: 'Hypertension, hyperlipidemia and prediabetes.',
      plan: 'Lisinopril 10 mg daily. Diet and exercise. Recheck in six months.',
    },
  });
  adultIntake(visit, { smokes: 'former', packYears: 12 });
  careWishes(visit);
  const hypertension = listProblem(chart, 'hypertension', { onset: on });
  listProblem(chart, 'hyperlipidemia', { onset: on });
  listProblem(chart, 'prediabetes', { onset: on, abated: chart.ago(27) });
  prescribe(visit, 'lisinopril', { reason: hypertension, fills: 3 });
  noteReported(visit, 'aspirin');
  reportStudy(visit, 'cardiogramNormal', hypertension);
  return hypertension;
}

function controlVisit(chart: Chart, milestone: Milestone, hypertension: ReturnType<typeof openingVisit>): Visit {
  const { monthsAgo, systolic, diastolic, hba1c, ldl, excess } = milestone;
  const visit = followUp(chart, {
    on: chart.ago(monthsAgo),
    reason: hba1c > 6.5 ? 'type2Diabetes' : 'hypertension',
    reading: { systolic, diastolic, weight: chart.body.adultWeight + excess },
    note: {
      subjective: 'Takes medicines most days. No chest pain, no dizziness.',
      assessment: `Blood pressure ${systolic}/${diastolic}, HbA1c ${hba1c} %, LDL ${ldl} mg/dL.`,
      plan: milestone.plan,
    },
  });
  giveDueVaccines(visit);
  runPanel(visit, 'glycemia', { hba1c }, hypertension);
  runPanel(visit, 'lipids', { ldl, cholesterol: ldl + 78, triglycerides: 100 + 12 * excess }, hypertension);
  runPanel(visit, 'metabolic', { glucose: Math.round(28.7 * hba1c - 46.7) }, hypertension);
  turningPoint(visit, monthsAgo);
  return visit;
}

/** Three visits of the course change the treatment. */
function turningPoint(visit: Visit, monthsAgo: number): void {
  const { chart, on } = visit;
  if (monthsAgo === 40) prescribe(visit, 'atorvastatin', { fills: 2, byReference: true });
  if (monthsAgo === 27) {
    const diabetes = listProblem(chart, 'type2Diabetes', { onset: on });
    prescribe(visit, 'metformin', { reason: diabetes, fills: 4, partlyTaken: true });
    runPanel(visit, 'kidneyDamage', { albuminRatio: 34 }, diabetes);
  }
  if (monthsAgo === 20) perform(visit, 'colonoscopy', { outcome: 'One polyp removed' });
  if (monthsAgo === 20) reportStudy(visit, 'colonPolyp');
}

function plan(visit: Visit, hypertension: ReturnType<typeof openingVisit>): void {
  const pressure = setGoal(
    visit,
    {
      text: 'Blood pressure below 130/80 mmHg',
      target: { measure: ['8480-6', 'Systolic blood pressure'], value: quantity(130, 'mmHg', 'mm[Hg]') },
      dueInMonths: 6,
      reached: true,
    },
    hypertension,
  );
  const sugar = setGoal(visit, {
    text: 'HbA1c below 6.5 %',
    target: { measure: ['4548-4', 'Hemoglobin A1c/Hemoglobin.total in Blood'], value: quantity(6.5, '%') },
    dueInMonths: 12,
  });
  const care: PlanOfCare = {
    title: 'Blood pressure and diabetes plan',
    text: [
      'Keep on with lisinopril, atorvastatin and metformin.',
      'Walk thirty minutes a day; Mediterranean diet.',
      'HbA1c and lipids twice a year, eye and foot exam yearly.',
    ],
    since: visit.on,
    problems: [hypertension],
    goals: [pressure, sugar],
    activities: [
      { code: ['229065009', 'Exercise therapy'], text: 'Thirty minutes of walking daily', status: 'in-progress' },
      { code: ['698360004', 'Diabetes self management plan'], text: 'Diabetes self-management class', status: 'completed' },
    ],
  };
  planCare(visit, care);
}

/** High blood pressure and lipids treated into control, with diabetes on the way. */
export const cardiometabolic = (role: Partial<Role> = {}): Story => ({
  name: 'cardiometabolic',
  role: { ages: [45, 68], doctor: 'lee', managed: true, ...role },
  tell,
});
