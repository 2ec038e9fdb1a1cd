import type { Chart } from '../chart';
import { listAllergy } from '../clinical/allergies';
import { planCare, setGoal } from '../clinical/care-plan';
import { giveDueVaccines } from '../clinical/immunizations';
import { prescribe } from '../clinical/medications';
import { listProblem } from '../clinical/problems';
import { perform } from '../clinical/procedures';
import { recordSmoking } from '../clinical/social-history';
import { breathingEmergency } from './scenes/acute';
import { checkup, followUp } from './scenes/checkups';
import { adultIntake, careWishes } from './scenes/intake';
import type { Story } from './story';

/** Saturation on home oxygen, sinking slowly; the cigarettes stop half-way. */
const course: readonly { monthsAgo: number; saturation: number; flow: number; smokes: 'daily' | 'former' }[] = [
  { monthsAgo: 30, saturation: 93, flow: 0, smokes: 'daily' },
  { monthsAgo: 22, saturation: 91, flow: 1, smokes: 'daily' },
  { monthsAgo: 15, saturation: 92, flow: 2, smokes: 'former' },
  { monthsAgo: 8, saturation: 92, flow: 2, smokes: 'former' },
  { monthsAgo: 2, saturation: 91, flow: 3, smokes: 'former' },
];

function tell(chart: Chart): void {
  const first = checkup(chart, chart.ago(36), { reading: { saturation: 94 } });
  adultIntake(first, { smokes: 'daily', packYears: 46, works: false, hungry: true });
  careWishes(first);
  listAllergy(chart, 'grassPollen', chart.ago(300));
  listProblem(chart, 'livingAlone', { onset: chart.ago(50), social: true });
  const copd = listProblem(chart, 'copd', { onset: chart.ago(80) });
  prescribe(first, 'fluticasoneSalmeterol', { reason: copd, fills: 4, partlyTaken: true });
  prescribe(first, 'albuterol', { reason: copd, fills: 3 });
  perform(first, 'spirometry', { reason: copd, outcome: 'FEV1/FVC 0.58 after bronchodilator' });
  for (const { monthsAgo, saturation, flow, smokes } of course) {
    const visit = followUp(chart, {
      on: chart.ago(monthsAgo),
      reason: 'copd',
      reading: { saturation, respiratoryRate: 20, oxygen: flow ? { flow, concentration: 20 + 4 * flow } : undefined },
      note: {
        subjective: 'Breathless on one flight of stairs.',
        assessment: `COPD, saturation ${saturation} %${flow ? ` on ${flow} L/min` : ''}.`,
        plan: smokes === 'daily' ? 'Help to stop smoking.' : 'Smoke-free: go on.',
      },
    });
    giveDueVaccines(visit);
    recordSmoking(visit, smokes);
    if (smokes === 'daily') perform(visit, 'smokingCessation', { reason: copd });
    if (monthsAgo === 8) plan(visit, copd);
  }
  breathingEmergency(chart, {
    on: chart.ago(18),
    problem: 'copdExacerbation',
    study: 'chestXrayEmphysema',
    saturation: 86,
    oxygen: { flow: 4, concentration: 36 },
    drug: 'prednisone',
    story: 'Three days of worse cough and breathlessness after a cold.',
  });
}

function plan(visit: Parameters<typeof setGoal>[0], copd: ReturnType<typeof listProblem>): void {
  const goal = setGoal(visit, { text: 'Stay smoke-free', dueInMonths: 12 }, copd);
  planCare(visit, {
    title: 'COPD management plan',
    text: ['Two inhalers daily with good technique.', 'Home oxygen 2 L/min.', 'Pulmonary rehabilitation; vaccines yearly.'],
    since: visit.on,
    problems: [copd],
    goals: [goal],
    activities: [{ code: ['15081005', 'Pulmonary rehabilitation'], text: 'Pulmonary rehabilitation twice a week', status: 'in-progress' }],
  });
}

/** A smoker's lungs, with oxygen at home and one bad winter. */
export const lungDisease: Story = { name: 'lung disease', role: { ages: [60, 82], doctor: 'smith', managed: true }, tell };
