import { compartmentTypes, isResourceType } from '#libs/fhir';
import type { Sql } from '../../../database';
import { groupBy } from '../../../kernel';
import { condition } from '../../search/compile/condition';
import type { Scope } from '../../search/compile/scope';
import { namesReferredTo } from '../../search/include/forward';
import { nameOf, type StoredRow, storedRow } from '../../search/include/stored-row';
import { pageColumns } from '../../search/page/page-columns';
import { all, type Fragment, isIn, joined, name, sql as fragment, TRUE, wholeNumber } from '../../search/sql/fragment';
import { NO_PATIENT, referenceTable, SEVERAL_PATIENTS } from '../../store/tables';
import { caredForWithin } from './care-dates';
import { type Chart, severalSet } from './chart';
import { visibleOfTypes } from './visible-types';

/** At most so many resources come along with a chart, and so many names are looked at to find them. */
export const MOST_SHARED = 1000;
export const MOST_NAMES = 20_000;
/** A prescription names a Medication, which names its Organization, which names the one it belongs to. */
const ROUNDS = 4;
export const ALL_REFERENCES = [{ source: '*', iterate: false }];

export interface Shared {
  rows: StoredRow[];
  /** True where there was more than an answer takes. */
  cut: boolean;
}

/** What is asked for of what belongs to nobody: who gives care and where, what is prescribed. */
interface Question {
  sql: Sql;
  types: ReadonlySet<string>;
  since?: number;
  scope(): Scope;
}

/**
 * The resources of no patient that `names` name, and those that these name in turn, each once, as far as the caller
 * may see them. Two statements a round.
 */
export async function sharedBehind(question: Question, names: Iterable<string>): Promise<Shared> {
  const rows: StoredRow[] = [];
  const known = new Set<string>();
  let next = [...names];
  for (let round = 0; round < ROUNDS && rows.length <= MOST_SHARED; round++) {
    const fresh = next.filter((one) => !known.has(one) && mayBelongToNobody(typeOf(one)));
    for (const one of fresh) known.add(one);
    const found = await fetchShared(question, fresh);
    rows.push(...found);
    if (found.length === 0) break;
    next = [...(await namesReferredTo(question.sql, ALL_REFERENCES, found, MOST_NAMES))];
  }
  const wanted = rows.filter((row) => question.types.has(row.type));
  return { rows: wanted.slice(0, MOST_SHARED).sort(byName), cut: rows.length > MOST_SHARED };
}

const byName = (a: StoredRow, b: StoredRow): number => (nameOf(a) < nameOf(b) ? -1 : 1);
export const typeOf = (target: string): string => target.slice(0, target.indexOf('/'));

/** A device may be a patient’s or the laboratory’s; other types of a compartment are somebody’s, or about nobody. */
const mayBelongToNobody = (type: string): boolean => isResourceType(type) && (!compartmentTypes.has(type) || type === 'Device');

async function fetchShared({ sql, since, scope }: Question, names: readonly string[]): Promise<StoredRow[]> {
  const byType = groupBy(names, typeOf);
  if (byType.size === 0) return [];
  const compiled = scope();
  const selects = [...byType].map(([type, list]) => namedOf(type, list, since, compiled));
  const { text, params } = fragment`${joined(selects, ' UNION ALL ')} LIMIT ${wholeNumber(MOST_SHARED + 1)}`;
  return (await sql.rows(text, params)).map(storedRow);
}

function namedOf(type: string, names: readonly string[], since: number | undefined, scope: Scope): Fragment {
  const ids = names.slice(0, MOST_SHARED + 1).map((one) => one.slice(type.length + 1));
  const changed = since === undefined ? TRUE : fragment`c.last_updated > ${since}`;
  return fragment`SELECT ${pageColumns('c')} FROM fhir_resource c WHERE c.type = ${type} AND ${isIn(name('c.fhir_id'), ids)} AND c.deleted = ${0} AND c.patient = ${NO_PATIENT}
    AND ${all([changed, condition(scope.visible(type), 'c', type, scope)])}`;
}

/**
 * What the chart refers to, as far as it is the caller’s to see and cared for in the period: what a hidden resource
 * names stays hidden with it. One statement, or two where several compartments count.
 */
export async function namesInChart(chart: Chart): Promise<Set<string>> {
  const own = await targets(chart, chart.key, TRUE, chart.whole);
  if (!chart.several) return own;
  const several = await targets(chart, SEVERAL_PATIENTS, fragment`t.resource IN (${severalSet(chart.patient)})`, false);
  return new Set([...own, ...several]);
}

/** What a chart names over and over, and what is always somebody’s. */
const REPEATED = ['Encounter', 'Observation', 'Patient'].map((type) => fragment`(t.target < ${`${type}/`} OR t.target >= ${`${type}0`})`);

async function targets(chart: Chart, patient: number, where: Fragment, whole: boolean): Promise<Set<string>> {
  const { text, params } = fragment`SELECT DISTINCT t.target FROM ${name(referenceTable.name)} t ${seen(chart, patient, all([fragment`t.patient = ${patient}`, where, ...REPEATED]), whole)} LIMIT ${wholeNumber(MOST_NAMES)}`;
  return new Set((await chart.sql.rows(text, params)).map(([target]) => target as string));
}

function seen({ access, types, scope, request }: Chart, patient: number, where: Fragment, whole: boolean): Fragment {
  if (whole && !request.period) return fragment`WHERE ${where}`;
  const cared = request.period ? caredForWithin(request.period, types, patient) : TRUE;
  return fragment`CROSS JOIN fhir_resource c ON c.id = t.resource WHERE ${all([where, fragment`c.deleted = ${0}`, visibleOfTypes(access, types, scope()), cared])}`;
}
