import { addDays } from '../calendar';
import type { Chart } from '../chart';
import { listAllergy } from '../clinical/allergies';
import { planCare, setGoal } from '../clinical/care-plan';
import { implant } from '../clinical/devices';
import { openVisit, type Visit } from '../clinical/encounters';
import { skipVaccine } from '../clinical/immunizations';
import { runPanel } from '../clinical/laboratory';
import { recordMissing } from '../clinical/missing';
import { noteReported, prescribe } from '../clinical/medications';
import { writeNote } from '../clinical/notes';
import { diagnose, listProblem } from '../clinical/problems';
import { perform } from '../clinical/procedures';
import { reportStudy } from '../clinical/studies';
import { failBloodPressure, recordBloodPressure, recordHomeAverage, takeVitals } from '../clinical/vitals';
import { practitioner } from '../practice/staff';
import { breathingEmergency, earInfection } from './scenes/acute';
import { birth, wellChildVisits } from './scenes/child-visits';
import { familyIntake } from './scenes/intake';
import type { Story } from './story';
import { atMonths } from './young-child';

/**
 * A toddler born deaf who got a cochlear implant. His record holds what US Core wants shown once of a
 * child, growth percentiles included.
 */
function tell(chart: Chart): void {
  birth(chart);
  const visits = wellChildVisits(chart);
  listAllergy(chart, 'peanut', atMonths(chart, 13));
  breathingEmergency(chart, {
    on: atMonths(chart, 8),
    problem: 'bronchiolitis',
    study: 'chestXrayBronchiolitis',
    saturation: 89,
    oxygen: { flow: 2, concentration: 28 },
    drug: 'albuterol',
    story: 'Two days of runny nose, now wheezing and feeding poorly.',
  });
  earInfection(chart, atMonths(chart, 19));
  const deafness = hearing(chart);
  settleMatters(visits[visits.length - 1] as Visit, deafness);
}

function hearing(chart: Chart): ReturnType<typeof listProblem> {
  const deafness = listProblem(chart, 'hearingLoss', { onset: chart.person.birthDate });
  const consult = openVisit(chart, { on: atMonths(chart, 13), reason: 'hearingLoss' });
  takeVitals(consult);
  diagnose(consult, 'hearingLoss');
  perform(consult, 'hearingTest', { reason: deafness, outcome: 'No response on either side' });
  reportStudy(consult, 'cardiogramNormal', deafness);
  writeNote(consult, 'consultation', [
    'Asked to see for hearing loss found at newborn screening.',
    'Candidate for early cochlear implantation.',
  ]);
  const stay = openVisit(chart, { on: atMonths(chart, 14), kind: 'inpatient', reason: 'hearingLoss', nights: 1, with: 'smith' });
  takeVitals(stay);
  diagnose(stay, 'hearingLoss');
  perform(stay, 'cochlearImplantation', {
    reason: deafness,
    implants: [implant(stay, 'cochlear')],
    outcome: 'Full insertion of the electrode',
  });
  reportStudy(stay, 'adenoidTissue', deafness);
  prescribe(stay, 'amoxicillin', { reason: deafness, setting: 'inpatient', until: addDays(stay.on, 2), fills: 0 });
  writeNote(stay, 'history', [
    'Admitted for planned cochlear implantation; growing well.',
    'Heart and lungs normal, electrocardiogram normal.',
  ]);
  writeNote(stay, 'operation', ['Right cochlear implantation with adenoidectomy.', 'Full insertion, responses on all electrodes.']);
  writeNote(stay, 'discharge', ['Uncomplicated stay of one night.', 'Device activation in four weeks.']);
  return deafness;
}

function settleMatters(visit: Visit, deafness: ReturnType<typeof listProblem>): void {
  familyIntake(visit, { hungry: true, difficulty: 'Hearing, since birth' });
  prescribe(visit, 'albuterol', {
    byReference: true,
    partlyTaken: true,
    fills: 2,
    reason: listProblem(visit.chart, 'asthma', { onset: atMonths(visit.chart, 20) }),
  });
  noteReported(visit, 'loratadine');
  noteReported(visit, 'acetaminophen', { reporter: practitioner('nurse') });
  skipVaccine(visit, 'pneumococcalPolysaccharide', ['OSTOCK', 'product out of stock']);
  runPanel(visit, 'urinalysis', {}, deafness);
  recordBloodPressure(visit, { systolic: 92, diastolic: 56 });
  failBloodPressure(visit);
  recordMissing(visit);
  recordHomeAverage(visit, { start: addDays(visit.on, -8), end: addDays(visit.on, -1) }, { systolic: 90, diastolic: 54 });
  recordHomeAverage(visit, { start: addDays(visit.on, -15), end: addDays(visit.on, -9) });
  const goal = setGoal(visit, { text: 'Two-word sentences, spoken or signed', dueInMonths: 6 }, deafness);
  planCare(visit, {
    title: 'Hearing and language plan',
    text: ['Implant worn all waking hours.', 'Speech therapy weekly; sign language at home.'],
    since: visit.on,
    problems: [deafness],
    goals: [goal],
    activities: [{ code: ['5154007', 'Speech therapy'], text: 'Speech therapy weekly', status: 'in-progress' }],
  });
}

export const showcaseChildStory: Story = { name: 'showcase child', role: { ages: [2, 2], doctor: 'pediatrician', managed: true }, tell };
