import { Injectable } from '@nestjs/common';
import type { Sql } from '../../database';
import { type Access, SalusError } from '../../kernel';
import { isKnownToReader } from '../interactions/version-condition';
import { HistoryService, readHistoryRequest } from '../history';
import { SearchService } from '../search';
import { ResourceReader } from '../store';
import type { Entry } from './entry';
import { ofEntry } from './entry-refusal';
import type { BundleOptions, EntryResult } from './step';

/** GET and HEAD entries: reads, searches and histories, which see what the Bundle has written before them. */
@Injectable()
export class EntryReads {
  constructor(
    private readonly reader: ResourceReader,
    private readonly search: SearchService,
    private readonly histories: HistoryService,
  ) {}

  /** To be called before the transaction in which `entries` are run. */
  async prepare(entries: readonly Entry[]): Promise<void> {
    const searches = entries.some(({ method, address }) => (method === 'GET' || method === 'HEAD') && (address.id === undefined || address.history));
    if (searches) await this.search.prepare();
  }

  async run(sql: Sql, access: Access, entry: Entry, options: BundleOptions): Promise<EntryResult> {
    try {
      if (entry.address.history) return await this.past(sql, access, entry, options);
      return entry.address.id === undefined ? await this.searched(sql, access, entry, options) : await this.read(sql, access, entry);
    } catch (error) {
      throw error instanceof SalusError ? ofEntry(entry.index, error) : error;
    }
  }

  private async read(sql: Sql, access: Access, entry: Entry): Promise<EntryResult> {
    const { type, id, version } = entry.address;
    const found = version === undefined ? await this.reader.read(access, type, id!, sql) : await this.reader.readVersion(access, type, id!, version, sql);
    const facts = { kind: 'read', entry, version: found.version, lastUpdated: found.lastUpdated } as const;
    if (isKnownToReader(entry, found)) return { ...facts, status: 304 };
    return { ...facts, status: 200, ...(entry.method === 'GET' && { body: found.body }) };
  }

  private async past(sql: Sql, access: Access, entry: Entry, { baseUrl }: BundleOptions): Promise<EntryResult> {
    const { type, id, query } = entry.address;
    const scope = { ...(type !== '' && { type }), ...(id !== undefined && { id }) };
    const body = await this.histories.history(access, readHistoryRequest(scope, [...new URLSearchParams(query ?? '')], false), baseUrl, sql);
    return { kind: 'read', entry, status: 200, ...(entry.method === 'GET' && { body }) };
  }

  private async searched(sql: Sql, access: Access, entry: Entry, { baseUrl }: BundleOptions): Promise<EntryResult> {
    const { type, query, compartment } = entry.address;
    const parameters = [...new URLSearchParams(query ?? '')];
    const options = { baseUrl, strict: false, sql, ...(compartment && { compartment }) };
    const body = type === '' ? await this.search.searchTypes(access, parameters, options) : await this.search.search(access, type, parameters, options);
    return { kind: 'read', entry, status: 200, ...(entry.method === 'GET' && { body }) };
  }
}
