import { dateInterval } from '../date-interval';
import { type IndexEntries, MAX_INSTANT } from '../index-entries';
import { items, object } from '../navigate';

/** date, dateTime and instant: the time span that the written precision stands for. */
export function timeAsDate(out: IndexEntries, param: number, value: unknown): void {
  const interval = dateInterval(value);
  if (interval) out.date.push({ param, lo: interval.lo, hi: interval.hi });
}

/** From the beginning of its start to the end of its end; a missing end is open. */
export function periodAsDate(out: IndexEntries, param: number, value: unknown): void {
  const period = object(value);
  const start = dateInterval(period.start);
  const end = dateInterval(period.end);
  if (start || end) out.date.push({ param, lo: start?.lo ?? -MAX_INSTANT, hi: end?.hi ?? MAX_INSTANT });
}

/** Its events, and the bounds of its repetition; what falls between is not computed. */
export function timingAsDate(out: IndexEntries, param: number, value: unknown): void {
  const timing = object(value);
  for (const event of items(timing.event)) timeAsDate(out, param, event);
  periodAsDate(out, param, object(timing.repeat).boundsPeriod);
}
