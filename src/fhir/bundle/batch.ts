import { Injectable } from '@nestjs/common';
import { Db } from '../../database';
import { type Access, SalusError } from '../../kernel';
import { checkIndependent, createdNames, entryFailure } from './batch-entry';
import type { Entry } from './entry';
import { EntryOperations } from './entry-operations';
import { EntryReads } from './entry-reads';
import { ReadBudget } from './read-budget';
import type { EntryResult } from './step';
import { TransactionProcessor } from './transaction-processor';

/** Writes that are made durable together. Others wait for so many at most. */
const MOST_TOGETHER = 100;

/** What all entries of one batch have in common. */
interface Ground {
  baseUrl: string;
  budget: ReadBudget;
}

/**
 * Batches (R4 §3.1.0.11): each entry succeeds or fails alone. Neighbouring writes that cannot bear on each other are
 * stored by one commit, since that is what costs; where one of them is refused, all of them are done one by one.
 */
@Injectable()
export class BatchProcessor {
  constructor(
    private readonly db: Db,
    private readonly processor: TransactionProcessor,
    private readonly reads: EntryReads,
    private readonly operations: EntryOperations,
  ) {}

  /** `read`: the entries, or why they are none. Results in their order. */
  async run(access: Access, read: readonly (Entry | SalusError)[], baseUrl: string): Promise<EntryResult[]> {
    const created = createdNames(read.filter((one): one is Entry => !(one instanceof SalusError)));
    const results: EntryResult[] = [];
    const budget = new ReadBudget();
    let together = new Group();
    const settle = async () => {
      for (const result of await this.together(access, together.entries, { baseUrl, budget })) results[resultIndex(result)] = result;
      together = new Group();
    };
    for (const [index, one] of read.entries()) {
      const entry = independent(one, created, index);
      if (!('method' in entry)) results[index] = entry;
      else if (!together.takes(entry)) {
        await settle();
        results[index] = await this.alone(access, entry, { baseUrl, budget });
      } else if (together.add(entry) === MOST_TOGETHER) await settle();
    }
    await settle();
    return results;
  }

  private async together(access: Access, entries: readonly Entry[], ground: Ground): Promise<EntryResult[]> {
    if (entries.length > 1) {
      try {
        return await this.db.transaction((tx) => this.processor.run(tx, access, entries, { baseUrl: ground.baseUrl, tolerant: true, independent: true }));
      } catch {
        // Nothing of it is stored; what stood in the way shows itself again, for its own entry.
      }
    }
    const results: EntryResult[] = [];
    for (const entry of entries) results.push(await this.alone(access, entry, ground));
    return results;
  }

  private async alone(access: Access, entry: Entry, { baseUrl, budget }: Ground): Promise<EntryResult> {
    try {
      if (entry.address.operation !== undefined) return await budget.spend(entry.index, () => this.operations.run(access, entry, baseUrl));
      if (entry.method === 'GET' || entry.method === 'HEAD') return await budget.spend(entry.index, async () => this.reads.run(await this.db.sql(), access, entry, { baseUrl }));
      const [result] = await this.db.transaction((tx) => this.processor.run(tx, access, [entry], { baseUrl }));
      return result!;
    } catch (error) {
      return { kind: 'refused', index: entry.index, error: entryFailure(entry.index, error) };
    }
  }
}

/** Writes that name what they write, each something else: none can see what another has done. */
class Group {
  readonly entries: Entry[] = [];
  private readonly names = new Set<string>();

  takes({ method, address: { type, id, query, operation }, ifNoneExist }: Entry): boolean {
    if (operation !== undefined || query !== undefined || ifNoneExist !== undefined || method === 'GET' || method === 'HEAD') return false;
    return id === undefined || !this.names.has(`${type}/${id}`);
  }

  /** Returns how many there are now. */
  add(entry: Entry): number {
    const { type, id } = entry.address;
    if (id !== undefined) this.names.add(`${type}/${id}`);
    return this.entries.push(entry);
  }
}

function independent(entry: Entry | SalusError, created: ReadonlySet<string>, index: number): Entry | EntryResult {
  try {
    if (entry instanceof SalusError) throw entry;
    checkIndependent(entry, created);
    return entry;
  } catch (error) {
    return { kind: 'refused', index, error: entryFailure(index, error) };
  }
}

const resultIndex = (result: EntryResult): number => (result.kind === 'refused' ? result.index : result.entry.index);
