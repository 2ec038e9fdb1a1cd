import { Decimal, isNumber } from '../json/decimal';
import { dateInterval } from '../search/date-interval';
import { isObject } from './path-members';

/** Three-valued truth of FHIRPath: undefined is “empty”. */
export type Truth = boolean | undefined;

/** A collection as a condition: empty, the boolean it holds, or true for anything else it holds. */
export function truth(items: readonly unknown[]): Truth {
  if (items.length === 0) return undefined;
  return typeof items[0] === 'boolean' && items.length === 1 ? items[0] : true;
}

export function and(a: Truth, b: Truth): Truth {
  if (a === false || b === false) return false;
  return a === undefined || b === undefined ? undefined : true;
}

export function or(a: Truth, b: Truth): Truth {
  if (a === true || b === true) return true;
  return a === undefined || b === undefined ? undefined : false;
}

export function xor(a: Truth, b: Truth): Truth {
  return a === undefined || b === undefined ? undefined : a !== b;
}

export function implies(a: Truth, b: Truth): Truth {
  return a === false ? true : or(a === undefined ? undefined : !a, b);
}

export function not(a: Truth): Truth {
  return a === undefined ? undefined : !a;
}

/** `=` of FHIRPath: empty where a side is empty, else whether both hold the same items in the same order. */
export function equal(a: readonly unknown[], b: readonly unknown[]): Truth {
  if (a.length === 0 || b.length === 0) return undefined;
  return a.length === b.length && a.every((item, index) => isSame(item, b[index]));
}

/** `=` of at most one value and a constant. */
export function is(value: unknown, constant: string | number | boolean): Truth {
  return value === undefined || value === null ? undefined : value === constant || isSame(value, constant);
}

/** Equal in depth; numbers by what they are worth, not how they are written. */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (isNumber(a) || isNumber(b)) return isNumber(a) && isNumber(b) && Number(a) === Number(b);
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, index) => isSame(item, b[index]));
  if (!isObject(a) || !isObject(b)) return false;
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => isSame(a[name], b[name]));
}

/**
 * Whether `a` may stand before `b`: numbers, text, quantities of one unit, dates of any precision. What cannot be compared
 * for certain (a day with a month, kilograms with pounds) is given the benefit of the doubt.
 */
export function mayBeLess(a: unknown, b: unknown, orEqual: boolean): Truth {
  if (isNumber(a) && isNumber(b)) return isLess(Number(a), Number(b), orEqual);
  if (isObject(a) && isObject(b)) return isSameUnit(a, b) ? mayBeLess(a.value, b.value, orEqual) : true;
  if (typeof a !== 'string' || typeof b !== 'string') return undefined;
  const [first, second] = [dateInterval(a), dateInterval(b)];
  return first && second ? isLess(first.lo, second.hi - 1, orEqual) : isLess(a, b, orEqual);
}

const isLess = <T extends number | string>(a: T, b: T, orEqual: boolean): boolean => a < b || (orEqual && a === b);

function isSameUnit(a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): boolean {
  return a.code === b.code && a.system === b.system && a.unit === b.unit && isNumber(a.value) && isNumber(b.value);
}

/** A number for arithmetic; undefined for what is none. */
export function number(value: unknown): number | undefined {
  return isNumber(value) ? Number(value) : undefined;
}

/** The text of a primitive; undefined for what is none. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : value instanceof Decimal || typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

export function toInteger(value: unknown): number | undefined {
  const written = text(value);
  return written !== undefined && /^[+-]?\d{1,15}$/.test(written) ? Number(written) : undefined;
}

export function calculate(a: unknown, operator: string, b: unknown): number | undefined {
  const [left, right] = [number(a), number(b)];
  if (left === undefined || right === undefined) return undefined;
  if (operator === '+') return left + right;
  if (operator === '-') return left - right;
  if (operator === '*') return left * right;
  return right === 0 ? undefined : left % right;
}

/** Whether the whole of a text matches. */
export function matches(value: unknown, pattern: RegExp): Truth {
  const written = text(value);
  return written === undefined ? undefined : pattern.test(written);
}
