import { placeholders, type Sql } from '../../../database';

export interface HistoricVersion {
  resource: number;
  version: number;
  deleted: boolean;
  patient: number;
  restricted: boolean;
  bytes: number;
}

const BATCH = 500;

/** The version each resource had at the instant `at`, from history, which never changes. None if it came later. */
export async function versionsAsOf(sql: Sql, resources: readonly number[], at: number): Promise<Map<number, HistoricVersion>> {
  const found = new Map<number, HistoricVersion>();
  for (let from = 0; from < resources.length; from += BATCH) {
    const batch = padded(resources.slice(from, from + BATCH));
    const rows = await sql.rows(
      `SELECT resource, version, operation, patient, restricted, LENGTH(body) FROM fhir_history
       WHERE resource IN (${placeholders(batch.length)}) AND last_updated <= ? ORDER BY resource, version`,
      [...batch, at],
    );
    // Ascending: the latest stays.
    for (const row of rows) found.set(Number(row[0]), historicVersion(row));
  }
  return found;
}

function historicVersion([resource, version, operation, patient, restricted, bytes]: unknown[]): HistoricVersion {
  return {
    resource: Number(resource), version: Number(version), deleted: operation === 'delete',
    patient: Number(patient), restricted: Boolean(restricted), bytes: Number(bytes),
  };
}

/** Repeats the last value up to a power of two: a few statement shapes instead of hundreds, for the cache of prepared ones. */
export function padded<T>(values: readonly T[]): T[] {
  const size = 2 ** Math.ceil(Math.log2(Math.max(1, values.length)));
  return [...values, ...new Array<T>(size - values.length).fill(values.at(-1)!)];
}
