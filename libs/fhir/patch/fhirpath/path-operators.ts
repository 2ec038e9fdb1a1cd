import { Decimal } from '../../json/decimal';
import { sameJson } from '../json-values';
import { PatchError } from '../patch-error';
import type { Spot } from './spot';

type Truth = boolean | undefined;
type Binary = (left: readonly Spot[], right: readonly Spot[]) => Spot[];

/** What a collection says as a condition: nothing, one truth, or the presence of one value (FHIRPath §4.5). */
export function truthOf(spots: readonly Spot[]): Truth {
  if (spots.length > 1) throw new PatchError('document', 'A condition of a path compares more than one value.');
  const [spot] = spots;
  return spot && (typeof spot.value === 'boolean' ? spot.value : true);
}

export const said = (truth: Truth): Spot[] => (truth === undefined ? [] : [{ type: 'boolean', value: truth }]);

/** Nothing compared with something is neither equal nor unequal. */
function same(left: readonly Spot[], right: readonly Spot[]): Truth {
  if (left.length === 0 || right.length === 0) return undefined;
  return left.length === right.length && left.every((spot, index) => sameJson(spot.value, right[index]!.value));
}

function negated(truth: Truth): Truth {
  return truth === undefined ? undefined : !truth;
}

const order = (holds: (difference: number) => boolean): Binary => (left, right) => {
  const [a, b] = [comparable(left), comparable(right)];
  if (a === undefined || b === undefined) return [];
  if (typeof a !== typeof b) throw new PatchError('document', 'A condition of a path compares values of different kinds.');
  return said(holds(a < b ? -1 : a > b ? 1 : 0));
};

function comparable(spots: readonly Spot[]): string | number | undefined {
  truthOf(spots);
  const value = spots[0]?.value;
  if (value instanceof Decimal) return value.valueOf();
  return typeof value === 'string' || typeof value === 'number' ? value : undefined;
}

/** Three-valued: false settles an `and`, true an `or`, whatever is unknown. */
const and = (a: Truth, b: Truth): Truth => (a === false || b === false ? false : a === undefined || b === undefined ? undefined : true);
const or = (a: Truth, b: Truth): Truth => negated(and(negated(a), negated(b)));
const xor = (a: Truth, b: Truth): Truth => (a === undefined || b === undefined ? undefined : a !== b);

const logic = (combine: (a: Truth, b: Truth) => Truth): Binary => (left, right) => said(combine(truthOf(left), truthOf(right)));
const isIn: Binary = (left, right) => (left.length === 0 ? [] : said(right.some((spot) => same(left, [spot]) === true)));

/** The operators that a condition in a path may use. */
export const BINARY: ReadonlyMap<string, Binary> = new Map<string, Binary>([
  ['=', (left, right) => said(same(left, right))],
  ['!=', (left, right) => said(negated(same(left, right)))],
  ['<', order((difference) => difference < 0)],
  ['<=', order((difference) => difference <= 0)],
  ['>', order((difference) => difference > 0)],
  ['>=', order((difference) => difference >= 0)],
  ['and', logic(and)],
  ['or', logic(or)],
  ['xor', logic(xor)],
  ['implies', logic((a, b) => or(negated(a), b))],
  ['in', isIn],
  ['contains', (left, right) => isIn(right, left)],
  ['|', (left, right) => [...left, ...right.filter((spot) => !left.some((other) => other.value === spot.value && other.site?.owner.value === spot.site?.owner.value))]],
]);
