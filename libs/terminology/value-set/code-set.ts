import type { Designation } from '../terminology-resources';
import type { Concept } from '../code-system/concept';

/** A code that a value set holds. */
export interface Member {
  system: string;
  version?: string;
  code: string;
  display?: string;
  designations: readonly Designation[];
  abstract: boolean;
  inactive: boolean;
  /** Its definition, where the code system is at hand. */
  concept?: Concept;
}

/**
 * What a value set holds, as far as it can be told. `listed` codes are known one by one. Of an `open` system every code
 * belongs to it, but for those named; they cannot be enumerated. Of an `unknown` system some may, and which cannot be told.
 */
export interface CodeSet {
  listed: Map<string, Member>;
  open: Map<string, ReadonlySet<string>>;
  unknown: Map<string, string>;
}

export const memberKey = (system: string, code: string): string => `${system} ${code}`;

export const noCodes = (): CodeSet => ({ listed: new Map(), open: new Map(), unknown: new Map() });

export const listedCodes = (members: Iterable<Member>): CodeSet => ({ ...noCodes(), listed: new Map([...members].map((member) => [memberKey(member.system, member.code), member])) });

export const openSystem = (system: string): CodeSet => ({ ...noCodes(), open: new Map([[system, new Set<string>()]]) });

/** `why` is for whoever needs the codes. */
export const unknownCodes = (system: string, why: string): CodeSet => ({ ...noCodes(), unknown: new Map([[system, why]]) });

export type Verdict = 'in' | 'out' | 'unknown';

export function verdictOn(set: CodeSet, system: string, code: string): Verdict {
  if (set.listed.has(memberKey(system, code))) return 'in';
  const except = set.open.get(system);
  if (except && !except.has(code)) return 'in';
  return set.unknown.has(system) ? 'unknown' : 'out';
}

export function union(sets: readonly CodeSet[]): CodeSet {
  const result = noCodes();
  for (const set of sets) {
    for (const [key, member] of set.listed) if (!result.listed.has(key)) result.listed.set(key, member);
    for (const [system, except] of set.open) result.open.set(system, intersectionOf(result.open.get(system) ?? except, except));
    for (const [system, why] of set.unknown) result.unknown.set(system, why);
  }
  return result;
}

export function intersection(a: CodeSet, b: CodeSet): CodeSet {
  const result = noCodes();
  keepCommon(result, a, b);
  keepCommon(result, b, a);
  return result;
}

/** Adds to `result` what `other` leaves of `one`. */
function keepCommon(result: CodeSet, one: CodeSet, other: CodeSet): void {
  for (const [key, member] of one.listed) {
    const verdict = verdictOn(other, member.system, member.code);
    if (verdict === 'in' && !result.listed.has(key)) result.listed.set(key, member);
    if (verdict === 'unknown') result.unknown.set(member.system, other.unknown.get(member.system)!);
  }
  for (const [system, except] of one.open) {
    const also = other.open.get(system);
    if (also) result.open.set(system, new Set([...except, ...also]));
  }
  for (const [system, why] of one.unknown) if (other.open.has(system) || other.unknown.has(system)) result.unknown.set(system, why);
}

export function difference(a: CodeSet, b: CodeSet): CodeSet {
  const result = noCodes();
  for (const [key, member] of a.listed) {
    const verdict = verdictOn(b, member.system, member.code);
    if (verdict === 'out') result.listed.set(key, member);
    if (verdict === 'unknown') result.unknown.set(member.system, b.unknown.get(member.system)!);
  }
  for (const [system, except] of a.open) {
    const unclear = b.unknown.get(system);
    if (unclear !== undefined) result.unknown.set(system, unclear);
    else if (!b.open.has(system)) result.open.set(system, new Set([...except, ...codesOf(b, system)]));
  }
  for (const [system, why] of a.unknown) if (!b.open.has(system)) result.unknown.set(system, why);
  return result;
}

const codesOf = (set: CodeSet, system: string): string[] => [...set.listed.values()].filter((member) => member.system === system).map(({ code }) => code);

const intersectionOf = (a: ReadonlySet<string>, b: ReadonlySet<string>): ReadonlySet<string> => new Set([...a].filter((code) => b.has(code)));
