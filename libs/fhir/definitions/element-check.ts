import { Decimal } from '../json/decimal';
import type { ValidationTrail } from './validation-trail';

/** A JSON object as it came, its members not yet checked. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Checks one value, reporting on the trail. `owner` is the object it is a member of. */
export type ElementCheck = (value: unknown, trail: ValidationTrail, owner: JsonObject) => void;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Decimal);
}

/** Runs a check on every item of what must be a filled array. */
export function checkItems(value: unknown, trail: ValidationTrail, check: (item: unknown, index: number) => void): void {
  if (!Array.isArray(value)) return trail.report('structure', 'Expected an array.');
  if (value.length === 0) return trail.report('structure', 'An array must not be empty.');
  for (let index = 0; index < value.length; index++) {
    trail.push(index);
    check(value[index], index);
    trail.pop();
  }
}
