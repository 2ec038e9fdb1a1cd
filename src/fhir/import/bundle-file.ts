import { Injectable } from '@nestjs/common';
import type { FhirResource } from '#libs/fhir';
import { type Access, SalusError, unprocessable } from '../../kernel';
import { bundleEnvelope, type EntryResult, refusedInEntry } from '../bundle';
import { EntryStore } from './entry-store';
import { importEntries, type ImportEntries, storingEntry } from './import-entries';
import type { Tally } from './import-report';
import { parsedJson } from './parsed-json';

/** Far more than any chart; a larger file is better given as NDJSON. */
const MOST_ENTRIES = 100_000;

/** Imports JSON documents: Bundles, and resources that stand alone. */
@Injectable()
export class BundleFile {
  constructor(private readonly store: EntryStore) {}

  /** Stores the document and tells `tally` what became of it. A transaction is stored as a whole or not at all. */
  async importDocument(access: Access, file: string, bytes: Buffer, tally: Tally): Promise<void> {
    try {
      const document = parsedJson(bytes) as FhirResource;
      await (document?.resourceType === 'Bundle' ? this.importBundle(access, file, document, tally) : this.importResource(access, file, document, tally));
    } catch (error) {
      if (!(error instanceof SalusError)) throw error;
      tally.refuse({ file }, error);
    }
  }

  /** The same for a Bundle that is at hand. */
  async importBundle(access: Access, file: string, bundle: unknown, tally: Tally): Promise<void> {
    const read = importEntries(bundleEnvelope(bundle, MOST_ENTRIES), this.store.baseUrl(access.site));
    if (read.atomic) return this.importWhole(access, file, read, tally);
    for (const { index, error } of read.refused) tally.refuse({ file, entry: index }, error);
    note(file, await this.store.asManyAsPossible(access, read.sound), tally);
  }

  private async importWhole(access: Access, file: string, { sound, refused }: ImportEntries, tally: Tally): Promise<void> {
    const entries = sound.length + refused.length;
    try {
      if (refused.length > 0) throw unprocessable('Not valid.', refused.flatMap(({ error }) => error.problems));
      note(file, await this.store.together(access, sound), tally);
    } catch (error) {
      if (!(error instanceof SalusError)) throw error;
      tally.refuse({ file }, error, entries);
    }
  }

  private async importResource(access: Access, file: string, resource: FhirResource, tally: Tally): Promise<void> {
    const refused = refusedInEntry(resource, resource?.resourceType ?? 'resource', 0);
    if (refused) throw refused;
    note(file, await this.store.asManyAsPossible(access, [storingEntry(resource, 0)]), tally);
  }
}

function note(file: string, results: readonly EntryResult[], tally: Tally): void {
  for (const result of results) {
    if (result.kind === 'refused') tally.refuse({ file, entry: result.index }, result.error);
    else tally.count(result);
  }
}
