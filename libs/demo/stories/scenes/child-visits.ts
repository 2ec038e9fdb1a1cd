import { addDays, addMonths, workday } from '../../calendar';
import type { Chart } from '../../chart';
import { openVisit, type Visit, visitTypes } from '../../clinical/encounters';
import { giveDueVaccines } from '../../clinical/immunizations';
import { runPanel } from '../../clinical/laboratory';
import { writeProgressNote } from '../../clinical/notes';
import { diagnose } from '../../clinical/problems';
import { takeVitals } from '../../clinical/vitals';
import { inWords } from './checkups';

/** Months of age at which children are seen (Bright Futures periodicity, yearly from the third birthday). */
const agesSeen = [1, 2, 4, 6, 9, 12, 15, 18, 24, 30, ...Array.from({ length: 15 }, (_, year) => 36 + 12 * year)];

/** The stay after birth: first measures, first vaccine. */
export function birth(chart: Chart): Visit {
  const visit = openVisit(chart, { on: chart.person.birthDate, kind: 'inpatient', reason: 'liveborn', nights: 1 });
  takeVitals(visit);
  diagnose(visit, 'liveborn');
  giveDueVaccines(visit);
  return visit;
}

/** Every well-child visit from `fromMonths` on to today: growth, vaccines, a lead test at one and two years. */
export function wellChildVisits(chart: Chart, fromMonths = 0): Visit[] {
  const visits: Visit[] = [];
  for (const months of agesSeen) {
    const on = workday(addDays(addMonths(chart.person.birthDate, months), 4));
    if (months >= fromMonths && on <= chart.until) visits.push(wellChild(chart, on, months));
  }
  return visits;
}

function wellChild(chart: Chart, on: string, months: number): Visit {
  const visit = openVisit(chart, { on, reason: 'wellChild', type: visitTypes.wellChild });
  const reading = takeVitals(visit);
  const reason = diagnose(visit, 'wellChild');
  giveDueVaccines(visit);
  if (months === 12 || months === 24) {
    runPanel(visit, 'leadScreen', {}, reason);
    runPanel(visit, 'bloodCount', {}, reason);
  }
  writeProgressNote(visit, {
    subjective: months < 36 ? 'Parents report good feeding and sleep.' : 'No concerns at home or at school.',
    objective: `${inWords(reading)} Height ${reading.height} cm. ${milestone(months)}`,
    assessment: 'Growing along the curve, development on track.',
    plan: 'Vaccines as due, anticipatory guidance given. Next well-child visit as scheduled.',
  });
  return visit;
}

function milestone(months: number): string {
  if (months < 6) return 'Follows faces, lifts the head.';
  if (months < 12) return 'Sits without support, babbles.';
  if (months < 24) return 'Walks, says first words.';
  if (months < 60) return 'Runs, speaks in sentences.';
  return 'Exam normal for age.';
}
