import type { Interval } from './date-interval';

const LITERAL = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;
/** Mantissas up to this length can be multiplied by ten without rounding. */
const EXACT_DIGITS = 14;

/**
 * The numbers that a literal of its precision stands for: half a unit of the last digit to both sides, so that
 * 100 is [99.5, 100.5) and 1e2 is [50, 150) (R4 §3.1.1.4.7). Undefined for what is no number.
 */
export function decimalInterval(literal: string): Interval | undefined {
  const parts = LITERAL.exec(literal);
  if (!parts) return undefined;
  const digits = (parts[2] ?? '') + (parts[3] ?? '');
  const exponent = Number(parts[4] ?? 0) - (parts[3]?.length ?? 0);
  if (digits.length > EXACT_DIGITS) return wholeValue(Number(literal));
  // Written out as decimals and read again, since 5.4 - 0.05 is not 5.35 in binary.
  const mantissa = Number(digits) * (parts[1] === '-' ? -10 : 10);
  return { lo: finite(`${mantissa - 5}e${exponent - 1}`), hi: finite(`${mantissa + 5}e${exponent - 1}`) };
}

/** Finer than a double can tell: the value, and as little beyond as there is. */
function wholeValue(value: number): Interval {
  const lo = clamp(value);
  return { lo, hi: clamp(lo + Math.max(Math.abs(lo) * Number.EPSILON, Number.MIN_VALUE)) };
}

function finite(literal: string): number {
  return clamp(Number(literal));
}

/** Databases know no infinity. */
export function clamp(value: number): number {
  return Math.min(Math.max(value, -Number.MAX_VALUE), Number.MAX_VALUE);
}
