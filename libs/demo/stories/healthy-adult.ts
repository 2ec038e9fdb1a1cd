import { addDays } from '../calendar';
import type { Chart } from '../chart';
import { listNoAllergy } from '../clinical/allergies';
import { planCare, setGoal } from '../clinical/care-plan';
import { openVisit } from '../clinical/encounters';
import { noteReported, prescribe } from '../clinical/medications';
import { writeProgressNote } from '../clinical/notes';
import { diagnose, listProblem } from '../clinical/problems';
import { perform } from '../clinical/procedures';
import { recordPregnancyStatus } from '../clinical/social-history';
import { takeVitals } from '../clinical/vitals';
import { strepThroat } from './scenes/acute';
import { checkup } from './scenes/checkups';
import { adultIntake, careWishes } from './scenes/intake';
import type { Story } from './story';

/** Yearly check-ups, a sore throat, a tooth: what most charts look like. */
function tell(chart: Chart): void {
  const first = checkup(chart, chart.ago(37));
  adultIntake(first, { hungry: chart.random.chance(0.25) });
  careWishes(first);
  listNoAllergy(chart, first.on);
  if (chart.person.sex === 'female') recordPregnancyStatus(first, 'notPregnant');
  strepThroat(chart, chart.ago(29));
  checkup(chart, chart.ago(25), { panels: ['metabolic', 'bloodCount'] });
  tooth(chart);
  const last = checkup(chart, chart.ago(12), { panels: ['lipids', 'urinalysis'] });
  noteReported(last, 'loratadine');
  const goal = setGoal(last, { text: 'Exercise on five days a week', dueInMonths: 12 });
  planCare(last, {
    title: 'Prevention plan',
    text: ['Yearly check-up and influenza vaccine.', 'Thirty minutes of exercise on five days a week.'],
    since: last.on,
    goals: [goal],
    activities: [{ code: ['229065009', 'Exercise therapy'], text: 'Exercise on five days a week', status: 'in-progress' }],
  });
}

/** A cavity found and filled. */
function tooth(chart: Chart): void {
  const on = chart.ago(18);
  const visit = openVisit(chart, { on, reason: 'dentalCaries' });
  takeVitals(visit);
  const reason = diagnose(visit, 'dentalCaries');
  listProblem(chart, 'dentalCaries', { onset: on, abated: addDays(on, 1) });
  perform(visit, 'dentalFilling', { reason, outcome: 'Tooth 30 restored' });
  prescribe(visit, 'ibuprofen', { reason, until: addDays(on, 5) });
  writeProgressNote(visit, {
    subjective: 'Tooth pain on cold drinks for a week.',
    objective: 'Cavity on the chewing surface of tooth 30.',
    assessment: 'Dental caries.',
    plan: 'Filled today. Ibuprofen as needed.',
  });
}

export const healthyAdult: Story = { name: 'healthy adult', role: { ages: [22, 50], doctor: 'smith' }, tell };
