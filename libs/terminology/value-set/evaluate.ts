import type { Concept } from '../code-system/concept';
import { conceptTest } from '../code-system/concept-filter';
import { conceptSystem, type ConceptSystem } from '../code-system/concept-system';
import { TerminologyError } from '../terminology-error';
import { type ConceptSet, type ExpandedCode, splitCanonical, type TerminologySource, type ValueSetResource } from '../terminology-resources';
import { type CodeSet, difference, intersection, listedCodes, type Member, noCodes, openSystem, union, unknownCodes } from './code-set';

export interface EvaluationOptions {
  /** Versions of code systems where the value set names none, or (forced) whatever it names; by URL. */
  versions?: ReadonlyMap<string, { version: string; force: boolean }>;
  /** URLs, or URLs with version, of code systems to leave out. */
  without?: ReadonlySet<string>;
}

/** Value sets that import each other; more is a circle or a trap. */
const MAX_DEPTH = 10;
const MAX_PARTS = 500;
const MAX_MEMBERS = 100_000;
/** Codes looked at for all parts together. */
const MAX_WORK = 1_000_000;

/** Works out what a value set holds (R4 §4.9.5): the union of its includes without its excludes. */
export class Evaluation {
  /** Canonicals of the code systems and value sets that took part. */
  readonly used = new Set<string>();
  /** Code systems of which only a part is at hand. */
  readonly partial = new Set<string>();
  private parts = 0;
  private work = 0;

  constructor(
    private readonly source: TerminologySource,
    private readonly options: EvaluationOptions = {},
  ) {}

  async of(valueSet: ValueSetResource, path: readonly string[] = []): Promise<CodeSet> {
    const url = valueSet.url ?? '';
    if (url && path.includes(url)) throw new TerminologyError('invalid', `The value set ${url} includes itself.`);
    if (path.length >= MAX_DEPTH) throw new TerminologyError('too-costly', `The value set ${path[0]} imports others more than ${MAX_DEPTH} levels deep.`);
    const { compose } = valueSet;
    const within = [...path, url];
    if (!compose?.include) return listedCodes(expandedMembers(valueSet.expansion?.contains ?? []));
    const included = union(await this.all(compose.include, within));
    const excluded = union(await this.all(compose.exclude ?? [], within));
    const rest = difference(included, excluded);
    if (rest.listed.size > MAX_MEMBERS) throw new TerminologyError('too-costly', `The value set ${url} holds more than ${MAX_MEMBERS} codes.`);
    return compose.inactive === false ? withoutInactive(rest) : rest;
  }

  private async all(sets: readonly ConceptSet[], path: readonly string[]): Promise<CodeSet[]> {
    const found: CodeSet[] = [];
    for (const set of sets) found.push(await this.part(set, path));
    return found;
  }

  /** What a system and its filters select, of that which is also in all imported value sets. */
  private async part(set: ConceptSet, path: readonly string[]): Promise<CodeSet> {
    this.parts += 1;
    if (this.parts > MAX_PARTS) throw new TerminologyError('too-costly', `The value set ${path[0]} is put together from more than ${MAX_PARTS} parts.`);
    const selected = set.system === undefined ? [] : [await this.selected(set, set.system)];
    for (const canonical of set.valueSet ?? []) selected.push(await this.imported(canonical, path));
    return selected.length === 0 ? noCodes() : selected.reduce(intersection);
  }

  private async imported(canonical: string, path: readonly string[]): Promise<CodeSet> {
    const { url, version } = splitCanonical(canonical);
    const valueSet = await this.source.valueSet(url, version);
    if (!valueSet) throw new TerminologyError('not-found', `The value set ${canonical} that ${path.at(-1) || 'the value set'} imports is not known here; upload it as a ValueSet.`);
    this.used.add(`${url}${valueSet.version ? `|${valueSet.version}` : ''}`);
    return this.of(valueSet, path);
  }

  private async selected(set: ConceptSet, url: string): Promise<CodeSet> {
    const version = this.versionOf(set, url);
    if (this.options.without?.has(url) || this.options.without?.has(`${url}|${version}`)) return noCodes();
    const resource = await this.source.codeSystem(url, version);
    const system = resource && resource.content !== 'not-present' && resource.content !== 'supplement' ? conceptSystem(resource) : undefined;
    this.used.add(`${url}${(system?.resource.version ?? version) ? `|${system?.resource.version ?? version}` : ''}`);
    if (set.concept) return listedCodes(namedMembers(set, url, system));
    if (!system) return set.filter?.length ? unknownCodes(url, `${url} is not at hand, so its filters cannot be applied`) : openSystem(url);
    return this.filtered(set, url, system);
  }

  private versionOf({ version }: ConceptSet, url: string): string | undefined {
    const chosen = this.options.versions?.get(url);
    return chosen && (chosen.force || !version) ? chosen.version : version;
  }

  private filtered(set: ConceptSet, url: string, system: ConceptSystem): CodeSet {
    if (!system.complete) this.partial.add(url);
    this.work += system.size;
    if (this.work > MAX_WORK) throw new TerminologyError('too-costly', 'The value set is put together from too many large parts.');
    return filteredMembers(set, url, system);
  }
}

function filteredMembers(set: ConceptSet, url: string, system: ConceptSystem): CodeSet {
  const tests = (set.filter ?? []).map((filter) => conceptTest(system, filter));
  const members: Member[] = [];
  for (const concept of system.concepts()) if (tests.every((test) => test(concept))) members.push(memberOf(url, system, concept));
  return listedCodes(members);
}

function memberOf(system: string, { resource: { version } }: ConceptSystem, concept: Concept): Member {
  const { code, display, designations, abstract, inactive } = concept;
  return { system, ...(version && { version }), code, ...(display && { display }), designations, abstract, inactive, concept };
}

/** A code that a complete code system does not have is left out; what the value set calls it goes before its own display. */
function namedMembers(set: ConceptSet, url: string, system: ConceptSystem | undefined): Member[] {
  return (set.concept ?? []).flatMap(({ code, display, designation = [] }): Member[] => {
    if (code === undefined) return [];
    const concept = system?.concept(code);
    if (!concept) return system?.complete ? [] : [{ system: url, ...(set.version && { version: set.version }), code, ...(display && { display }), designations: designation, abstract: false, inactive: false }];
    return [{ ...memberOf(url, system!, concept), ...(display && { display }), designations: [...designation, ...concept.designations] }];
  });
}

function expandedMembers(contains: readonly ExpandedCode[]): Member[] {
  return contains.flatMap(({ system, version, code, display, designation = [], abstract = false, inactive = false, contains: below = [] }): Member[] => {
    const own: Member[] = system && code ? [{ system, ...(version && { version }), code, ...(display && { display }), designations: designation, abstract, inactive }] : [];
    return [...own, ...expandedMembers(below)];
  });
}

function withoutInactive(set: CodeSet): CodeSet {
  return { ...set, listed: new Map([...set.listed].filter(([, member]) => !member.inactive)) };
}
