import { addDays, addMonths, workday } from '../calendar';
import type { Chart } from '../chart';
import { listAllergy, listNoAllergy } from '../clinical/allergies';
import { planCare, setGoal } from '../clinical/care-plan';
import { prescribe } from '../clinical/medications';
import { listProblem } from '../clinical/problems';
import { breathingEmergency, earInfection } from './scenes/acute';
import { followUp } from './scenes/checkups';
import { birth, wellChildVisits } from './scenes/child-visits';
import { familyIntake } from './scenes/intake';
import type { Story } from './story';

/** The day on which a child was so many months old. */
export function atMonths(chart: Chart, months: number, days = 4): string {
  return workday(addDays(addMonths(chart.person.birthDate, months), days));
}

/** Birth, growth, shots, an ear infection and a first winter cough. */
function tell(chart: Chart): void {
  birth(chart);
  const visits = wellChildVisits(chart);
  const last = visits[visits.length - 1];
  if (atMonths(chart, 8) <= chart.until) wheezingWinter(chart);
  if (atMonths(chart, 17, 20) <= chart.until) earInfection(chart, atMonths(chart, 17, 20));
  if (chart.random.chance(0.4)) eczema(chart);
  else listNoAllergy(chart, chart.person.birthDate);
  if (!last) return;
  familyIntake(last, { hungry: chart.random.chance(0.3) });
  const goal = setGoal(last, { text: 'Read together every day', dueInMonths: 12 });
  planCare(last, {
    title: 'Well-child plan',
    text: ['Vaccines by the schedule.', 'Read together every day; no screens before two.'],
    since: last.on,
    goals: [goal],
    activities: [{ code: ['410620009', 'Well child visit'], text: 'Well-child visits by the schedule', status: 'in-progress' }],
  });
}

function wheezingWinter(chart: Chart): void {
  breathingEmergency(chart, {
    on: atMonths(chart, 8),
    problem: 'bronchiolitis',
    study: 'chestXrayBronchiolitis',
    saturation: 90,
    oxygen: { flow: 1.5, concentration: 26 },
    drug: 'albuterol',
    story: 'Two days of runny nose, now wheezing and feeding poorly.',
  });
}

function eczema(chart: Chart): void {
  const onset = atMonths(chart, 5);
  if (onset > chart.until) return;
  listAllergy(chart, 'egg', onset);
  const reason = listProblem(chart, 'atopicDermatitis', { onset });
  const visit = followUp(chart, {
    on: onset,
    reason: 'atopicDermatitis',
    note: {
      subjective: 'Itchy patches on cheeks and elbows; hives after scrambled egg.',
      assessment: 'Atopic dermatitis, egg allergy.',
      plan: 'Hydrocortisone cream, moisturizer, no egg.',
    },
  });
  prescribe(visit, 'hydrocortisone', { reason, until: addDays(visit.on, 21) });
}

export const youngChild: Story = { name: 'young child', role: { ages: [0, 4], doctor: 'pediatrician' }, tell };
