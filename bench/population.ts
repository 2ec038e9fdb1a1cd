import { demoClinic, type TransactionBundle } from '#libs/demo';
import type { SiteDatabase, SqlValue } from '../src/database';
import { storeTables } from '../src/fhir';
import { Importer } from '../src/fhir/import';
import { uuidFrom } from '../src/kernel';
import type { BenchApp } from './bench-app';

/** Loads Bundles as `salus import` does; throws where anything is refused. Returns the number of resources. */
export async function load(app: BenchApp, site: string, bundles: Iterable<TransactionBundle>): Promise<number> {
  const report = await app.at(site, Importer, (importer) => importer.importBundles(site, bundles, 'bench'));
  if (report.refused > 0) throw new Error(`${report.refused} resources were refused: ${report.refusals[0]!.message}`);
  return report.created;
}

export const clinic = (patients: number): TransactionBundle[] => [...demoClinic({ patients })];

/** The rows of one table, all columns. */
export interface TableRows {
  table: string;
  columns: string[];
  rows: SqlValue[][];
}

export async function readTable(database: SiteDatabase, table: string): Promise<TableRows> {
  const [first] = await database.sql.query<Record<string, SqlValue>>(`SELECT * FROM ${table} LIMIT 1`);
  return { table, columns: Object.keys(first ?? {}), rows: (await database.sql.rows(`SELECT * FROM ${table}`)) as SqlValue[][] };
}

const KEYS = ['id', 'resource', 'patient'];

/**
 * Fills `to` with `times` clinics, each a copy of the one in `from` under keys of its own. The bodies are the same bytes:
 * copies are there to be stepped over, and to be exported.
 */
export async function multiply(from: SiteDatabase, to: SiteDatabase, times: number): Promise<void> {
  const tables = await Promise.all(storeTables.map(({ name }) => readTable(from, name)));
  const [{ most }] = (await from.sql.query<{ most: number }>('SELECT MAX(id) AS most FROM fhir_resource')) as [{ most: number }];
  for (let copy = 1; copy < times; copy++) {
    await to.transaction(async (tx) => {
      for (const { table, columns, rows } of tables) {
        const change = columns.map((column) => changeOf(column, copy, copy * (most + 1)));
        await tx.insert(table, columns, rows.map((row) => row.map((value, at) => change[at]!(value))));
      }
    });
  }
}

function changeOf(column: string, copy: number, shift: number): (value: SqlValue) => SqlValue {
  // 0 and -1 stand for nobody and several.
  if (KEYS.includes(column)) return (value) => (Number(value) > 0 ? Number(value) + shift : value);
  if (column === 'fhir_id' || column === 'source_key') return (value) => (value === null ? null : uuidFrom(String(value), String(copy)));
  if (column === 'target') return (value) => String(value).replace(/\/(.+)$/, (_, id: string) => `/${uuidFrom(id, String(copy))}`);
  return (value) => value;
}
