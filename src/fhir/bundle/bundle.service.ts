import { Injectable } from '@nestjs/common';
import { Db } from '../../database';
import { type Access, invalid, SalusError } from '../../kernel';
import { BatchProcessor } from './batch';
import { bundleEnvelope, type Envelope, refusedInEntry } from './bundle-envelope';
import type { Entry } from './entry';
import { EntryReads } from './entry-reads';
import { refusalOf } from './entry-refusal';
import { readEntries } from './read-entry';
import { type ResponseOptions, responseBundle } from './response-bundle';
import type { EntryResult } from './step';
import { TransactionProcessor } from './transaction-processor';

/** Over HTTP; enough for any chart, and what one transaction may hold up others for. */
export const MOST_ENTRIES = 5000;

/** Transactions and batches (R4 §3.1.0.11). */
@Injectable()
export class BundleService {
  constructor(
    private readonly db: Db,
    private readonly processor: TransactionProcessor,
    private readonly reads: EntryReads,
    private readonly batches: BatchProcessor,
  ) {}

  /**
   * Carries out a Bundle and returns the bytes of the response Bundle. A transaction happens as a whole or throws with
   * nothing changed; a batch always answers, entry by entry.
   */
  async process(access: Access, body: unknown, options: ResponseOptions): Promise<Buffer> {
    const envelope = bundleEnvelope(body, MOST_ENTRIES);
    if (envelope.type === 'transaction') return responseBundle('transaction-response', await this.transaction(access, envelope, options), options);
    if (envelope.type === 'batch') return responseBundle('batch-response', await this.batches.run(access, judged(envelope, options.baseUrl), options.baseUrl), options);
    throw invalid('Only a Bundle of type transaction or batch can be processed.', [{ path: 'Bundle.type', rule: 'value', message: 'Expected transaction or batch.' }]);
  }

  private async transaction(access: Access, envelope: Envelope, { baseUrl }: ResponseOptions): Promise<EntryResult[]> {
    const read = judged(envelope, baseUrl);
    const errors = read.filter((one) => one instanceof SalusError);
    if (errors.length > 0) throw refusalOf(errors);
    const entries = read as Entry[];
    checkFullUrls(entries);
    if (entries.length === 0) return [];
    await this.reads.prepare(entries);
    return this.db.transaction((tx) => this.processor.run(tx, access, entries, { baseUrl }));
  }
}

/** Every entry: read, and its resource validated. */
function judged({ entry }: Envelope, baseUrl: string): (Entry | SalusError)[] {
  return readEntries(entry, baseUrl).map((one, index) => {
    if (one instanceof SalusError || one.resource === undefined) return one;
    return refusedInEntry(one.resource, one.address.type, index) ?? one;
  });
}

/** R4 bdl-7: a name that two entries share names neither. */
function checkFullUrls(entries: readonly Entry[]): void {
  const seen = new Set<string>();
  for (const { fullUrl, index } of entries) {
    if (fullUrl === undefined) continue;
    if (seen.has(fullUrl)) throw invalid('Two entries have the same fullUrl.', [{ path: `Bundle.entry[${index}].fullUrl`, rule: 'duplicate', message: 'Another entry has this fullUrl.' }]);
    seen.add(fullUrl);
  }
}
