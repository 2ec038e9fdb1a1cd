import { checkItems, type ElementCheck, type JsonObject } from './element-check';
import { hasJsonType, type PrimitiveType } from './primitive-types';
import { narrativeProblem } from '../validation/narrative/narrative-check';
import type { ValidationTrail } from './validation-trail';

type ValueCheck = (value: unknown, trail: ValidationTrail) => void;

/** A check of one primitive value; `codes` closes its value space further. */
export function primitiveCheck(type: PrimitiveType, codes: ReadonlySet<string> | undefined): ValueCheck {
  const accepts = type.accepts as (value: unknown) => boolean;
  const expected = codes && expectedCodes(codes);
  return (value, trail) => {
    if (!hasJsonType(value, type)) trail.report('structure', `Expected a JSON ${type.json}.`);
    else if (!accepts(value)) trail.report('value', `Expected ${type.expected}.`);
    else if (codes !== undefined && !codes.has(value as string)) trail.report('code-invalid', expected!);
  };
}

const MOST_NAMED = 12;

/** A short value set is told whole, so that the cure is in the message. */
function expectedCodes(codes: ReadonlySet<string>): string {
  return `Expected a code of the required value set${codes.size > MOST_NAMED ? '' : `: ${[...codes].join(', ')}`}.`;
}

/** A check of the XHTML of a narrative. */
export function narrativeCheck(value: unknown, trail: ValidationTrail): void {
  if (typeof value !== 'string') return trail.report('structure', 'Expected a JSON string.');
  const problem = narrativeProblem(value);
  if (problem !== undefined) trail.report('invariant', problem);
}

/**
 * A check of an array of primitives. An item may be null where the array of companions (`_given` for `given`)
 * has an object at that place (R4 §2.6.2.3).
 */
export function primitiveItemsCheck(name: string, check: ValueCheck): ElementCheck {
  const companion = `_${name}`;
  return (value, trail, owner) => {
    checkItems(value, trail, (item, index) => {
      if (item !== null) check(item, trail);
      else if (!hasItem(owner, companion, index)) trail.report('structure', 'A null needs an extension at the same place.');
    });
  };
}

/** A check of the companion of an array of primitives: objects, or null where there is a value without extension. */
export function companionItemsCheck(name: string, check: ElementCheck): ElementCheck {
  return (value, trail, owner) => {
    checkItems(value, trail, (item, index) => {
      if (item !== null) check(item, trail, owner);
      else if (!hasItem(owner, name, index)) trail.report('structure', 'A null needs a value at the same place.');
    });
  };
}

function hasItem(owner: JsonObject, name: string, index: number): boolean {
  const items = owner[name];
  return Array.isArray(items) && items[index] !== null && items[index] !== undefined;
}
