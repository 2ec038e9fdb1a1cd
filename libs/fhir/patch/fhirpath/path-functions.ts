import type { PathNode } from '../../fhirpath/path-node';
import { PatchError } from '../patch-error';
import { said, truthOf } from './path-operators';
import { childSpots, type Spot } from './spot';

/** What a function needs of the walk it is called in. */
interface Walker {
  walk(node: PathNode, focus: readonly Spot[]): Spot[];
  holds(node: PathNode, spot: Spot): boolean;
}

type PathFunction = (walker: Walker, of: readonly Spot[], given: readonly PathNode[], focus: readonly Spot[]) => Spot[];

/** `as` and `ofType` keep what is of the type, `is` tells. */
export function typeNamed(of: readonly Spot[], type: string, operator: 'is' | 'as'): Spot[] {
  const name = type.replace(/^(?:FHIR|System)\./, '');
  const kept = of.filter((spot) => spot.type === name);
  if (operator === 'as') return kept;
  return of.length === 0 ? [] : said(kept.length === of.length);
}

/** A type is written like a path. */
function typeIn(node: PathNode | undefined): string {
  if (node?.kind !== 'child') throw new PatchError('document', 'A type is expected in the path.');
  return node.of ? `${typeIn(node.of)}.${node.name}` : node.name;
}

function only<T>(given: readonly T[], count: number): readonly T[] {
  if (given.length !== count) throw new PatchError('document', `A function in the path takes ${count} arguments.`);
  return given;
}

function text(walker: Walker, node: PathNode | undefined, focus: readonly Spot[]): string {
  const value = node && walker.walk(node, focus)[0]?.value;
  if (typeof value !== 'string') throw new PatchError('document', 'A text is expected in the path.');
  return value;
}

function count(walker: Walker, node: PathNode | undefined, focus: readonly Spot[]): number {
  const value = node && walker.walk(node, focus)[0]?.value;
  if (typeof value !== 'number') throw new PatchError('document', 'A number is expected in the path.');
  return Math.max(0, value);
}

const where: PathFunction = (walker, of, given) => {
  const [condition] = only(given, 1);
  return of.filter((spot) => walker.holds(condition!, spot));
};

const onText = (test: (value: string, part: string) => boolean): PathFunction => (walker, of, given, focus) => {
  const value = of[0]?.value;
  return of.length === 1 && typeof value === 'string' ? said(test(value, text(walker, only(given, 1)[0], focus))) : [];
};

/** The functions that say which of several is meant. Nothing that leaves the resource (resolve) and no patterns. */
export const FUNCTIONS: ReadonlyMap<string, PathFunction> = new Map<string, PathFunction>([
  ['where', where],
  ['exists', (walker, of, given, focus) => said((given.length > 0 ? where(walker, of, given, focus) : of).length > 0)],
  ['all', (walker, of, given) => said(of.every((spot) => walker.holds(only(given, 1)[0]!, spot)))],
  ['empty', (_, of) => said(of.length === 0)],
  ['not', (_, of) => {
    const truth = truthOf(of);
    return said(truth === undefined ? undefined : !truth);
  }],
  ['count', (_, of) => [{ type: 'number', value: of.length }]],
  ['hasValue', (_, of) => said(of.length === 1 && of[0]!.value !== undefined)],
  ['first', (_, of) => of.slice(0, 1)],
  ['last', (_, of) => of.slice(-1)],
  ['tail', (_, of) => of.slice(1)],
  ['skip', (walker, of, given, focus) => of.slice(count(walker, given[0], focus))],
  ['take', (walker, of, given, focus) => of.slice(0, count(walker, given[0], focus))],
  ['single', (_, of) => {
    if (of.length > 1) throw new PatchError('state', 'single() in the path meets more than one value.');
    return [...of];
  }],
  ['extension', (walker, of, given, focus) => {
    const url = text(walker, only(given, 1)[0], focus);
    return of.flatMap((spot) => childSpots(spot, 'extension')).filter((spot) => (spot.value as { url?: unknown }).url === url);
  }],
  ['ofType', (_, of, given) => typeNamed(of, typeIn(given[0]), 'as')],
  ['as', (_, of, given) => typeNamed(of, typeIn(given[0]), 'as')],
  ['is', (_, of, given) => typeNamed(of, typeIn(given[0]), 'is')],
  ['startsWith', onText((value, part) => value.startsWith(part))],
  ['endsWith', onText((value, part) => value.endsWith(part))],
  ['contains', onText((value, part) => value.includes(part))],
]);
