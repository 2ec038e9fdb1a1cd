/** An object inside a resource, its members not yet looked at. */
export type ElementObject = Readonly<Record<string, unknown>>;

const NOTHING: ElementObject = Object.freeze({});
const NONE: readonly never[] = Object.freeze([]);

// The generated extractors walk resources with these, so that a resource of an odd shape yields less, never an error.

/** The value if it is an object, else one without members. */
export function object(value: unknown): ElementObject {
  return isElement(value) ? value : NOTHING;
}

/** The items of an array; none if it is no array. */
export function items(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : NONE;
}

/** The objects of an array. */
export function objects(value: unknown): readonly ElementObject[] {
  if (!Array.isArray(value)) return NONE;
  return value.every(isElement) ? value : value.filter(isElement);
}

/** The object at one place of an array. */
export function item(value: unknown, at: number): ElementObject {
  return object(items(value)[at]);
}

/** True for an object that is no array. */
export function isElement(value: unknown): value is ElementObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
