import { Decimal } from '../json/decimal';

export type JsonObject = Record<string, unknown>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Decimal);
}

/** A copy that shares nothing with `value`; a Decimal is never changed and stays the same one. */
export function cloneJson<T>(value: T): T {
  if (Array.isArray(value)) return value.map(cloneJson) as T;
  if (!isJsonObject(value)) return value;
  const copy: JsonObject = {};
  for (const name of Object.keys(value)) define(copy, name, cloneJson(value[name]));
  return copy as T;
}

/** Sets a member of whatever name; none reaches the prototype. */
export function define(owner: JsonObject, name: string, value: unknown): void {
  if (name === '__proto__') Object.defineProperty(owner, name, { value, enumerable: true, configurable: true, writable: true });
  else owner[name] = value;
}

/** How many values there are in `value`, itself included. */
export function countValues(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + countValues(item), 1);
  return isJsonObject(value) ? Object.values(value).reduce<number>((sum, item) => sum + countValues(item), 1) : 1;
}

/** Levels of nesting: 0 for a scalar. */
export function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null || value instanceof Decimal) return 0;
  return 1 + Object.values(value).reduce<number>((most, item) => Math.max(most, depthOf(item)), 0);
}

/** Equality as RFC 6902 §4.6 has it: numbers by value, objects whatever the order of their members. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (isNumeric(a) && isNumeric(b)) return spellingOf(a) === spellingOf(b);
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, index) => sameJson(item, b[index]));
  if (!isJsonObject(a) || !isJsonObject(b)) return a === b;
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && sameJson(a[name], b[name]));
}

const isNumeric = (value: unknown): value is number | Decimal => typeof value === 'number' || value instanceof Decimal;

const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** One spelling for all literals of a number: `1.10`, `11e-1` and `1.1` are the same, whatever their length. */
function spellingOf(number: number | Decimal): string {
  const [, sign, whole = '', fraction = '', exponent = '0'] = NUMBER.exec(String(number)) ?? [];
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = withoutTrailingZeros(digits);
  if (significant === '') return '0';
  return `${sign}${significant}e${Number(exponent) - fraction.length + digits.length - significant.length}`;
}

function withoutTrailingZeros(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits[end - 1] === '0') end--;
  return digits.slice(0, end);
}
