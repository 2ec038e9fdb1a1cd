import { observeDailyLife, screenDepression, screenHunger, screenIntake, statusCategories } from '../../clinical/assessments';
import type { Visit } from '../../clinical/encounters';
import { order } from '../../clinical/orders';
import { recordDirectives, recordExperiencePreference, recordTreatmentPreference } from '../../clinical/preferences';
import { listProblem } from '../../clinical/problems';
import { recordOccupation, recordOrientation, recordPackYears, recordSmoking } from '../../clinical/social-history';
import { occupations } from '../../codes/names';
import { systems } from '../../codes/systems';
import { type Code, concept } from '../../values';

export interface AdultIntake {
  smokes?: 'never' | 'former' | 'daily';
  packYears?: number;
  hungry?: boolean;
  /** Answers to the depression questionnaire. */
  mood?: readonly number[];
  difficulty?: string;
  works?: boolean;
}

const independent: Code = ['129035000', 'Independent with dressing'];
const helped: Code = ['129039006', 'Dependent for dressing'];

/** What a practice asks an adult once and keeps up: habits, work, needs, wishes. */
export function adultIntake(
  visit: Visit,
  { smokes = 'never', packYears, hungry = false, mood, difficulty, works = true }: AdultIntake = {},
): void {
  const { chart } = visit;
  recordSmoking(visit, smokes);
  if (packYears) recordPackYears(visit, packYears);
  if (works) recordOccupation(visit, chart.random.pick(occupations));
  recordOrientation(visit);
  screenIntake(visit, {
    exerciseDays: chart.random.integer(1, 5),
    exerciseMinutes: 10 * chart.random.integer(1, 5),
    difficulty,
    matters: 'Staying independent and being told things plainly.',
  });
  const basis = screenHunger(visit, hungry);
  if (hungry) referForFood(visit);
  const screened = mood && screenDepression(visit, mood);
  observeDailyLife(visit, {
    dressing: independent,
    housing: 'Rents an apartment, stable',
    steps: 500 * chart.random.integer(6, 18),
    drives: true,
    basis: screened?.panel ?? basis,
  });
}

/** Wishes for care; asked of everyone, most useful late in life. */
export function careWishes(visit: Visit): void {
  recordTreatmentPreference(visit, 'No breathing machine for longer than a few days if recovery is unlikely.');
  recordExperiencePreference(visit, 'Please explain before touching, and keep the room quiet with the window open.');
}

/** A child's version: the parents answer, the household's needs count. */
export function familyIntake(visit: Visit, { hungry = false, difficulty }: { hungry?: boolean; difficulty?: string } = {}): void {
  const { chart } = visit;
  recordSmoking(visit, 'never');
  screenIntake(visit, { exerciseDays: 7, exerciseMinutes: 60, difficulty, matters: 'That our child hears, speaks and plays with others.' });
  const basis = screenHunger(visit, hungry);
  if (hungry) referForFood(visit);
  observeDailyLife(visit, {
    dressing: chart.monthsOld(visit.on) < 48 ? helped : independent,
    housing: 'Lives with both parents in a rented house',
    steps: 7500,
    drives: false,
    basis,
  });
  recordTreatmentPreference(visit, 'Parents wish every treatment that can restore hearing and health.');
  recordExperiencePreference(visit, 'A parent stays at the bedside, also during procedures.');
  recordDirectives(visit, []);
}

/** Hunger is listed as a social risk and answered with a referral to the food pantry. */
function referForFood(visit: Visit): void {
  const reason = listProblem(visit.chart, 'foodInsecurity', { onset: visit.on, social: true, visit });
  const code = concept(systems.snomed, ['467771000124109', 'Assistance with application for food pantry program']);
  order(visit, { kind: 'socialService', code, reason, open: true, category: [statusCategories.sdoh] });
}
