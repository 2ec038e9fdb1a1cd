import type { Chart } from '../chart';
import { listAllergy } from '../clinical/allergies';
import { planCare, setGoal } from '../clinical/care-plan';
import { openVisit } from '../clinical/encounters';
import { runPanel } from '../clinical/laboratory';
import { noteReported, prescribe } from '../clinical/medications';
import { writeNote } from '../clinical/notes';
import { diagnose, listProblem } from '../clinical/problems';
import { perform } from '../clinical/procedures';
import { reportStudy } from '../clinical/studies';
import { takeVitals } from '../clinical/vitals';
import { checkup, followUp } from './scenes/checkups';
import { adultIntake, careWishes } from './scenes/intake';
import type { Story } from './story';

/** Found by screening, removed early, followed up. */
function tell(chart: Chart): void {
  const first = checkup(chart, chart.ago(44));
  adultIntake(first, { mood: [1, 1, 1, 1, 0, 0, 0, 0, 0] });
  careWishes(first);
  listAllergy(chart, 'shellfish', chart.ago(250));
  reportStudy(first, 'mammogramNormal');
  const found = checkup(chart, chart.ago(20), { panels: ['bloodCount', 'metabolic'] });
  perform(found, 'mammography');
  reportStudy(found, 'mammogramSuspicious');
  const cancer = listProblem(chart, 'breastCancer', { onset: chart.ago(19) });
  surgery(chart, cancer);
  for (const monthsAgo of [14, 8, 2]) {
    const visit = followUp(chart, {
      on: chart.ago(monthsAgo),
      reason: 'breastCancer',
      note: {
        subjective: 'Energy is coming back. No new lumps.',
        assessment: 'No sign of recurrence.',
        plan: 'Mammogram yearly; visit every six months.',
      },
    });
    runPanel(visit, 'bloodCount', monthsAgo === 14 ? { hemoglobin: 10.9 } : {}, cancer);
    if (monthsAgo === 8) plan(visit, cancer);
    if (monthsAgo === 2) reportStudy(visit, 'mammogramNormal', cancer);
  }
}

function surgery(chart: Chart, cancer: ReturnType<typeof listProblem>): void {
  const stay = openVisit(chart, { on: chart.ago(18), kind: 'inpatient', reason: 'breastCancer', nights: 1 });
  takeVitals(stay);
  diagnose(stay, 'breastCancer');
  reportStudy(stay, 'breastBiopsy', cancer);
  perform(stay, 'lumpectomy', { reason: cancer, outcome: 'Margins clear' });
  prescribe(stay, 'hydrocodone', { reason: cancer, setting: 'discharge', until: chart.ago(17, 20) });
  noteReported(stay, 'folicAcid');
  writeNote(stay, 'operation', ['Left partial mastectomy with sentinel node biopsy.', 'Margins clear on frozen section.']);
  writeNote(stay, 'discharge', ['Uncomplicated stay. Wound care explained.', 'Oncology appointment in two weeks.']);
}

function plan(visit: Parameters<typeof setGoal>[0], cancer: ReturnType<typeof listProblem>): void {
  const goal = setGoal(visit, { text: 'Back to full-time work', dueInMonths: 6 }, cancer);
  planCare(visit, {
    title: 'Cancer survivorship plan',
    text: ['Visit every six months for five years.', 'Mammogram yearly.', 'Exercise and lymphedema precautions.'],
    since: visit.on,
    problems: [cancer],
    goals: [goal],
    activities: [{ code: ['736252007', 'Cancer care plan'], text: 'Survivorship visits', status: 'in-progress' }],
  });
}

export const breastCancer: Story = {
  name: 'breast cancer',
  role: { ages: [48, 66], sex: 'female', doctor: 'obstetrician', managed: true },
  tell,
};
