import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config, siteUrls } from '../../config';
import { Db } from '../../database';
import { type Access, SalusError } from '../../kernel';
import { type BundleOptions, type Entry, type EntryResult, TransactionProcessor } from '../bundle';

/** Stores entries of an import, together where possible. */
@Injectable()
export class EntryStore {
  constructor(
    private readonly db: Db,
    private readonly processor: TransactionProcessor,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  baseUrl(site: string): string {
    return siteUrls(this.config, site).fhir;
  }

  /** All of them or, where one is refused, none: throws what stood in the way. */
  together(access: Access, entries: readonly Entry[]): Promise<EntryResult[]> {
    return this.run(access, entries, { ...this.options(access), tolerant: false });
  }

  /**
   * As many as can be: in one transaction what can be settled. Where the writer refuses one of them, they are tried
   * one by one, so that it alone is left out.
   */
  async asManyAsPossible(access: Access, entries: readonly Entry[]): Promise<EntryResult[]> {
    try {
      return await this.run(access, entries, { ...this.options(access), tolerant: true });
    } catch (error) {
      if (!(error instanceof SalusError)) throw error;
      return this.oneByOne(access, entries);
    }
  }

  private async oneByOne(access: Access, entries: readonly Entry[]): Promise<EntryResult[]> {
    const results: EntryResult[] = [];
    for (const entry of entries) {
      try {
        results.push(...(await this.run(access, [entry], { ...this.options(access), tolerant: true })));
      } catch (error) {
        if (!(error instanceof SalusError)) throw error;
        results.push({ kind: 'refused', index: entry.index, error });
      }
    }
    return results;
  }

  private options({ site }: Access): BundleOptions {
    return { baseUrl: this.baseUrl(site), keepIds: true, linkLogical: true };
  }

  private run(access: Access, entries: readonly Entry[], options: BundleOptions): Promise<EntryResult[]> {
    if (entries.length === 0) return Promise.resolve([]);
    return this.db.transaction((tx) => this.processor.run(tx, access, entries, options));
  }
}
