import { addDays } from '../calendar';
import type { Chart } from '../chart';
import { listAllergy } from '../clinical/allergies';
import { screenDepression } from '../clinical/assessments';
import { planCare, setGoal } from '../clinical/care-plan';
import { openVisit } from '../clinical/encounters';
import { prescribe } from '../clinical/medications';
import { writeNote } from '../clinical/notes';
import { diagnose, listProblem } from '../clinical/problems';
import { perform } from '../clinical/procedures';
import { reportStudy } from '../clinical/studies';
import { takeVitals } from '../clinical/vitals';
import { strepThroat } from './scenes/acute';
import { birth, wellChildVisits } from './scenes/child-visits';
import { familyIntake } from './scenes/intake';
import type { Story } from './story';

/** Growing up with a broken arm on the way. */
function tell(chart: Chart): void {
  birth(chart);
  const visits = wellChildVisits(chart);
  const last = visits[visits.length - 1];
  listAllergy(chart, 'beeVenom', chart.ago(70));
  strepThroat(chart, chart.ago(33));
  brokenArm(chart);
  if (!last) return;
  familyIntake(last);
  screenDepression(last, [1, 0, 1, 1, 0, 1, 1, 0, 0]);
  const goal = setGoal(last, { text: 'Nine hours of sleep on school nights', dueInMonths: 6 });
  planCare(last, {
    title: 'Adolescent health plan',
    text: ['Sleep, sports and screens talked over.', 'Second HPV dose as due.'],
    since: last.on,
    goals: [goal],
    activities: [{ code: ['229065009', 'Exercise therapy'], text: 'Back to sports', status: 'in-progress' }],
  });
}

function brokenArm(chart: Chart): void {
  const on = chart.ago(14);
  const visit = openVisit(chart, { on, kind: 'emergency', reason: 'forearmFracture', with: 'smith' });
  takeVitals(visit, { heartRate: 104 });
  const fracture = diagnose(visit, 'forearmFracture');
  reportStudy(visit, 'forearmXray', fracture);
  perform(visit, 'splinting', { reason: fracture, outcome: 'Sugar-tong splint, neurovascularly intact' });
  prescribe(visit, 'ibuprofen', { reason: fracture, until: addDays(on, 10), setting: 'discharge' });
  listProblem(chart, 'forearmFracture', { onset: on, abated: addDays(on, 60) });
  writeNote(visit, 'emergency', [
    'Fell from a skateboard onto the outstretched right hand.',
    'Nondisplaced distal radius fracture, splinted.',
    'Orthopedic follow-up in a week.',
  ]);
}

export const adolescent: Story = { name: 'adolescent', role: { ages: [13, 17], doctor: 'pediatrician' }, tell };
