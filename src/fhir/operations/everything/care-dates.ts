import { searchParametersOf } from '#libs/fhir';
import { dateTable } from '../../store/tables';
import { all, any, type Fragment, isIn, name, sql } from '../../search/sql/fragment';
import type { Period } from './everything-request';

/** Dates of a person, of a payment or of the record itself: they do not say when care was given. */
const NOT_OF_CARE: ReadonlySet<string> = new Set(['_lastUpdated', 'birthdate', 'death-date', 'value-date', 'payment-date', 'modified']);

const paramsOf = (types: Iterable<string>): number[] =>
  [...types].flatMap((type) => searchParametersOf(type).filter(({ type: kind, code }) => kind === 'date' && !NOT_OF_CARE.has(code)).map(({ id }) => id));

/**
 * Whether some date of care of the resource of alias `c` reaches into the period; what has none is not bound to a
 * time and belongs to every period. Sets, made once from the cluster of
 * the chart in which the resources lie.
 */
export function caredForWithin(period: Period, types: Iterable<string>, chart: number): Fragment {
  const dated = sql`SELECT t.resource FROM ${name(dateTable.name)} t WHERE ${all([sql`t.patient = ${chart}`, isIn(name('t.param'), paramsOf(types))])}`;
  const bounds = [...(period.lo === undefined ? [] : [sql`t.hi > ${period.lo}`]), ...(period.hi === undefined ? [] : [sql`t.lo < ${period.hi}`])];
  return any([sql`c.id NOT IN (${dated})`, sql`c.id IN (${dated} AND ${all(bounds)})`]);
}
