import { isCalendarDay } from '../definitions/calendar';

/** A half-open span of time, [lo, hi), in milliseconds since the epoch. */
export interface Interval {
  lo: number;
  hi: number;
}

const DATE_TIME = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/;

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

/**
 * The span that a date of any precision stands for, from a year to a fraction of a second; UTC where no zone is written.
 * Undefined for anything that is no date, or a date that does not exist.
 */
export function dateInterval(value: unknown): Interval | undefined {
  const parts = typeof value === 'string' && value.length <= 64 ? DATE_TIME.exec(value) : null;
  if (!parts) return undefined;
  const [year, month, day] = [Number(parts[1]), Number(parts[2] ?? 1), Number(parts[3] ?? 1)];
  if (year === 0 || !isCalendarDay(year, month, day)) return undefined;
  if (parts[2] === undefined) return { lo: startOfDay(year, 1, 1), hi: startOfDay(year + 1, 1, 1) };
  if (parts[3] === undefined) return { lo: startOfDay(year, month, 1), hi: startOfDay(year, month + 1, 1) };
  const midnight = startOfDay(year, month, day);
  return parts[4] === undefined ? { lo: midnight, hi: midnight + DAY } : withTime(midnight, parts);
}

function withTime(midnight: number, parts: RegExpExecArray): Interval | undefined {
  const [hour, minute, second] = [Number(parts[4]), Number(parts[5]), Number(parts[6] ?? 0)];
  // A leap second is written 60 and falls into the next minute.
  if (hour > 23 || minute > 59 || second > 60) return undefined;
  const fraction = parts[7];
  const lo = midnight + (hour * 60 + minute) * MINUTE + second * SECOND + milliseconds(fraction) - offset(parts[8]);
  return { lo, hi: lo + (parts[6] === undefined ? MINUTE : precisionOf(fraction)) };
}

function milliseconds(fraction: string | undefined): number {
  return fraction === undefined ? 0 : Number(fraction.slice(0, 3).padEnd(3, '0'));
}

/** A tenth of a second, a hundredth, a thousandth; finer ones are kept to the millisecond. */
function precisionOf(fraction: string | undefined): number {
  return fraction === undefined ? SECOND : SECOND / 10 ** Math.min(fraction.length, 3);
}

function offset(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  return (zone.startsWith('-') ? -minutes : minutes) * MINUTE;
}

/** Date.UTC takes the years 0 to 99 for those of the last century; months over 12 run into the next year. */
function startOfDay(year: number, month: number, day: number): number {
  return year >= 100 ? Date.UTC(year, month - 1, day) : new Date(0).setUTCFullYear(year, month - 1, day);
}
