import type { DateValue } from '#libs/fhir';
import { any, type Fragment, name, sql } from '../sql/fragment';
import { upperEnd } from './upper-end';

/** R4 §3.1.1.4.7: both the value asked for and the value on file are intervals; what the prefixes mean of them. */
export function dateCondition(values: readonly DateValue[], t: string, now: number, inChart = false): Fragment {
  const [lo, hi] = [name(`${t}.lo`), upperEnd(t, inChart)];
  return any(values.map((value) => compare(value, lo, hi, now)));
}

function compare({ prefix, lo: a, hi: b }: DateValue, lo: Fragment, hi: Fragment, now: number): Fragment {
  switch (prefix) {
    case 'eq': return sql`${lo} >= ${a} AND ${lo} < ${b} AND ${hi} <= ${b}`;
    case 'ne': return sql`(${lo} < ${a} OR ${hi} > ${b})`;
    case 'gt': return sql`${hi} > ${b}`;
    case 'lt': return sql`${lo} < ${a}`;
    // Something of it lies beyond, or all of it within: a period that only reaches into the day asked for does neither.
    case 'ge': return sql`${hi} > ${a} AND (${hi} > ${b} OR ${lo} >= ${a})`;
    case 'le': return sql`${lo} < ${b} AND (${lo} < ${a} OR ${hi} <= ${b})`;
    case 'sa': return sql`${lo} >= ${b}`;
    case 'eb': return sql`${lo} < ${a} AND ${hi} <= ${a}`;
    case 'po': return sql`${lo} < ${b} AND ${hi} > ${a}`;
    case 'ap': {
      const slack = slackOf(a, b, now);
      return sql`${lo} < ${b + slack} AND ${hi} > ${a - slack}`;
    }
  }
}

/** A tenth of the distance to today, as R4 recommends. */
const slackOf = (a: number, b: number, now: number): number => Math.abs(now - (a + b) / 2) / 10;

/** The same for a moment that is known to the millisecond (`_lastUpdated`). */
export function instantCondition(values: readonly DateValue[], column: Fragment, now: number): Fragment {
  return any(values.map((value) => compareInstant(value, column, now)));
}

function compareInstant({ prefix, lo: a, hi: b }: DateValue, at: Fragment, now: number): Fragment {
  switch (prefix) {
    case 'po':
    case 'eq': return sql`${at} >= ${a} AND ${at} < ${b}`;
    case 'ne': return sql`(${at} < ${a} OR ${at} >= ${b})`;
    case 'gt':
    case 'sa': return sql`${at} >= ${b}`;
    case 'lt':
    case 'eb': return sql`${at} < ${a}`;
    case 'ge': return sql`${at} >= ${a}`;
    case 'le': return sql`${at} < ${b}`;
    case 'ap': {
      const slack = slackOf(a, b, now);
      return sql`${at} >= ${a - slack} AND ${at} < ${b + slack}`;
    }
  }
}
