import { addDays } from '../calendar';
import type { Chart } from '../chart';
import { implant } from '../clinical/devices';
import { openVisit, type Visit } from '../clinical/encounters';
import { skipVaccine } from '../clinical/immunizations';
import { noteReported, prescribe } from '../clinical/medications';
import { fileDirective, writeNote } from '../clinical/notes';
import { recordMissing } from '../clinical/missing';
import { recordDirectives } from '../clinical/preferences';
import { diagnose, listProblem } from '../clinical/problems';
import { perform } from '../clinical/procedures';
import { recordPackYears } from '../clinical/social-history';
import { reportStudy } from '../clinical/studies';
import { failBloodPressure, recordHomeAverage, takeVitals } from '../clinical/vitals';
import { practitioner } from '../practice/staff';
import { breathingEmergency } from './scenes/acute';
import { checkup } from './scenes/checkups';
import { maternity, tellMaternity } from './maternity';
import type { Story } from './story';

/**
 * A mother with a cochlear implant. Beside her pregnancy her record holds whatever else US Core wants
 * shown once of an adult, so that a client can be tried against her alone.
 */
function tell(chart: Chart): void {
  tellMaternity(chart, { hungry: true, difficulty: 'Hearing, since my twenties' });
  hearingAgain(chart);
  breathingEmergency(chart, {
    on: chart.ago(24),
    problem: 'pneumonia',
    study: 'chestXrayPneumonia',
    saturation: 89,
    oxygen: { flow: 2, concentration: 28 },
    drug: 'azithromycin',
    story: 'Four days of fever, cough with yellow sputum and breathlessness.',
  });
  settleMatters(checkup(chart, chart.ago(3), { panels: ['urinalysis', 'glycemia'] }));
}

/** Deaf from her twenties, implanted, hearing. */
function hearingAgain(chart: Chart): void {
  const deafness = listProblem(chart, 'hearingLoss', { onset: chart.ago(60) });
  const consult = openVisit(chart, { on: chart.ago(29), reason: 'hearingLoss' });
  takeVitals(consult);
  diagnose(consult, 'hearingLoss');
  perform(consult, 'hearingTest', { reason: deafness, outcome: 'Profound loss on both sides' });
  writeNote(consult, 'consultation', ['Asked to see for progressive hearing loss.', 'Candidate for a cochlear implant on the left.']);
  reportStudy(consult, 'cardiogramNormal', deafness);
  const stay = openVisit(chart, { on: chart.ago(28), kind: 'inpatient', reason: 'hearingLoss', nights: 1, with: 'smith' });
  takeVitals(stay);
  diagnose(stay, 'hearingLoss');
  perform(stay, 'cochlearImplantation', {
    reason: deafness,
    implants: [implant(stay, 'cochlear')],
    outcome: 'Full insertion of the electrode',
  });
  prescribe(stay, 'acetaminophen', { reason: deafness, setting: 'inpatient', until: addDays(stay.on, 2), fills: 0 });
  writeNote(stay, 'operation', [
    'Left cochlear implantation through a facial recess approach.',
    'Full insertion, responses on all electrodes.',
  ]);
  writeNote(stay, 'procedure', ['Intraoperative telemetry of the implant.', 'Impedances normal on all electrodes.']);
}

/** Medicines, wishes and papers gone through in one long visit. */
function settleMatters(visit: Visit): void {
  const { chart } = visit;
  const asthma = listProblem(chart, 'asthma', { onset: chart.ago(110) });
  prescribe(visit, 'fluticasone', { reason: asthma, byReference: true, partlyTaken: true, fills: 2 });
  prescribe(visit, 'albuterol', { reason: asthma, fills: 2 });
  noteReported(visit, 'loratadine');
  noteReported(visit, 'acetaminophen', { reporter: practitioner('nurse') });
  skipVaccine(visit, 'hpv', ['PATOBJ', 'patient objection']);
  recordPackYears(visit, 2);
  failBloodPressure(visit);
  recordMissing(visit);
  const lastWeek = { start: addDays(visit.on, -8), end: addDays(visit.on, -1) };
  recordHomeAverage(visit, lastWeek, { systolic: 117, diastolic: 74 });
  recordHomeAverage(visit, { start: addDays(visit.on, -15), end: addDays(visit.on, -9) });
  const will = fileDirective(visit, 'livingWill', ['If I cannot decide, my spouse decides. No machines without hope of recovery.']);
  recordDirectives(visit, [will]);
  writeNote(visit, 'laboratory', [
    'Summary of laboratory results of the past year.',
    'Iron deficiency of pregnancy resolved; glucose normal.',
  ]);
}

export const showcaseWomanStory: Story = { name: 'showcase woman', role: maternity().role, tell };
