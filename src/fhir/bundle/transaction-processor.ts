import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../config';
import type { Tx } from '../../database';
import { type Access, SalusError } from '../../kernel';
import { StillReferred } from '../integrity/deletions';
import { ReferenceRules, type Stored } from '../integrity/reference-rules';
import { SearchService } from '../search';
import { type Current, loadByNames, mayRead, RefusedChange, ResourceWriter, type StoredVersion, type Written } from '../store';
import { BundleMatches } from './bundle-matches';
import { BundleNames } from './bundle-names';
import { ConditionalReferences } from './conditional-references';
import { type Criteria, criteriaOf } from './criteria';
import { lockCriteria } from './criteria-lock';
import { type Entry, ownCopy } from './entry';
import { EntryReads } from './entry-reads';
import { ofEntry, refusalOf } from './entry-refusal';
import { linkLiterally, logicalLinks } from './logical-links';
import { Matches } from './matches';
import { planSteps } from './plan';
import { ReadBudget } from './read-budget';
import { rewriteConditions, rewriteNames } from './rewrite';
import { StoredMatches } from './stored-matches';
import type { BundleOptions, EntryResult, Step } from './step';

/** What the criteria of one delete may name, where they may name several (SALUS_CONDITIONAL_DELETE). */
const MOST_DELETED = 500;

type WrittenResult = Extract<EntryResult, { kind: 'written' }>;
type WriteStep = Extract<Step, { kind: 'write' }>;

/** What criteria are held against. */
interface Sights {
  stored: StoredMatches;
  matches: Matches;
}

/** Entries refused so far, and why. */
type Refusals = Map<number, SalusError>;

/**
 * The rules of a transaction (R4 §3.1.0.11.2): everything is settled first (ids, conditions, references), then
 * stored by one call of the writer. The number of statements does not grow with the number of entries.
 */
