import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { InvalidArgumentError } from 'commander';
import { isResourceType, resourceTypes } from '#libs/fhir';
import { Db, type Sql } from '../database';
import { atSite, inHouse } from './house';
import { print, table } from './output';
import { Progress } from './progress';

export interface ExportOptions {
  site: string;
  type?: string[];
  since?: number;
  gzip?: boolean;
  json?: boolean;
}

const PAGE = 2000;

/** Writes every resource that `options` ask for, a file per type, and tells how many. */
export async function runExport(folder: string, options: ExportOptions): Promise<void> {
  const unknown = (options.type ?? []).filter((type) => !isResourceType(type));
  if (unknown.length > 0) throw new InvalidArgumentError(`${unknown.join(', ')} is no resource type.`);
  const counts = await inHouse({ verb: 'export' }, (house) => atSite(house, options.site, 'export', async () => writeTypes(await house.app.get(Db).sql(), folder, options)));
  print(options.json, counts, () => table([['type', 'resources'], ...Object.entries(counts)]));
}

async function writeTypes(sql: Sql, folder: string, options: ExportOptions): Promise<Record<string, number>> {
  mkdirSync(folder, { recursive: true });
  const progress = new Progress(options.json);
  const counts: Record<string, number> = {};
  let all = 0;
  for (const type of options.type ?? resourceTypes) {
    const lines = bodies(sql, type, options.since ?? 0, (count) => {
      counts[type] = count;
      progress.tell({ count: all + count, unit: 'resources' });
    });
    const first = await lines.next();
    if (first.done) continue;
    const file = createWriteStream(join(folder, `${type}.ndjson${options.gzip ? '.gz' : ''}`));
    const source = Readable.from(startingWith(first.value, lines), { objectMode: false });
    await (options.gzip ? pipeline(source, createGzip({ level: 1 }), file) : pipeline(source, file));
    all += counts[type] ?? 0;
  }
  progress.end();
  return counts;
}

async function* startingWith(first: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* rest;
}

const NEW_LINE = Buffer.from('\n');

/** Stored bytes, a page at a time in key order, one resource a line. */
async function* bodies(sql: Sql, type: string, since: number, onCount: (count: number) => void): AsyncGenerator<Buffer> {
  let [last, count] = [0, 0];
  for (;;) {
    const rows = await sql.rows(`SELECT id, body FROM fhir_resource WHERE type = ? AND deleted = 0 AND id > ? AND last_updated > ? ORDER BY id LIMIT ${PAGE}`, [type, last, since]);
    if (rows.length === 0) return;
    last = rows.at(-1)![0] as number;
    count += rows.length;
    onCount(count);
    yield Buffer.concat(rows.flatMap((row) => [row[1] as Buffer, NEW_LINE]));
  }
}
