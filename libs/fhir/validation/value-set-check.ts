import type { ValidationTrail } from '../definitions/validation-trail';
import { isObject, many, one } from './path-members';

/** Codes by system; `*` where a system's codes cannot be listed and only the system is checked. */
export type CodesOfSystems = ReadonlyMap<string, ReadonlySet<string> | '*'>;

/** Reads `system code code …` a line. */
export function codesOfSystems(text: string): CodesOfSystems {
  return new Map(
    text.split('\n').map((line) => {
      const [system = '', ...codes] = line.split(' ');
      return [system, codes[0] === '*' ? '*' : new Set(codes)];
    }),
  );
}

/** True if a code, Coding, CodeableConcept or Quantity is of the value set. A code without system is looked up in all of them. */
export function isBound(i: unknown, valueSet: CodesOfSystems): boolean {
  if (typeof i === 'string') return [...valueSet.values()].some((codes) => codes === '*' || codes.has(i));
  if (!isObject(i)) return false;
  if (i.coding !== undefined) return many(i, 'coding').some((coding) => isBound(coding, valueSet));
  const codes = valueSet.get(String(one(i, 'system')));
  return codes === '*' || codes?.has(String(one(i, 'code'))) === true;
}

/** A required binding. What says in words alone (or by an extension) what it means passes: it has no code to be wrong. */
export function bound(i: unknown, t: ValidationTrail, valueSet: CodesOfSystems, name: string): void {
  const hasCode = typeof i === 'string' || one(i, 'coding') !== undefined || one(i, 'code') !== undefined || one(i, 'system') !== undefined;
  if (hasCode && !isBound(i, valueSet)) t.report('code-invalid', `Expected a code of the value set ${name}.`);
}
