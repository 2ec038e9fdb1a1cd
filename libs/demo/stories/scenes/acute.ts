import { addDays, type IsoDate } from '../../calendar';
import type { Chart } from '../../chart';
import { openVisit, type Visit } from '../../clinical/encounters';
import { runPanel } from '../../clinical/laboratory';
import { type DrugName, drugs } from '../../codes/medications';
import { positive } from '../../codes/laboratory';
import { prescribe } from '../../clinical/medications';
import { writeNote, writeProgressNote } from '../../clinical/notes';
import { diagnose, listProblem } from '../../clinical/problems';
import { perform } from '../../clinical/procedures';
import { reportStudy } from '../../clinical/studies';
import { takeVitals } from '../../clinical/vitals';
import { inWords } from './checkups';

/** Sore throat, positive rapid test, ten days of penicillin. */
export function strepThroat(chart: Chart, on: IsoDate): Visit {
  const visit = openVisit(chart, { on, reason: 'strepThroat' });
  const reading = takeVitals(visit, { temperature: 38.6 });
  const reason = diagnose(visit, 'strepThroat', addDays(on, 12));
  runPanel(visit, 'strep', { strepAntigen: positive }, reason);
  prescribe(visit, 'penicillin', { reason, until: addDays(on, 10) });
  listProblem(chart, 'strepThroat', { onset: on, abated: addDays(on, 12), visit });
  writeProgressNote(visit, {
    subjective: 'Two days of sore throat and fever, no cough.',
    objective: `${inWords(reading)} Tonsils red with exudate, tender cervical nodes. Rapid strep test positive.`,
    assessment: 'Streptococcal pharyngitis.',
    plan: `${drugs.penicillin.sig}. Fluids and rest.`,
  });
  return visit;
}

/** A toddler's earache. */
export function earInfection(chart: Chart, on: IsoDate): Visit {
  const visit = openVisit(chart, { on, reason: 'otitisMedia' });
  const reading = takeVitals(visit, { temperature: 38.9 });
  const reason = diagnose(visit, 'otitisMedia', addDays(on, 14));
  prescribe(visit, 'amoxicillin', { reason, until: addDays(on, 10) });
  listProblem(chart, 'otitisMedia', { onset: on, abated: addDays(on, 14), visit });
  writeProgressNote(visit, {
    subjective: 'Pulling at the right ear since last night, fever, less appetite.',
    objective: `${inWords(reading)} Right tympanic membrane red and bulging.`,
    assessment: 'Acute otitis media.',
    plan: `${drugs.amoxicillin.sig}. Return if no better in 48 hours.`,
  });
  return visit;
}

interface BreathingEmergency {
  on: IsoDate;
  problem: 'bronchiolitis' | 'pneumonia' | 'asthmaExacerbation' | 'copdExacerbation';
  study?: 'chestXrayBronchiolitis' | 'chestXrayPneumonia' | 'chestXrayEmphysema';
  saturation: number;
  oxygen: { flow: number; concentration: number };
  drug: DrugName;
  story: string;
}

/** Short of breath in the emergency room: oxygen, an X-ray, treatment, home again. */
export function breathingEmergency(chart: Chart, { on, problem, study, saturation, oxygen, drug, story }: BreathingEmergency): Visit {
  const visit = openVisit(chart, { on, kind: 'emergency', reason: problem, with: 'smith' });
  const rate = chart.monthsOld(on) < 36 ? 58 : 28;
  const reading = takeVitals(visit, { saturation, oxygen, respiratoryRate: rate, temperature: 38.4 });
  const reason = diagnose(visit, problem, addDays(on, 21));
  perform(visit, 'oxygenByMask', { reason, outcome: 'Saturation rose above 94 %' });
  if (study) reportStudy(visit, study, reason);
  runPanel(visit, 'influenza', {}, reason);
  runPanel(visit, 'inflammation', { cReactiveProtein: problem === 'pneumonia' ? 84 : 6 }, reason);
  prescribe(visit, drug, { reason, until: addDays(on, 7), setting: 'discharge' });
  listProblem(chart, problem, { onset: on, abated: addDays(on, 21), visit });
  writeNote(visit, 'emergency', [
    `Presenting: ${story}`,
    `On arrival: ${inWords(reading)} Oxygen at ${oxygen.flow} L/min.`,
    'Course: saturation rose with oxygen; work of breathing eased over three hours.',
    `Discharge: ${drugs[drug].sig}. Follow up with the primary doctor within a week.`,
  ]);
  return visit;
}
