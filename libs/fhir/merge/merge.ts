import { pairItems } from './pair-items';
import { deepEqual, isObject, type JsonObject } from './values';

/**
 * A three-way merge: applies what changed between two renderings of a row to the resource as it is stored.
 * Elements that both renderings agree on are left exactly as they are, also those the row knows nothing of;
 * so an edit of one column changes the element it stands for and loses nothing else.
 */
export function mergeChanges(before: JsonObject, after: JsonObject, stored: JsonObject): JsonObject {
  const result: JsonObject = { ...stored };
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (deepEqual(before[name], after[name])) continue;
    const merged = mergeValue(before[name], after[name], stored[name]);
    if (merged === undefined) delete result[name];
    else result[name] = merged;
  }
  return result;
}

function mergeValue(before: unknown, after: unknown, stored: unknown): unknown {
  if (after === undefined) return without(before, stored);
  if (stored === undefined) return after;
  if (before === undefined) return mergeNew(after, stored);
  if (Array.isArray(before) && Array.isArray(after) && Array.isArray(stored)) return mergeArrays(before, after, stored);
  if (isObject(before) && isObject(after) && isObject(stored)) return isAtomic(after) ? replaceAtomic(after, stored) : mergeChanges(before, after, stored);
  return after;
}

/** The row begins to say something of an element that is there already: what it does not speak of stays. */
function mergeNew(after: unknown, stored: unknown): unknown {
  if (Array.isArray(after) && Array.isArray(stored)) return mergeArrays([], after, stored);
  return isObject(after) && isObject(stored) && !isAtomic(after) ? mergeChanges({}, after, stored) : after;
}

/** What remains of `stored` when the row no longer says `before`: items of an array go one by one, anything else goes whole. */
function without(before: unknown, stored: unknown): unknown {
  if (!Array.isArray(before) || !Array.isArray(stored)) return undefined;
  const left = mergeArrays(before, [], stored);
  return left.length > 0 ? left : undefined;
}

/** A quantity's unit and a coding's display belong to their value: they change together, or the unit stays as it was worded. */
const isAtomic = (value: JsonObject): boolean => typeof value.value === 'number' || typeof value.code === 'string';

const ATOMIC_KEYS = ['value', 'comparator', 'unit', 'system', 'version', 'code', 'display', 'userSelected'];

function replaceAtomic(after: JsonObject, stored: JsonObject): JsonObject {
  if ('value' in after && stored.code === after.code && stored.system === after.system) return { ...stored, value: after.value };
  const kept = Object.fromEntries(Object.entries(stored).filter(([name]) => !ATOMIC_KEYS.includes(name)));
  return { ...kept, ...after };
}

function mergeArrays(before: unknown[], after: unknown[], stored: unknown[]): unknown[] {
  // Nothing else is stored, or the items are plain values whose order is their meaning (given names, address lines).
  if (deepEqual(before, stored) || !after.every(isObject)) return after;
  const result: (unknown | typeof GONE)[] = [...stored];
  const places = pairItems(before, stored);
  const successors = pairItems(before, after);
  // An item that both renderings agree on is no addition, even where it is stored in words too different to be recognised.
  const followed = new Set(successors.filter((next, index) => next !== undefined && (places[index] !== undefined || deepEqual(before[index], after[next]))));
  const added = after.filter((_, index) => !followed.has(index));
  before.forEach((item, index) => {
    const place = places[index];
    const next = successors[index];
    if (place === undefined) return;
    // What comes instead of an item takes its place: the first of several is the one that counts.
    result[place] = next === undefined ? (added.length > 0 ? added.shift() : GONE) : mergeItem(item, after[next], stored[place]);
  });
  return [...result.filter((item) => item !== GONE), ...added];
}

const GONE = Symbol('gone');

function mergeItem(before: unknown, after: unknown, stored: unknown): unknown {
  return deepEqual(before, after) ? stored : mergeValue(before, after, stored);
}
