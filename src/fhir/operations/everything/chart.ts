import { compartmentTypes, type Expression, searchParametersOf } from '#libs/fhir';
import type { Sql } from '../../../database';
import { type Access, clock } from '../../../kernel';
import { accessPatients } from '../../search/access/access-condition';
import type { Scope } from '../../search/compile/scope';
import { newScope } from '../../search/compile/selection';
import { all, type Fragment, isIn, name, sql as fragment, TRUE } from '../../search/sql/fragment';
import { referenceTable, SEVERAL_PATIENTS } from '../../store/tables';
import { caredForWithin } from './care-dates';
import type { EverythingRequest } from './everything-request';
import { answerTypes, visibleOfTypes } from './visible-types';
import type { Walk } from './walk';

/** One patient’s chart as one caller may see it. */
export interface Chart {
  sql: Sql;
  access: Access;
  request: EverythingRequest;
  /** Logical id and surrogate key of the patient. */
  patient: string;
  key: number;
  types: string[];
  /** True where nothing of the chart is hidden from the caller or left out of the question: then nobody has to ask, row by row. */
  whole: boolean;
  /** True where something in it is in other charts too, and not hidden from the caller for that alone. */
  several: boolean;
  scope(): Scope;
}

/** Undefined where nobody has ever spoken of such a patient. At most two statements. */
export async function chartOf(sql: Sql, access: Access, patient: string, request: EverythingRequest): Promise<Chart | undefined> {
  const keys = await accessPatients(sql, access, [patient]);
  const key = keys.get(patient);
  if (key === undefined) return undefined;
  const now = clock.now();
  const scope = (): Scope => newScope(access, keys, now);
  return { sql, access, request, patient, key, types: answerTypes(access, request), whole: !request.types && seesAllOf(access, patient, scope()), several: reachesSeveral(access) && (await isInSeveral(sql, patient)), scope };
}

/** What the access predicate comes to for a chart, once for each caller. */
const known = new WeakMap<Access, Map<string, boolean>>();
const MOST_KNOWN = 100;

function seesAllOf(access: Access, patient: string, scope: Scope): boolean {
  const charts = known.get(access) ?? new Map<string, boolean>();
  known.set(access, charts);
  const before = charts.get(patient);
  if (before !== undefined) return before;
  const sees = access.seesSensitive && CHARTED.every((type) => isAllOf(scope.visible(type), patient));
  if (charts.size < MOST_KNOWN) charts.set(patient, sees);
  return sees;
}

function isAllOf(expression: Expression, patient: string): boolean {
  if (expression.op === 'or') return expression.of.some((one) => isAllOf(one, patient));
  return (expression.op === 'and' && expression.of.length === 0) || (expression.op === 'compartment' && expression.patient === patient);
}

const CHARTED = [...compartmentTypes];

/** Resources of the chart but the Patient, who comes first: those in no other compartment, then those that are in others too. */
export function chartWalks(chart: Chart): Walk[] {
  const types = chart.types.filter((type) => type !== 'Patient' && compartmentTypes.has(type));
  if (types.length === 0) return [];
  const seen = chart.whole ? fragment`c.type <> ${'Patient'}` : visibleOfTypes(chart.access, types, chart.scope());
  const own: Walk = { from: fragment`fhir_resource c`, where: all([fragment`c.patient = ${chart.key}`, seen, asked(chart, types, chart.key)]), order: 'c.type' };
  if (!chart.several) return [own];
  const shared: Walk = {
    from: fragment`(SELECT DISTINCT m.resource FROM (${severalSet(chart.patient)}) m) k CROSS JOIN fhir_resource c ON c.id = k.resource`,
    where: all([visibleOfTypes(chart.access, types, chart.scope()), asked(chart, types, SEVERAL_PATIENTS)]),
    order: 'c.type',
  };
  return [own, shared];
}

/** What is in several compartments is shown to those alone who are confined to none. */
export const reachesSeveral = (access: Access): boolean => access.rules.some(({ patient, type, verbs }) => patient === undefined && (verbs.has('r') || verbs.has('s')) && (type === '*' || compartmentTypes.has(type)));

function asked({ request }: Chart, types: readonly string[], patient: number): Fragment {
  const since = request.since === undefined ? TRUE : fragment`c.last_updated > ${request.since}`;
  const cared = request.period ? caredForWithin(request.period, types, patient) : TRUE;
  return all([since, cared]);
}

/** A reference to anything puts nothing into a compartment. */
const ANYTHING = 100;

const PATIENT_PARAMS = [...compartmentTypes].flatMap((type) => searchParametersOf(type).filter(({ type: kind, targets }) => kind === 'reference' && targets.includes('Patient') && targets.length < ANYTHING).map(({ id }) => id));

/** Keys of what is in this compartment and in others. */
export const severalSet = (patient: string): Fragment => fragment`SELECT t.resource FROM ${name(referenceTable.name)} t
  WHERE t.patient = ${SEVERAL_PATIENTS} AND ${isIn(name('t.param'), PATIENT_PARAMS)} AND t.target = ${`Patient/${patient}`}`;

async function isInSeveral(sql: Sql, patient: string): Promise<boolean> {
  const { text, params } = fragment`${severalSet(patient)} LIMIT 1`;
  return (await sql.rows(text, params)).length > 0;
}
