import type { Reference } from '#libs/fhir';
import { addMonths, type IsoDate } from '../calendar';
import type { Chart } from '../chart';
import { hl7, systems } from '../codes/systems';
import { practitioner } from '../practice/staff';
import { type Code, concept, loinc, narrative, type Quantity, refer, snomed } from '../values';
import type { Visit } from './encounters';
import { encounterOf } from './encounters';

export interface Aim {
  text: string;
  /** The same in SNOMED CT, where it has a word for it. */
  code?: Code;
  /** What is measured, and where it should be. */
  target?: { measure: Code; value: Quantity };
  dueInMonths: number;
  reached?: boolean;
}

/** Sets a goal in a visit; patient and clinician agreed on it. */
export function setGoal(visit: Visit, aim: Aim, problem?: Reference): Reference {
  const { chart } = visit;
  const dueDate = addMonths(visit.on, aim.dueInMonths);
  const goal = chart.addProfiled('Goal', 'us-core-goal', {
    lifecycleStatus: aim.reached ? 'completed' : 'active',
    achievementStatus: concept(hl7('goal-achievement'), aim.reached ? ['achieved', 'Achieved'] : ['in-progress', 'In Progress']),
    description: aim.code ? snomed(aim.code, aim.text) : { text: aim.text },
    subject: chart.patient,
    startDate: visit.on,
    target: [{ ...(aim.target && { measure: loinc(aim.target.measure), detailQuantity: aim.target.value }), dueDate }],
    expressedBy: practitioner(visit.clinician),
    addresses: problem && [problem],
  });
  return refer(goal, aim.text);
}

export interface PlanOfCare {
  title: string;
  text: readonly string[];
  since: IsoDate;
  problems?: readonly Reference[];
  goals?: readonly Reference[];
  careTeam?: Reference;
  activities: readonly Activity[];
}

export interface Activity {
  code: Code;
  text: string;
  status: 'in-progress' | 'completed' | 'scheduled';
}

/** Writes down how the problems are to be tackled, for people (the narrative) and for programs. */
export function planCare(visit: Visit, plan: PlanOfCare): void {
  const { chart } = visit;
  chart.addProfiled('CarePlan', 'us-core-careplan', {
    text: narrative([plan.title, ...plan.text]),
    status: chart.person.deceased ? 'revoked' : 'active',
    intent: 'plan',
    category: [concept(systems.carePlanCategory, ['assess-plan', 'Assessment and Plan of Treatment'])],
    title: plan.title,
    description: plan.text.join(' '),
    subject: chart.patient,
    encounter: encounterOf(visit),
    period: { start: plan.since, end: endOf(chart) },
    created: visit.on,
    author: practitioner(visit.clinician),
    contributor: [practitioner(visit.clinician), practitioner('nurse')],
    careTeam: plan.careTeam && [plan.careTeam],
    addresses: plan.problems,
    goal: plan.goals,
    activity: plan.activities.map(({ code, text, status }) => ({ detail: { code: snomed(code), status, description: text } })),
  });
}

const endOf = ({ person }: Chart) => person.deceased;
