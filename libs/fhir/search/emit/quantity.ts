import { isNumber } from '../../json/decimal';
import type { Interval } from '../date-interval';
import { clamp, decimalInterval } from '../decimal-interval';
import type { IndexEntries } from '../index-entries';
import { object } from '../navigate';

const CURRENCY = 'urn:iso:std:iso:4217';
const OPEN: Interval = { lo: -Number.MAX_VALUE, hi: Number.MAX_VALUE };

/** A quantity with its coded unit, or the written unit where it has no code; a comparator opens the interval. */
export function quantityAsQuantity(out: IndexEntries, param: number, value: unknown): void {
  if (value === undefined) return;
  const { value: number, comparator, system, code, unit } = object(value);
  const interval = intervalOf(number);
  if (interval) add(out, param, number, opened(interval, Number(number), comparator), system, code ?? unit);
}

export function moneyAsQuantity(out: IndexEntries, param: number, value: unknown): void {
  const { value: number, currency } = object(value);
  const interval = intervalOf(number);
  if (interval) add(out, param, number, interval, currency === undefined ? undefined : CURRENCY, currency);
}

/** From the beginning of low to the end of high; a missing end is open. */
export function rangeAsQuantity(out: IndexEntries, param: number, value: unknown): void {
  const { low, high } = object(value);
  const [from, to] = [object(low), object(high)];
  const [lo, hi] = [intervalOf(from.value), intervalOf(to.value)];
  if (!lo && !hi) return;
  const unit = lo ? from : to;
  add(out, param, unit.value, { lo: lo?.lo ?? OPEN.lo, hi: hi?.hi ?? OPEN.hi }, unit.system, unit.code ?? unit.unit);
}

/** The zero point of the samples; the samples themselves are not indexed. */
export function sampledDataAsQuantity(out: IndexEntries, param: number, value: unknown): void {
  quantityAsQuantity(out, param, object(value).origin);
}

/** A bare number: a quantity without unit. */
export function numberAsQuantity(out: IndexEntries, param: number, value: unknown): void {
  const interval = intervalOf(value);
  if (interval) add(out, param, value, interval, undefined, undefined);
}

function intervalOf(value: unknown): Interval | undefined {
  return isNumber(value) ? decimalInterval(String(value)) : undefined;
}

/** `<5.4` is below the number itself, `<=5.4` below the end of what 5.4 stands for. */
function opened(interval: Interval, value: number, comparator: unknown): Interval {
  switch (comparator) {
    case '<':
      return { lo: OPEN.lo, hi: clamp(value) };
    case '<=':
      return { lo: OPEN.lo, hi: interval.hi };
    case '>':
      return { lo: clamp(value), hi: OPEN.hi };
    case '>=':
      return { lo: interval.lo, hi: OPEN.hi };
    default:
      return interval;
  }
}

function add(out: IndexEntries, param: number, value: unknown, interval: Interval, system: unknown, code: unknown): void {
  out.quantity.push({ param, value: clamp(Number(value)), lo: interval.lo, hi: interval.hi, system: text(system), code: text(code) });
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
