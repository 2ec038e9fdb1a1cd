import type { CodeableConcept, Reference } from '#libs/fhir';
import type { Filed } from '../chart';
import { hungerVitalSign, phq9 } from '../codes/questionnaires';
import { systems } from '../codes/systems';
import { type Code, concept, loinc, quantity, refer, snomed } from '../values';
import type { Visit } from './encounters';
import { categorized, observe, type ObservationValue, usCoreCategorized } from './observation';
import { type IntakeAnswers, respondHunger, respondIntake, respondPhq9 } from './questionnaires';

export const statusCategories = {
  sdoh: usCoreCategorized('sdoh', 'SDOH'),
  functional: usCoreCategorized('functional-status', 'Functional Status'),
  disability: usCoreCategorized('disability-status', 'Disability Status'),
  cognitive: usCoreCategorized('cognitive-status', 'Cognitive Status'),
  activity: categorized('activity'),
  social: categorized('social-history'),
};

type Domain = keyof typeof statusCategories;

interface Screened {
  domain: Domain;
  code: Code;
  value?: ObservationValue;
  performer?: readonly Reference[];
  derivedFrom?: readonly Reference[];
  hasMember?: readonly Reference[];
}

/** One item or the panel of a screening instrument. */
function screened(visit: Visit, { domain, code, ...more }: Screened): Filed {
  const { value, performer, ...links } = more;
  const category = [categorized('survey'), statusCategories[domain]];
  return observe(visit, {
    profile: 'us-core-observation-screening-assessment',
    category,
    code: loinc(code),
    value,
    performer,
    more: links,
    at: 4,
  });
}

const answer = (code: Code): ObservationValue => ({ valueCodeableConcept: concept(systems.loinc, code) });

/** The depression questionnaire: the form, an Observation per answer, the score and the panel that holds them. */
export function screenDepression(visit: Visit, points: readonly number[]): { score: number; panel: Reference } {
  const source = [respondPhq9(visit, points)];
  const score = points.reduce((sum, point) => sum + point, 0);
  const items = phq9.items.map((code, place) =>
    screened(visit, {
      domain: 'functional',
      code,
      value: answer(phq9.options[points[place] ?? 0] as Code),
      performer: [visit.chart.patient],
      derivedFrom: source,
    }),
  );
  const members = items.map((item) => refer(item));
  const total = screened(visit, {
    domain: 'functional',
    code: phq9.score,
    value: { valueQuantity: quantity(score, 'score', '{score}') },
    derivedFrom: members,
  });
  const panel = screened(visit, { domain: 'functional', code: phq9.panel, hasMember: [...members, refer(total)], derivedFrom: source });
  return { score, panel: refer(panel) };
}

/** The two-item food insecurity screen with its verdict. */
export function screenHunger(visit: Visit, atRisk: boolean): Reference {
  const source = [respondHunger(visit, atRisk)];
  const said = answer(atRisk ? hungerVitalSign.often : hungerVitalSign.never);
  const items = hungerVitalSign.items.map((code) =>
    screened(visit, { domain: 'sdoh', code, value: said, performer: [visit.chart.patient], derivedFrom: source }),
  );
  const members = items.map((item) => refer(item));
  const verdict = screened(visit, {
    domain: 'sdoh',
    code: hungerVitalSign.risk,
    value: answer(atRisk ? hungerVitalSign.atRisk : hungerVitalSign.noRisk),
    derivedFrom: members,
  });
  const panel = screened(visit, {
    domain: 'sdoh',
    code: hungerVitalSign.panel,
    hasMember: [...members, refer(verdict)],
    derivedFrom: source,
  });
  return refer(panel);
}

/** The clinic's intake form and what it says about activity, disability and thinking. */
export function screenIntake(visit: Visit, answers: IntakeAnswers): void {
  const derivedFrom = [respondIntake(visit, answers)];
  const performer = [visit.chart.patient];
  const minutes = answers.exerciseMinutes;
  screened(visit, {
    domain: 'activity',
    code: ['89555-7', 'Days per week of moderate to strenuous physical activity in last 30 days'],
    value: { valueQuantity: quantity(answers.exerciseDays, 'days per week', 'd/wk') },
    performer,
    derivedFrom,
  });
  screened(visit, {
    domain: 'activity',
    code: ['68516-4', 'Minutes of exercise on such days'],
    value: { valueQuantity: quantity(minutes, 'minutes per day', 'min/d') },
    performer,
    derivedFrom,
  });
  screened(visit, {
    domain: 'disability',
    code: ['69856-3', 'Are you deaf, or do you have serious difficulty hearing'],
    value: answer(answers.difficulty ? ['LA33-6', 'Yes'] : ['LA32-8', 'No']),
    performer,
    derivedFrom,
  });
  screened(visit, {
    domain: 'cognitive',
    code: ['11332-4', 'History of Cognitive Function Narrative'],
    value: { valueString: 'No trouble with memory or concentration reported.' },
    derivedFrom,
  });
  screened(visit, {
    domain: 'social',
    code: ['74013-4', 'Alcoholic drinks per day'],
    value: { valueQuantity: quantity(0, 'drinks per day', '{drinks}/d') },
    performer,
    derivedFrom,
  });
}

/** Single observations about daily life, each in the shape its value has. */
export function observeDailyLife(
  visit: Visit,
  life: { dressing: Code; housing: string; steps: number; drives: boolean; basis?: Reference },
): void {
  const simple = (domain: Domain, code: CodeableConcept, value: ObservationValue, performer?: Reference) =>
    observe(visit, {
      profile: 'us-core-simple-observation',
      category: [statusCategories[domain]],
      code,
      value,
      performer: performer && [performer],
      more: life.basis && { derivedFrom: [life.basis] },
    });
  simple('functional', loinc(['75276-6', 'Functional status [Interpretation]']), { valueCodeableConcept: snomed(life.dressing) });
  simple('sdoh', loinc(['71802-3', 'Housing status']), { valueString: life.housing });
  simple(
    'activity',
    loinc(['41950-7', 'Number of steps in 24 hour Measured']),
    { valueQuantity: quantity(life.steps, 'steps', '{#}') },
    visit.chart.patient,
  );
  simple('disability', { text: 'Drives or will drive without adaptation' }, { valueBoolean: life.drives }, visit.chart.patient);
}
