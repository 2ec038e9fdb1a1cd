import type { ValidationTrail } from '../definitions/validation-trail';
import { isObject, many, one } from './path-members';
import { isSame } from './path-values';

// What the generated profiles are made of: each function checks one thing about one member and reports on the trail.

/** Checks that are handed on to other definitions of the same release. */
export interface Definitions {
  /** Checks an extension against the definition of that name. */
  extension(value: unknown, trail: ValidationTrail, url: string): void;
}

export type ProfileCheck = (o: unknown, t: ValidationTrail, d: Definitions) => void;

/** A profile or the definition of an extension: URL, the type that it is about, and its check. */
export type ProfileDefinition = readonly [url: string, type: string, check: ProfileCheck];

export interface Slice {
  name: string;
  min: number;
  max: number;
  is: (i: unknown) => boolean;
  check?: (i: unknown) => void;
}

const companionOf = (name: string): string => `_${name}`;

/** How many values a member has. */
export function counted(o: unknown, t: ValidationTrail, name: string, min: number, max = Number.POSITIVE_INFINITY): void {
  reportCount(many(o, name, companionOf(name)).length, t, name, min, max);
}

/** The same for a choice, whichever of its types is there. */
export function choiceCounted(o: unknown, t: ValidationTrail, stem: string, min: number, max = 1): void {
  reportCount(namesOf(o, stem).length, t, `${stem}[x]`, min, max);
}

function reportCount(count: number, t: ValidationTrail, name: string, min: number, max: number): void {
  if (count < min) t.report('required', min === 1 ? `${name} is required.` : `At least ${min} ${name} are required.`, name);
  else if (count > max) t.report('structure', max === 0 ? `${name} is not allowed.` : `At most ${max} ${name} allowed.`, name);
}

/** Types that a choice may have. */
export function choiceTypes(o: unknown, t: ValidationTrail, stem: string, allowed: readonly string[]): void {
  for (const name of namesOf(o, stem)) {
    if (!allowed.includes(name)) t.report('structure', `Expected ${allowed.join(' or ')}.`, name);
  }
}

function namesOf(o: unknown, stem: string): string[] {
  if (!isObject(o)) return [];
  const names = Object.keys(o).map((name) => (name.startsWith('_') ? name.slice(1) : name));
  return [...new Set(names.filter((name) => name.startsWith(stem) && /^[A-Z]/.test(name.slice(stem.length))))];
}

/** Each value of a member. */
export function items(o: unknown, t: ValidationTrail, name: string, check: (i: unknown) => void): void {
  if (!isObject(o)) return;
  const found = many(o, name, companionOf(name));
  if (found.length === 0) return;
  const repeats = Array.isArray(o[name] ?? o[companionOf(name)]);
  t.push(name);
  for (let index = 0; index < found.length; index++) {
    if (repeats) t.push(index);
    check(found[index]);
    if (repeats) t.pop();
  }
  t.pop();
}

/** The slices of a member: how many items each has, and what these keep. Closed: no item beside them. */
export function slices(o: unknown, t: ValidationTrail, name: string, closed: boolean, all: readonly Slice[]): void {
  const counts = all.map(() => 0);
  items(o, t, name, (i) => {
    const at = all.findIndex((slice) => slice.is(i));
    if (at >= 0) {
      counts[at] = (counts[at] ?? 0) + 1;
      all[at]?.check?.(i);
    } else if (closed) t.report('structure', `Expected one of the slices ${all.map((slice) => slice.name).join(', ')}.`);
  });
  all.forEach((slice, at) => {
    reportSlice(counts[at] ?? 0, t, name, slice);
  });
}

function reportSlice(count: number, t: ValidationTrail, name: string, { name: slice, min, max }: Slice): void {
  if (count < min) t.report('required', `${name} needs at least ${min} of the slice “${slice}”, found ${count}.`, name);
  else if (count > max) t.report('structure', `${name} has at most ${max} of the slice “${slice}”, found ${count}.`, name);
}

/** The one value that is allowed. */
export function fixed(i: unknown, t: ValidationTrail, value: unknown): void {
  if (hasSomething(i) && !isSame(i, value)) t.report('value', `Expected exactly ${shown(value)}.`);
}

/** What a value must contain. */
export function pattern(i: unknown, t: ValidationTrail, value: unknown): void {
  if (!fits(i, value)) t.report('value', `Expected a value that contains ${shown(value)}.`);
}

/** A primitive without value, where an extension says why, is not compared. */
function hasSomething(i: unknown): boolean {
  return !(isObject(i) && Object.keys(i).every((name) => name === 'id' || name === 'extension'));
}

/** True if a value contains a pattern: each member of it, and for each of its items one that fits. */
export function fits(value: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) return Array.isArray(value) && wanted.every((part) => value.some((item) => fits(item, part)));
  if (!isObject(wanted)) return isSame(value, wanted);
  return isObject(value) && Object.keys(wanted).every((name) => fits(value[name], wanted[name]));
}

/** A short constant of the definition, for a message; never what was given. */
function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length <= 200 ? text : `${text.slice(0, 200)}…`;
}

/** The values at a path, through lists. */
export function at(i: unknown, ...path: string[]): readonly unknown[] {
  let found: readonly unknown[] = [i];
  for (const name of path) found = found.flatMap((item) => many(item, name));
  return found;
}

const NAMED_TYPE = /(?:^|\/)([A-Z][A-Za-z]+)(?:\/[A-Za-z0-9\-.]{1,64}(?:\/_history\/[A-Za-z0-9\-.]{1,64})?|\?.*)$/;

/** The types that a reference may lead to, as far as the reference says where it leads. */
export function target(i: unknown, t: ValidationTrail, types: readonly string[]): void {
  const type = targetType(i, t);
  if (type !== undefined && !types.includes(type)) t.report('value', `Expected a reference to ${types.join(' or ')}.`);
}

function targetType(i: unknown, t: ValidationTrail): string | undefined {
  const [reference, type] = [one(i, 'reference'), one(i, 'type')];
  if (typeof reference !== 'string') return typeof type === 'string' && /^[A-Z][A-Za-z]*$/.test(type) ? type : undefined;
  if (reference === '#') return undefined;
  if (!reference.startsWith('#')) return NAMED_TYPE.exec(reference)?.[1];
  return one(t.contained(reference.slice(1)), 'resourceType') as string | undefined;
}
