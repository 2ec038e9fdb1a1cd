import type { Invariant } from '../validation/invariant';
import { type ElementCheck, isJsonObject, type JsonObject } from './element-check';
import type { ValidationTrail } from './validation-trail';

/** A JSON member that a type allows, and how its value is checked. */
export interface Member {
  /** Name of the element: that of the primitive also for its companion `_name`. */
  element: string;
  check: ElementCheck;
  choice: string | undefined;
}

/** All that is needed to check an object of one type. */
export interface ObjectType {
  name: string;
  members: ReadonlyMap<string, Member>;
  /** Elements that must be there; the name of the companion that also satisfies it, where there is one. */
  required: readonly { element: string; companion: string | undefined }[];
  requiredChoices: readonly string[];
  /** False for the companion of a primitive, whose value stands beside it. */
  needsMoreThanId: boolean;
  /** Rules between its elements: those that must hold, and those that should. */
  invariants: readonly Invariant[];
  advice: readonly Invariant[];
}

/** Checks an object against its type, first element by element; where these are right, the rules between them. */
export function checkObject(value: unknown, type: ObjectType, trail: ValidationTrail): void {
  if (!isJsonObject(value)) return trail.report('structure', `Expected an object of type ${type.name}.`);
  if (!trail.enter()) return;
  const before = trail.issues.length;
  checkElements(value, type, trail);
  if (trail.issues.length === before) trail.hold(type.invariants, value);
  if (trail.isThorough) trail.hold(type.advice, value);
  trail.leave();
}

/** Each member known, each right, none missing, one of each choice. */
function checkElements(value: JsonObject, type: ObjectType, trail: ValidationTrail): void {
  const chosen = checkMembers(value, type, trail);
  for (const { element, companion } of type.required) {
    if (value[element] === undefined && (companion === undefined || value[companion] === undefined)) {
      trail.report('required', `${element} is required.`, element);
    }
  }
  for (const choice of type.requiredChoices) {
    if (!chosen?.has(choice)) trail.report('required', `${choice} is required.`, choice);
  }
}

/** Returns which element was taken of each choice, if any was. */
function checkMembers(value: JsonObject, type: ObjectType, trail: ValidationTrail): Map<string, string> | undefined {
  let chosen: Map<string, string> | undefined;
  let isEmpty = true;
  for (const name in value) {
    const given = value[name];
    if (given === undefined) continue;
    if (name !== 'id' || !type.needsMoreThanId) isEmpty = false;
    const member = type.members.get(name);
    if (member === undefined) reportUnknown(name, type, trail);
    else {
      if (member.choice !== undefined) {
        chosen ??= new Map();
        choose(member.choice, member.element, chosen, trail);
      }
      trail.push(member.element);
      member.check(given, trail, value);
      trail.pop();
    }
  }
  // R4 ele-1: an element has a value or children; an id alone is neither.
  if (isEmpty) trail.report('structure', 'An object must not be empty.');
  return chosen;
}

function choose(choice: string, element: string, chosen: Map<string, string>, trail: ValidationTrail): void {
  const before = chosen.get(choice);
  if (before === undefined) chosen.set(choice, element);
  else if (before !== element) trail.report('structure', `Only one type of ${choice} may be given.`, element);
}

/** A name is repeated only if it looks like one: what a client sends as a name may be anything. */
function reportUnknown(name: string, type: ObjectType, trail: ValidationTrail): void {
  const shown = /^\w{1,64}$/.test(name) ? name : undefined;
  trail.report('structure', `${shown ?? 'This'} is not an element of ${type.name}.`, shown);
}
