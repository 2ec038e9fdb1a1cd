import type { Coding } from '#libs/fhir';
import type { ConceptMapResource, MapElement, MapGroup, MapTarget } from '../terminology-resources';
import { splitCanonical } from '../terminology-resources';

export interface Match {
  /** Code system `concept-map-equivalence`, seen from the given code. */
  equivalence: string;
  concept?: Coding;
  product: readonly MapElement[];
  comment?: string;
  /** Canonical of the map. */
  source?: string;
}

export interface TranslateOptions {
  /** From target to source. */
  reverse?: boolean;
  /** Code system that the result has to be of. */
  targetSystem?: string;
  /** Further elements that mappings may depend on. */
  dependencies?: readonly MapElement[];
  /** Finds the map that a group names for what it does not map itself. */
  otherMap?: (canonical: string) => Promise<ConceptMapResource | undefined>;
}

/** Maps that lead on to others. */
const MAX_MAPS = 5;

/** What a concept map makes of a code (R4 operation ConceptMap/$translate). A code without system is sought in every group. */
export async function translate(map: ConceptMapResource, coding: Coding, options: TranslateOptions = {}, depth = 0): Promise<Match[]> {
  const source = map.url && `${map.url}${map.version ? `|${map.version}` : ''}`;
  const found: Match[] = [];
  for (const group of (map.group ?? []).filter((one) => concerns(one, coding, options))) {
    const matches = options.reverse ? backward(group, coding) : forward(group, coding, options.dependencies ?? []);
    const all = matches.length > 0 || options.reverse ? matches : await unmapped(group, coding, options, depth);
    found.push(...all.map((match) => ({ ...(source && { source }), ...match })));
  }
  return found;
}

function concerns(group: MapGroup, { system }: Coding, { reverse, targetSystem }: TranslateOptions): boolean {
  const [from, to] = reverse ? [group.target, group.source] : [group.source, group.target];
  const isFrom = system === undefined || from === undefined || splitCanonical(from).url === system;
  return isFrom && (targetSystem === undefined || to === targetSystem);
}

/** Does it say that there is something to go by? */
export const isMapped = ({ equivalence }: Match): boolean => equivalence !== 'unmatched' && equivalence !== 'disjoint';

function forward(group: MapGroup, { code }: Coding, dependencies: readonly MapElement[]): Match[] {
  const targets = (group.element ?? []).filter((element) => element.code === code).flatMap((element) => element.target ?? []);
  return targets.filter((target) => holds(target, dependencies)).map((target) => matchOf(group.target, group.targetVersion, target, target.equivalence, target));
}

function backward(group: MapGroup, { code }: Coding): Match[] {
  return (group.element ?? []).flatMap((element) => {
    const target = element.target?.find((one) => one.code === code);
    return target ? [matchOf(group.source, group.sourceVersion, element, opposite(target.equivalence), { comment: target.comment })] : [];
  });
}

function matchOf(system: string | undefined, version: string | undefined, { code, display }: { code?: string; display?: string }, equivalence = 'equivalent', { product = [], comment }: Pick<MapTarget, 'product' | 'comment'>): Match {
  const concept = code === undefined ? undefined : { ...(system && { system }), ...(version && { version }), code, ...(display && { display }) };
  return { equivalence, ...(concept && { concept }), product, ...(comment && { comment }) };
}

/** A mapping that depends on other elements needs each of them with that value. */
const holds = ({ dependsOn = [] }: MapTarget, given: readonly MapElement[]): boolean =>
  dependsOn.every((needed) => given.some((one) => one.property === needed.property && one.value === needed.value && (needed.system === undefined || one.system === needed.system)));

const OPPOSITE: Record<string, string> = { wider: 'narrower', narrower: 'wider', subsumes: 'specializes', specializes: 'subsumes' };

const opposite = (equivalence = 'equivalent'): string => OPPOSITE[equivalence] ?? equivalence;

async function unmapped(group: MapGroup, coding: Coding, options: TranslateOptions, depth: number): Promise<Match[]> {
  const { mode, code, display, url } = group.unmapped ?? {};
  if (mode === 'provided') return [matchOf(group.target, group.targetVersion, { code: coding.code, display: coding.display }, 'equal', {})];
  if (mode === 'fixed') return [matchOf(group.target, group.targetVersion, { code, display }, 'inexact', {})];
  if (mode !== 'other-map' || !url || depth >= MAX_MAPS) return [];
  const other = await options.otherMap?.(url);
  return other ? translate(other, coding, options, depth + 1) : [];
}
