import { type Expression, type Include, SEARCH_LIMITS, type SearchRequest } from '#libs/fhir';
import { invalid, type SalusError } from '../../../kernel';
import { patientsFilteredBy } from '../access/patients-named';

/** What one part of a search is reckoned to cost, and what the caller calls it. */
export interface Charge {
  name: string;
  points: number;
}

/**
 * Points stand for work in the database: 1 is about a look into an index. What touches one chart costs a few, what
 * has to go through everybody's costs many. The estimate is made before the search runs and knows no data.
 */
const POINTS = {
  type: 1,
  test: 2,
  value: 0.5,
  /** A test that no index can be entered by: `:contains`, `:not`, `:missing`, `ne`. */
  scan: 100,
  sweep: 40,
  chain: 50,
  furtherTarget: 10,
  has: 60,
  include: 5,
  wildcard: 40,
  /** Times as much where it goes round. */
  iterate: 5,
  sort: 40,
  total: 30,
} as const;

/** Within a chart or a few resources, work is that much less. */
const CONFINED = 0.1;

/** What the costs of finding follow from. */
type Asked = Pick<SearchRequest, 'filters'> & Partial<Pick<SearchRequest, 'sort' | 'total' | 'summary' | 'count'>>;

/** Keeps to one chart, or to some resources by name. */
export const isNarrow = ({ filters }: Asked, confined = false): boolean => confined || filters.some(narrows);

/** What a search of one type costs, part by part. `confined`: the caller sees no more than one patient's chart. */
export function chargesOf(request: Asked, confined = false): Charge[] {
  const scale = isNarrow(request, confined) ? CONFINED : 1;
  return [
    { name: '_type', points: POINTS.type },
    ...request.filters.map((filter) => ({ name: nameOf(filter), points: ofFilter(filter, scale) })),
    ...sortCharge(request, scale),
    ...totalCharge(request, scale),
  ];
}

/** What comes along with the pages of a search, of however many types. */
export function includeCharges({ includes, revincludes, count }: SearchRequest): Charge[] {
  const pages = Math.max(1, count / SEARCH_LIMITS.defaultCount);
  const charge = (name: string) => (include: Include) => ({ name, points: pages * (include.parameter ? POINTS.include : POINTS.wildcard) * (include.iterate ? POINTS.iterate : 1) });
  return [...includes.map(charge('_include')), ...revincludes.map(charge('_revinclude'))];
}

/** Throws `invalid` with issue `too-costly`, naming what is dearest, where the charges come to more than `budget`. */
export function checkBudget(charges: readonly Charge[], budget: number): void {
  const total = charges.reduce((sum, { points }) => sum + points, 0);
  if (total > budget) throw tooCostly(charges, Math.ceil(total), budget);
}

function tooCostly(charges: readonly Charge[], total: number, budget: number): SalusError {
  const byName = new Map<string, number>();
  for (const { name, points } of charges) byName.set(name, (byName.get(name) ?? 0) + points);
  const [dearest, points] = [...byName].sort(([, a], [, b]) => b - a)[0]!;
  const message = `This search is too costly: about ${total} points of the ${budget} that one may cost, ${Math.ceil(points)} of them for “${dearest}”. ${cureOf(dearest)}`;
  return invalid(message, [{ path: dearest, rule: 'too-costly', message }]);
}

function cureOf(name: string): string {
  if (name === '_type') return 'Name fewer types in _type.';
  if (name === '_include' || name === '_revinclude') return 'Ask for fewer includes, name their parameters, leave out :iterate, or ask for smaller pages.';
  if (name === '_sort') return 'Sort by fewer parameters, or name a patient.';
  if (name === '_total') return 'Leave out the total, add a filter, or name fewer types in _type.';
  return 'Name a patient, ask for fewer chains, values and wildcards, or search fewer types.';
}

function narrows(filter: Expression): boolean {
  if (filter.op === 'compartment') return true;
  if (filter.op === 'and') return filter.of.some(narrows);
  return patientsFilteredBy(filter) !== undefined || (filter.op === 'test' && filter.parameter.code === '_id' && filter.modifier === undefined);
}

function nameOf(filter: Expression): string {
  if ('parameter' in filter) return filter.op === 'has' ? '_has' : filter.parameter.code;
  if (filter.op === 'not') return nameOf(filter.of);
  return filter.op === 'and' || filter.op === 'or' ? (filter.of[0] ? nameOf(filter.of[0]) : '_filter') : '_type';
}

function ofFilter(filter: Expression, scale: number): number {
  switch (filter.op) {
    case 'and':
    case 'or': return filter.of.reduce((sum, one) => sum + ofFilter(one, scale), 0);
    case 'chain': return POINTS.chain + filter.through.reduce((sum, { of }, index) => sum + (index > 0 ? POINTS.furtherTarget : 0) + ofFilter(of, 1), 0);
    case 'has': return POINTS.has + ofFilter(filter.of, 1);
    case 'not': return POINTS.sweep * scale + ofFilter(filter.of, scale);
    // Terminology or a hierarchy is asked before, and answers with many values.
    case 'open': return POINTS.chain;
    case 'missing': return POINTS.sweep * scale;
    case 'test': return POINTS.test + POINTS.value * filter.values.length + entryOf(filter) * scale;
    default: return POINTS.test;
  }
}

const UNANCHORED: readonly (string | undefined)[] = ['contains', 'ends'];

/** What it costs where no index can be entered by the value. */
function entryOf(test: Extract<Expression, { op: 'test' }>): number {
  if (UNANCHORED.includes(test.modifier) || test.type === 'text') return POINTS.scan * Math.min(test.values.length, 10);
  const isNe = test.values.some((value) => 'prefix' in value && value.prefix === 'ne');
  return test.modifier === 'not' || isNe ? POINTS.sweep : 0;
}

/** One key alone is read from its index in order; several are put in order by hand. */
function sortCharge({ sort = [] }: Asked, scale: number): Charge[] {
  const points = sort.length > 1 ? POINTS.sort * sort.length * scale : sort.length;
  return sort.length > 0 ? [{ name: '_sort', points }] : [];
}

function totalCharge({ total, summary, count }: Asked, scale: number): Charge[] {
  const isCounted = summary === 'count' || count === 0 || total === 'accurate' || total === 'estimate';
  return isCounted ? [{ name: '_total', points: POINTS.total * scale }] : [];
}
