import { Injectable } from '@nestjs/common';
import { type FhirResource, isResourceType } from '#libs/fhir';
import { type Access, SalusError } from '../../kernel';
import { type Entry, refusedInEntry } from '../bundle';
import { EntryStore } from './entry-store';
import { storingEntry } from './import-entries';
import type { Tally } from './import-report';
import { parsedJson } from './parsed-json';

/** Stored in one transaction. */
const BATCH = 500;

interface Line {
  number: number;
  resource: FhirResource;
}

/** Imports NDJSON: a resource a line. A bad line is reported, the others are stored. */
@Injectable()
export class LineFile {
  constructor(private readonly store: EntryStore) {}

  async importLines(access: Access, file: string, lines: AsyncIterable<Buffer>, tally: Tally, onBatch: () => void): Promise<void> {
    let batch: Line[] = [];
    let names = new Set<string>();
    let number = 0;
    const flush = async (): Promise<void> => {
      await this.importBatch(access, file, batch, tally);
      batch = [];
      names = new Set();
      onBatch();
    };
    for await (const bytes of lines) {
      const line = readLine(bytes, ++number, file, tally);
      if (!line) continue;
      const name = `${line.resource.resourceType}/${line.resource.id ?? ''}`;
      // Written twice in a file: the later line is a later version.
      if (batch.length >= BATCH || (line.resource.id !== undefined && names.has(name))) await flush();
      batch.push(line);
      names.add(name);
    }
    await flush();
  }

  private async importBatch(access: Access, file: string, batch: readonly Line[], tally: Tally): Promise<void> {
    const entries = batch.map(({ resource }, index): Entry => storingEntry(resource, index));
    for (const result of await this.store.asManyAsPossible(access, entries)) {
      if (result.kind !== 'refused') tally.count(result);
      else tally.refuse({ file, line: batch[result.index]!.number, type: batch[result.index]!.resource.resourceType }, result.error);
    }
  }
}

/** Undefined for an empty line, and for a bad one, which is reported. */
function readLine(bytes: Buffer, number: number, file: string, tally: Tally): Line | undefined {
  if (isBlank(bytes)) return undefined;
  let type: string | undefined;
  try {
    const resource = parsedJson(bytes) as FhirResource;
    type = isResourceType(resource?.resourceType) ? resource.resourceType : undefined;
    const refused = refusedInEntry(resource, type ?? 'resource', 0);
    if (refused) throw refused;
    return { number, resource };
  } catch (error) {
    if (!(error instanceof SalusError)) throw error;
    tally.refuse({ file, line: number, ...(type !== undefined && { type }) }, error);
    return undefined;
  }
}

const isBlank = (bytes: Buffer): boolean => bytes.every((byte) => byte === 0x20 || byte === 0x0d || byte === 0x09);
