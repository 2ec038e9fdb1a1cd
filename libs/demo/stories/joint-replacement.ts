import { addDays } from '../calendar';
import type { Chart } from '../chart';
import { listAllergy } from '../clinical/allergies';
import { planCare, setGoal } from '../clinical/care-plan';
import { implant } from '../clinical/devices';
import { openVisit } from '../clinical/encounters';
import { runPanel } from '../clinical/laboratory';
import { prescribe } from '../clinical/medications';
import { writeNote } from '../clinical/notes';
import { diagnose, listProblem } from '../clinical/problems';
import { perform } from '../clinical/procedures';
import { reportStudy } from '../clinical/studies';
import { takeVitals } from '../clinical/vitals';
import { checkup, followUp } from './scenes/checkups';
import { adultIntake, careWishes } from './scenes/intake';
import type { Story } from './story';

/** Years of knee pain, a new joint, and walking again. */
function tell(chart: Chart): void {
  const first = checkup(chart, chart.ago(40));
  adultIntake(first, { works: false, difficulty: 'Walking and stairs, for two years' });
  careWishes(first);
  listAllergy(chart, 'latex', chart.ago(200));
  const arthritis = listProblem(chart, 'kneeArthritis', { onset: chart.ago(52) });
  listProblem(chart, 'reflux', { onset: chart.ago(90) });
  prescribe(first, 'omeprazole', { fills: 2 });
  const consult = followUp(chart, {
    on: chart.ago(20),
    reason: 'kneeArthritis',
    note: {
      subjective: 'Right knee pain at night and on stairs despite exercises.',
      assessment: 'Advanced osteoarthritis of the right knee.',
      plan: 'Total knee replacement agreed.',
    },
  });
  prescribe(consult, 'ibuprofen', { reason: arthritis, until: chart.ago(17) });
  reportStudy(consult, 'kneeXray', arthritis);
  writeNote(consult, 'consultation', [
    'Asked to see for right knee pain.',
    'Joint space lost medially; conservative treatment exhausted.',
    'Recommends total knee arthroplasty.',
  ]);
  surgery(chart, arthritis);
  recovery(chart, arthritis);
  checkup(chart, chart.ago(4));
}

function surgery(chart: Chart, arthritis: ReturnType<typeof listProblem>): void {
  const stay = openVisit(chart, { on: chart.ago(17), kind: 'inpatient', reason: 'kneeArthritis', nights: 3 });
  takeVitals(stay);
  diagnose(stay, 'kneeArthritis');
  runPanel(stay, 'bloodCount', { hemoglobin: 11.2 }, arthritis);
  const prosthesis = implant(stay, 'knee');
  perform(stay, 'kneeReplacement', { reason: arthritis, implants: [prosthesis], outcome: 'Stable joint, range 0 to 110 degrees' });
  prescribe(stay, 'acetaminophen', { reason: arthritis, until: addDays(stay.on, 3), setting: 'inpatient', fills: 0 });
  prescribe(stay, 'hydrocodone', { reason: arthritis, until: addDays(stay.on, 8), setting: 'discharge' });
  writeNote(stay, 'history', [
    'Admitted for planned right total knee arthroplasty.',
    'Lungs clear, heart regular; fit for spinal anesthesia.',
  ]);
  writeNote(stay, 'operation', [
    'Right total knee arthroplasty through a medial parapatellar approach.',
    'Cemented components, blood loss 150 mL, no complication.',
  ]);
  writeNote(stay, 'discharge', [
    'Uncomplicated stay of three nights. Walks with a frame.',
    'Home with physical therapy; staples out in two weeks.',
  ]);
}

function recovery(chart: Chart, arthritis: ReturnType<typeof listProblem>): void {
  const visit = followUp(chart, {
    on: chart.ago(15),
    reason: 'kneeArthritis',
    note: {
      subjective: 'Pain much less, sleeps through.',
      assessment: 'Recovering well after knee replacement.',
      plan: 'Physical therapy twice a week for eight weeks.',
    },
  });
  perform(visit, 'physicalTherapy', { reason: arthritis });
  const goal = setGoal(visit, { text: 'Walk one mile without a cane', dueInMonths: 4, reached: true }, arthritis);
  planCare(visit, {
    title: 'Rehabilitation after knee replacement',
    text: ['Physical therapy twice a week.', 'Home exercises daily.'],
    since: visit.on,
    problems: [arthritis],
    goals: [goal],
    activities: [{ code: ['91251008', 'Physical therapy procedure'], text: 'Physical therapy twice a week', status: 'completed' }],
  });
}

export const jointReplacement: Story = { name: 'joint replacement', role: { ages: [60, 78], doctor: 'smith' }, tell };