@Injectable()
export class TransactionProcessor {
  constructor(
    private readonly writer: ResourceWriter,
    private readonly search: SearchService,
    private readonly reads: EntryReads,
    private readonly references: ReferenceRules,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Carries out `entries` within `tx`; results in their order. The entries stay as they are, so that it may run again.
   * Throws at the first thing that is wrong (nothing of `tx` may be kept then), unless `tolerant`: that leaves out
   * entries that cannot be settled. What the writer itself refuses is thrown in either case.
   */
  async run(tx: Tx, access: Access, given: readonly Entry[], options: BundleOptions): Promise<EntryResult[]> {
    const refusals: Refusals = new Map();
    const entries = given.map(ownCopy);
    const steps = await this.settle(tx, access, entries, options, refusals);
    if (refusals.size > 0 && !options.tolerant) throw refusalOf([...refusals.values()]);
    const results = new Map<number, EntryResult>();
    for (const [index, error] of refusals) results.set(index, { kind: 'refused', index, error });
    for (const result of await this.write(tx, access, steps, options)) results.set(result.entry.index, result);
    for (const result of await this.existing(tx, access, steps)) results.set(result.entry.index, result);
    const budget = new ReadBudget();
    for (const step of steps) {
      if (step.kind === 'nothing') results.set(step.entry.index, step);
      if (step.kind === 'read') results.set(step.entry.index, await budget.spend(step.entry.index, () => this.reads.run(tx, access, step.entry, options)));
    }
    return entries.map((entry) => results.get(entry.index)!);
  }

  private async settle(tx: Tx, access: Access, entries: readonly Entry[], options: BundleOptions, refusals: Refusals): Promise<Step[]> {
    const written = new BundleMatches();
    const stored = new StoredMatches(tx, access, this.search);
    const matches = new Matches(stored, written);
    const criteria = conditionsOf(entries, refusals);
    await lockCriteria(tx, [...criteria.values()]);
    const mostDeleted = this.config.SALUS_CONDITIONAL_DELETE === 'multiple' ? MOST_DELETED : 1;
    await stored.load([...criteria.values()], Math.max(entries.length, mostDeleted));
    const sound = entries.filter((entry) => !refusals.has(entry.index));
    const steps = planSteps(sound, { access, options, matches, written, criteria, mostDeleted }, (index, error) => refusals.set(index, error));
    return resolveReferences(steps, { stored, matches }, options, refusals);
  }

  private async write(tx: Tx, access: Access, steps: readonly Step[], options: BundleOptions): Promise<WrittenResult[]> {
    const writes = steps.filter((step): step is WriteStep => step.kind === 'write');
    if (writes.length === 0) return [];
    const written = await this.apply(tx, access, writes);
    await this.checkReferences(tx, access, writes, written, options);
    const count = new Map<number, number>();
    return writes.map(({ entry }, index) => {
      count.set(entry.index, (count.get(entry.index) ?? 0) + 1);
      return { kind: 'written', entry, written: shown(access, entry, written[index]!), count: count.get(entry.index)! };
    });
  }

  private async apply(tx: Tx, access: Access, writes: readonly WriteStep[]) {
    try {
      return await this.writer.apply(tx, access, writes.map((step) => step.change));
    } catch (error) {
      throw error instanceof RefusedChange ? ofEntry(writes[error.index]!.entry.index, error) : error;
    }
  }

  /** An import comes in pieces: what it refers to may be in the next one. */
  private async checkReferences(tx: Tx, access: Access, writes: readonly WriteStep[], written: readonly Written[], { keepIds }: BundleOptions): Promise<void> {
    const stored = new Map(writes.map(({ entry }, index): [Stored, Entry] => [{ written: written[index]!, ...(entry.cascade && { cascade: true }) }, entry]));
    const refusals = keepIds ? [] : [...(await this.references.refusals(tx, access, [...stored.keys()]))];
    if (refusals.length > 0) throw refusalOf(refusals.map(([one, error]) => ofEntry(stored.get(one)!.index, error, '.resource')));
    try {
      await this.references.checkDeletions(tx, access, [...stored.keys()]);
    } catch (error) {
      const entry = error instanceof StillReferred ? writes.find(({ change }) => `${change.type}/${change.id}` === error.target)?.entry : undefined;
      throw entry ? ofEntry(entry.index, error as SalusError) : error;
    }
  }

  private async existing(tx: Tx, access: Access, steps: readonly Step[]): Promise<Extract<EntryResult, { kind: 'existing' }>[]> {
    const found = steps.filter((step) => step.kind === 'existing');
    if (found.length === 0) return [];
    const stored = await loadByNames(tx, found);
    return found.map((step) => ({ kind: 'existing', entry: step.entry, stored: versionFor(access, stored.get(`${step.type}/${step.id}`)!) }));
  }
}

/** Criteria of conditional writes. */
function conditionsOf(entries: readonly Entry[], refusals: Refusals): Map<Entry, Criteria> {
  const criteria = new Map<Entry, Criteria>();
  for (const entry of entries) {
    const { address, method, ifNoneExist, index } = entry;
    const query = method === 'POST' ? ifNoneExist : method === 'GET' || method === 'HEAD' ? undefined : address.query;
    if (query === undefined) continue;
    guarded(index, refusals, () => criteria.set(entry, criteriaOf(address.type, query)), method === 'POST' ? '.request.ifNoneExist' : '.request.url');
  }
  return criteria;
}

async function resolveReferences(steps: readonly Step[], { stored, matches }: Sights, options: BundleOptions, refusals: Refusals): Promise<Step[]> {
  const { linkLogical, baseUrl, independent } = options;
  const names = new BundleNames(steps, baseUrl, independent);
  const conditional = new ConditionalReferences();
  const written = steps.filter((step) => step.kind === 'write').map((step) => step.entry);
  const waiting: Entry[] = [];
  for (const entry of written) guarded(entry.index, refusals, () => rewriteNames(entry, names, conditional, options) && waiting.push(entry));
  const links = linkLogical ? written.flatMap(({ resource }) => (resource ? logicalLinks(resource) : [])) : [];
  await stored.load([...conditional.criteria, ...links.map((link) => link.criteria)], steps.length);
  for (const entry of waiting) guarded(entry.index, refusals, () => rewriteConditions(entry, conditional, matches));
  for (const link of links) linkLiterally(link, matches);
  return steps.filter((step) => !refusals.has(step.entry.index));
}

function guarded(index: number, refusals: Refusals, work: () => unknown, element = ''): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof SalusError)) throw error;
    refusals.set(index, ofEntry(index, error, element));
  }
}

/** Whoever patches sends a part; the whole is for those who may read it. */
function shown(access: Access, { method }: Entry, written: Written): Written {
  return method !== 'PATCH' || mayRead(access, written.type, written.body) ? written : { ...written, body: Buffer.alloc(0) };
}

/** Criteria find what may be searched for; its content is for those who may read it. */
function versionFor(access: Access, { fhirId, type, version, lastUpdated, body }: Current): StoredVersion {
  return { id: fhirId, type, version, lastUpdated, operation: 'update', body: mayRead(access, type, body) ? body : Buffer.alloc(0) };
}
