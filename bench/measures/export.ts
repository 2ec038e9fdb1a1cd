import { createWriteStream, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { BenchApp } from '../bench-app';
import { type RawRows, rawRows } from '../floor/raw-rows';
import { interleaved, median, ratio } from '../rounds';
import { exportToken } from '../sign-in';
import type { BenchSettings } from '../settings';
import type { Measure } from './measure';

const POLL_MS = 5;
const MB = 1e6;

/** A system export as a client sees it, from kick-off to manifest, against the same bytes streamed from the database to a file. */
export async function measureExport(app: BenchApp, site: string, settings: BenchSettings): Promise<Measure> {
  const rows = rawRows(app.config, site);
  try {
    return await compare(app, site, rows, settings);
  } finally {
    // An open connection would keep the process alive after a failure.
    await rows.close();
  }
}

async function compare(app: BenchApp, site: string, rows: RawRows, { rounds }: BenchSettings): Promise<Measure> {
  const token = await exportToken(app, site);
  const bytes = await streamed(rows);
  const rate = async (work: () => Promise<unknown>): Promise<number> => {
    const started = performance.now();
    await work();
    return bytes.size / MB / ((performance.now() - started) / 1000);
  };
  const values = await interleaved(rounds, { floor: () => rate(() => streamed(rows)), export: () => rate(() => exported(app, site, token, bytes.lines)) });
  return {
    name: `bulk export of ${bytes.lines} resources / streaming the same bytes`,
    value: median(values.export), against: median(values.floor), unit: 'MB/s', ratio: ratio(values.export, values.floor), goal: { atLeast: 0.8 },
  };
}

interface Streamed {
  lines: number;
  size: number;
}

/** Every live body with a newline behind it, in keyset pages, into one file. */
async function streamed(rows: RawRows): Promise<Streamed> {
  const file = join(tmpdir(), `salus-bench-${process.pid}.ndjson`);
  let lines = 0;
  async function* chunks(): AsyncGenerator<Buffer> {
    for await (const page of pages(rows)) {
      lines += page.length;
      yield Buffer.concat(page.flatMap((row) => [row[1] as Buffer, NEWLINE]));
    }
  }
  await pipeline(Readable.from(chunks(), { objectMode: false, highWaterMark: 8 * MB }), createWriteStream(file));
  const { size } = statSync(file);
  rmSync(file);
  return { lines, size };
}

const NEWLINE = Buffer.from('\n');
const PAGE = 'SELECT id, body FROM fhir_resource WHERE id > ? AND deleted = 0 ORDER BY id LIMIT 5000';

async function* pages(rows: RawRows): AsyncGenerator<unknown[][]> {
  for (let after = 0; ; ) {
    const page = await rows.all(PAGE, [after]);
    if (page.length === 0) return;
    yield page;
    after = page.at(-1)![0] as number;
  }
}

async function exported(app: BenchApp, site: string, token: string, expected: number): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, accept: 'application/fhir+json', prefer: 'respond-async' };
  const kickoff = await fetch(`${app.url}/apis/${site}/fhir/$export`, { headers });
  const status = kickoff.headers.get('content-location');
  if (kickoff.status !== 202 || !status) throw new Error(`The export was answered ${kickoff.status}: ${await kickoff.text()}`);
  const manifest = (await finished(status, headers)) as { output: { count: number }[] };
  const lines = manifest.output.reduce((sum, { count }) => sum + count, 0);
  if (lines !== expected) throw new Error(`The export has ${lines} lines, the database ${expected} live resources.`);
  await fetch(status, { method: 'DELETE', headers });
}

async function finished(status: string, headers: Record<string, string>): Promise<unknown> {
  for (;;) {
    const answer = await fetch(status, { headers });
    if (answer.status === 200) return answer.json();
    if (answer.status !== 202) throw new Error(`The export's status was answered ${answer.status}: ${await answer.text()}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
