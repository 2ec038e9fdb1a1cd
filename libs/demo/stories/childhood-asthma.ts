import type { Chart } from '../chart';
import { listAllergy } from '../clinical/allergies';
import { planCare, setGoal } from '../clinical/care-plan';
import { prescribe } from '../clinical/medications';
import { listProblem } from '../clinical/problems';
import { perform } from '../clinical/procedures';
import { breathingEmergency } from './scenes/acute';
import { followUp } from './scenes/checkups';
import { birth, wellChildVisits } from './scenes/child-visits';
import { familyIntake } from './scenes/intake';
import type { Story } from './story';

/** Wheezing since kindergarten, a night in the emergency room, then controlled. */
function tell(chart: Chart): void {
  birth(chart);
  const visits = wellChildVisits(chart);
  const last = visits[visits.length - 1];
  if (last) familyIntake(last, { hungry: chart.random.chance(0.3) });
  listAllergy(chart, 'animalDander', chart.ago(30));
  listAllergy(chart, 'peanut', chart.ago(50));
  const asthma = listProblem(chart, 'asthma', { onset: chart.ago(27) });
  const start = control(chart, 27, 'Coughs at night twice a week and after running.');
  prescribe(start, 'fluticasone', { reason: asthma, fills: 4, partlyTaken: true });
  prescribe(start, 'albuterol', { reason: asthma, fills: 2 });
  prescribe(start, 'epinephrine', { fills: 1 });
  perform(start, 'spirometry', { reason: asthma, outcome: 'FEV1 82 % of predicted, 14 % reversible' });
  breathingEmergency(chart, {
    on: chart.ago(20),
    problem: 'asthmaExacerbation',
    saturation: 91,
    oxygen: { flow: 3, concentration: 32 },
    drug: 'prednisone',
    story: 'Wheezing since the afternoon after a visit to a house with cats.',
  });
  const later = control(chart, 19, 'Better since the hospital; uses the spacer now.');
  perform(later, 'asthmaEducation', { reason: asthma });
  const steady = control(chart, 9, 'No night cough for three months, plays soccer.');
  const goal = setGoal(steady, { text: 'No emergency visit for asthma this year', dueInMonths: 12 }, asthma);
  planCare(steady, {
    title: 'Asthma action plan',
    text: ['Green: fluticasone twice a day.', 'Yellow: albuterol every four hours, call the clinic.', 'Red: albuterol and 911.'],
    since: steady.on,
    problems: [asthma],
    goals: [goal],
    activities: [
      { code: ['699728000', 'Asthma self management'], text: 'Asthma action plan at home and at school', status: 'in-progress' },
    ],
  });
}

function control(chart: Chart, monthsAgo: number, subjective: string) {
  return followUp(chart, {
    on: chart.ago(monthsAgo),
    reason: 'asthma',
    note: { subjective, assessment: 'Mild persistent asthma.', plan: 'Fluticasone twice a day with a spacer; albuterol as needed.' },
  });
}

export const childhoodAsthma: Story = { name: 'childhood asthma', role: { ages: [6, 12], doctor: 'pediatrician' }, tell };
