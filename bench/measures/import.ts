import type { TransactionBundle, TransactionEntry } from '#libs/demo';
import { schema } from '../../src/app/schema';
import type { SiteDatabase } from '../../src/database';
import type { BenchApp } from '../bench-app';
import { clinic, load, readTable, type TableRows } from '../population';
import { median, ratio } from '../rounds';
import type { Measure } from './measure';

const ENTRIES = 30;
const PATIENTS = 8;
/** Each needs two fresh databases. */
export const IMPORT_ROUNDS = 3;

const rounds = Array.from({ length: IMPORT_ROUNDS + 1 }, (_, round) => round);

/** Sites that the rounds fill, the warm-up's included. */
export const importSites: string[] = rounds.flatMap((round) => [`import${round}`, `plain${round}`]);

/** Transactions of 30 entries as `salus import` takes them, against the rows they come to, inserted as they are. */
export async function measureImport(app: BenchApp): Promise<Measure> {
  const bundles = inThirties(clinic(PATIENTS));
  for (const site of importSites) await app.database(site);
  const imported: number[] = [];
  const plain: number[] = [];
  for (const round of rounds) {
    const importing = await timed(() => load(app, `import${round}`, bundles));
    const batches = await batchesOf(await app.database(`import${round}`), await app.database(`plain${round}`), bundles.length);
    const inserting = await timed(() => insertAll(app, `plain${round}`, batches));
    imported.push(importing.result / importing.seconds);
    plain.push(importing.result / inserting.seconds);
  }
  // The first round warms up.
  const [values, against] = [imported.slice(1), plain.slice(1)];
  return {
    name: `import, transactions of ${ENTRIES} entries / plain inserts of the same rows`,
    value: median(values), against: median(against), unit: 'resources/s', ratio: ratio(values, against), goal: { atLeast: 0.5 },
  };
}

function inThirties(bundles: readonly TransactionBundle[]): TransactionBundle[] {
  const entries = bundles.flatMap((bundle) => bundle.entry);
  const starts = Array.from({ length: Math.ceil(entries.length / ENTRIES) }, (_, chunk) => chunk * ENTRIES);
  return starts.map((start) => ({ resourceType: 'Bundle', type: 'transaction', entry: entries.slice(start, start + ENTRIES) as TransactionEntry[] }));
}

async function timed<T>(work: () => Promise<T>): Promise<{ result: T; seconds: number }> {
  const started = performance.now();
  const result = await work();
  return { result, seconds: (performance.now() - started) / 1000 };
}

/** Everything the import wrote into tables that are empty at first, in as many parts as it had transactions. */
async function batchesOf(imported: SiteDatabase, fresh: SiteDatabase, count: number): Promise<TableRows[][]> {
  const written: TableRows[] = [];
  for (const { name } of schema.tables) {
    const [before, after] = [await readTable(fresh, name), await readTable(imported, name)];
    if (before.rows.length === 0 && after.rows.length > 0) written.push(after);
  }
  const batch = (number: number) => written.map((table) => ({ ...table, rows: table.rows.filter((_, at) => Math.floor((at * count) / table.rows.length) === number) }));
  return Array.from({ length: count }, (_, number) => batch(number));
}

async function insertAll(app: BenchApp, site: string, batches: readonly TableRows[][]): Promise<void> {
  const database = await app.database(site);
  for (const batch of batches) {
    await database.transaction(async (tx) => {
      for (const { table, columns, rows } of batch) await tx.insert(table, columns, rows);
    });
  }
}
