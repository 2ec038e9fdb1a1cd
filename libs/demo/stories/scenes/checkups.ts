import type { IsoDate } from '../../calendar';
import type { Chart } from '../../chart';
import type { Results } from '../../clinical/laboratory';
import { runPanel } from '../../clinical/laboratory';
import { openVisit, type Visit, visitTypes } from '../../clinical/encounters';
import { giveDueVaccines } from '../../clinical/immunizations';
import { type Soap, writeProgressNote } from '../../clinical/notes';
import { diagnose } from '../../clinical/problems';
import { takeVitals, type VitalReading } from '../../clinical/vitals';
import type { PanelName } from '../../codes/laboratory';
import type { ProblemName } from '../../codes/problems';

export interface Checkup {
  reading?: VitalReading;
  panels?: readonly PanelName[];
  results?: Results;
  note?: Partial<Soap>;
}

/** A yearly check-up of an adult: vital signs, vaccines that are due, blood tests, a note. */
export function checkup(chart: Chart, on: IsoDate, { reading, panels = ['lipids', 'metabolic'], results, note }: Checkup = {}): Visit {
  const visit = openVisit(chart, { on, reason: 'checkup', type: visitTypes.checkup });
  const taken = takeVitals(visit, reading);
  const reason = diagnose(visit, 'checkup');
  giveDueVaccines(visit);
  for (const panel of panels) runPanel(visit, panel, results, reason);
  writeProgressNote(visit, { ...usualNote(taken), ...note });
  return visit;
}

export interface FollowUp {
  on: IsoDate;
  reason: ProblemName;
  virtual?: boolean;
  reading?: VitalReading;
  note: Omit<Soap, 'objective'>;
}

/** A visit for a known problem: vital signs unless by video, the diagnosis, a note. */
export function followUp(chart: Chart, { on, reason, virtual, reading, note }: FollowUp): Visit {
  const visit = openVisit(chart, { on, reason, kind: virtual ? 'virtual' : 'office', type: virtual ? undefined : visitTypes.followUp });
  const objective = virtual ? 'Seen by video. Speaks in full sentences, no distress.' : inWords(takeVitals(visit, reading));
  diagnose(visit, reason);
  writeProgressNote(visit, { ...note, objective });
  return visit;
}

/** The vital signs as a note tells them. */
export function inWords({ systolic, diastolic, heartRate, temperature, saturation, weight }: VitalReading): string {
  const pressure = systolic ? `BP ${systolic}/${diastolic} mmHg, ` : '';
  return `${pressure}pulse ${heartRate}/min, temperature ${temperature} °C, SpO2 ${saturation} %, weight ${weight} kg.`;
}

function usualNote(taken: VitalReading): Soap {
  return {
    subjective: 'Here for the yearly check-up. No new complaints, sleeping and eating well.',
    objective: `${inWords(taken)} Heart, lungs and abdomen unremarkable.`,
    assessment: 'Doing well; prevention up to date.',
    plan: 'Blood tests today, vaccines as due. Return in a year or sooner if needed.',
  };
}
