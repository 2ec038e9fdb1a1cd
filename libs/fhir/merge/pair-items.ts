import { deepEqual, isObject } from './values';

/** What tells one item of a FHIR array from its neighbours. `use` does so too, unless the rest says the same. */
const IDENTITY = ['url', 'system', 'code', 'linkId', 'id'];
const SAME_DESPITE_USE = 2;

/**
 * For each item of `from`, the index of the item of `to` that is the same thing (perhaps edited), or undefined.
 * Equal items pair first, then those that agree most; an item pairs once.
 */
export function pairItems(from: unknown[], to: unknown[]): (number | undefined)[] {
  const result = new Array<number | undefined>(from.length).fill(undefined);
  const taken = new Set<number>();
  const pair = (index: number, place: number) => {
    result[index] = place;
    taken.add(place);
  };
  from.forEach((item, index) => {
    const place = to.findIndex((other, at) => !taken.has(at) && deepEqual(item, other));
    if (place >= 0) pair(index, place);
  });
  for (const { index, place } of candidates(from, to)) {
    if (result[index] === undefined && !taken.has(place)) pair(index, place);
  }
  return result;
}

function candidates(from: unknown[], to: unknown[]): { index: number; place: number; score: number }[] {
  const all = from.flatMap((item, index) => to.map((other, place) => ({ index, place, score: likeness(item, other) })));
  return all.filter((candidate) => candidate.score > 0).sort((a, b) => b.score - a.score || a.index - b.index || a.place - b.place);
}

/** Number of scalar leaves that agree; 0 where the two differ in what identifies them. */
function likeness(a: unknown, b: unknown): number {
  if (!isObject(a) || !isObject(b)) return 0;
  if (IDENTITY.some((name) => differ(a[name], b[name]))) return 0;
  const agreeing = agreeingLeaves(a, b);
  return differ(a.use, b.use) && agreeing < SAME_DESPITE_USE ? 0 : agreeing;
}

const differ = (a: unknown, b: unknown): boolean => isScalar(a) && isScalar(b) && a !== b;

function agreeingLeaves(a: unknown, b: unknown): number {
  if (Array.isArray(a) && Array.isArray(b)) return a.reduce<number>((sum, item, index) => sum + agreeingLeaves(item, b[index]), 0);
  if (isObject(a) && isObject(b)) return Object.keys(a).reduce((sum, name) => sum + agreeingLeaves(a[name], b[name]), 0);
  return isScalar(a) && a === b ? 1 : 0;
}

const isScalar = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
