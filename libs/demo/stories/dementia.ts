import type { Chart } from '../chart';
import { listNoAllergy } from '../clinical/allergies';
import { planCare, setGoal } from '../clinical/care-plan';
import { openVisit } from '../clinical/encounters';
import { runPanel } from '../clinical/laboratory';
import { noteReported, prescribe } from '../clinical/medications';
import { fileDirective, writeNote } from '../clinical/notes';
import { recordDirectives } from '../clinical/preferences';
import { diagnose, listProblem } from '../clinical/problems';
import { takeVitals } from '../clinical/vitals';
import { practitioner } from '../practice/staff';
import { checkup, followUp } from './scenes/checkups';
import { adultIntake, careWishes } from './scenes/intake';
import type { Role, Story } from './story';

/** Weight lost as the illness goes on, in kilograms. */
const course: readonly { monthsAgo: number; lost: number; told: string }[] = [
  { monthsAgo: 28, lost: 0, told: 'Family notices repeated questions and a missed bill.' },
  { monthsAgo: 20, lost: 2, told: 'Needs help with medicines and shopping.' },
  { monthsAgo: 11, lost: 5, told: 'Needs help with dressing; walks with a frame.' },
  { monthsAgo: 4, lost: 9, told: 'Mostly in bed, eats little, recognizes family.' },
];

function tell(chart: Chart): void {
  const first = checkup(chart, chart.ago(40));
  adultIntake(first, { works: false, difficulty: 'Remembering, for a year' });
  careWishes(first);
  const papers = [
    fileDirective(first, 'livingWill', ['I wish comfort above length of life if I can no longer know my family.']),
    fileDirective(first, 'doNotResuscitate', ['Do not attempt cardiopulmonary resuscitation. Comfort measures only.']),
  ];
  recordDirectives(first, papers);
  listNoAllergy(chart, first.on);
  const dementia = listProblem(chart, 'alzheimer', { onset: chart.ago(30) });
  listProblem(chart, 'transportation', { onset: chart.ago(30), social: true });
  for (const { monthsAgo, lost, told } of course) {
    const visit = followUp(chart, {
      on: chart.ago(monthsAgo),
      reason: 'alzheimer',
      reading: { weight: chart.body.adultWeight - lost },
      note: { subjective: told, assessment: "Alzheimer's disease, progressing.", plan: 'Donepezil at bedtime; support for the family.' },
    });
    if (monthsAgo === 28) prescribe(visit, 'donepezil', { reason: dementia, fills: 3 });
    if (monthsAgo === 20) noteReported(visit, 'acetaminophen', { reporter: practitioner(visit.clinician) });
    if (monthsAgo === 11) plan(visit, dementia);
  }
  if (chart.person.deceased) lastStay(chart);
}

function plan(visit: Parameters<typeof setGoal>[0], dementia: ReturnType<typeof listProblem>): void {
  const goal = setGoal(visit, { text: 'Stay at home with family support', dueInMonths: 12 }, dementia);
  planCare(visit, {
    title: 'Dementia care plan',
    text: [
      'Memory aids and a steady daily routine.',
      'Respite care for the family twice a month.',
      'Comfort is the first aim, as the living will asks.',
    ],
    since: visit.on,
    problems: [dementia],
    goals: [goal],
    activities: [{ code: ['710125008', 'Promotion of use of memory skills'], text: 'Memory training twice a week', status: 'in-progress' }],
  });
}

/** Pneumonia at the end, treated for comfort. */
function lastStay(chart: Chart): void {
  const stay = openVisit(chart, { on: chart.ago(0, 4), kind: 'inpatient', reason: 'pneumonia', nights: 2 });
  takeVitals(stay, {
    temperature: 38.8,
    saturation: 84,
    respiratoryRate: 30,
    heartRate: 112,
    systolic: 92,
    diastolic: 50,
    oxygen: { flow: 5, concentration: 40 },
  });
  const pneumonia = diagnose(stay, 'pneumonia');
  runPanel(stay, 'bloodCount', { leukocytes: 19.4 }, pneumonia);
  writeNote(stay, 'history', [
    'Brought by family with fever and laboured breathing.',
    'Living will and DNR order on file; comfort care agreed with family.',
  ]);
}

export const dementia = (role: Partial<Role> = {}): Story => ({
  name: 'dementia',
  role: { ages: [80, 95], doctor: 'lee', managed: true, ...role },
  tell,
});
