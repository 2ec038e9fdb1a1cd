import { placeholders, type Sql } from '../../database';
import { groupBy } from '../../kernel';

/** The stored state of one resource. */
export interface Current {
  id: number;
  type: string;
  fhirId: string;
  version: number;
  deleted: boolean;
  patient: number;
  sensitive: boolean;
  lastUpdated: number;
  source: string | null;
  sourceKey: string | null;
  sourcePart: string | null;
  body: Buffer;
}

const COLUMNS = 'id, type, fhir_id, version, deleted, patient, restricted, last_updated, source, source_key, source_part, body';

interface Row {
  id: number; type: string; fhir_id: string; version: number; deleted: number; patient: number; restricted: number;
  last_updated: number; source: string | null; source_key: string | null; source_part: string | null; body: Buffer;
}

const fromRow = (row: Row): Current => ({
  id: row.id,
  type: row.type,
  fhirId: row.fhir_id,
  version: row.version,
  deleted: row.deleted !== 0,
  patient: row.patient,
  sensitive: row.restricted !== 0,
  lastUpdated: row.last_updated,
  source: row.source,
  sourceKey: row.source_key,
  sourcePart: row.source_part,
  body: row.body,
});

const CHUNK = 500;

async function inChunks<T>(items: readonly string[], load: (chunk: readonly string[]) => Promise<T[]>): Promise<T[]> {
  const result: T[] = [];
  for (let at = 0; at < items.length; at += CHUNK) result.push(...(await load(items.slice(at, at + CHUNK))));
  return result;
}

/** Stored resources of one type by logical id, deleted ones included. */
export function loadByIds(sql: Sql, type: string, ids: readonly string[]): Promise<Current[]> {
  return inChunks([...new Set(ids)], async (chunk) => {
    const rows = await sql.query<Row>(`SELECT ${COLUMNS} FROM fhir_resource WHERE type = ? AND fhir_id IN (${placeholders(chunk.length)})`, [type, ...chunk]);
    return rows.map(fromRow);
  });
}

/** Stored resources that rows of a domain yielded. */
export function loadBySource(sql: Sql, source: string, keys: readonly string[]): Promise<Current[]> {
  return inChunks([...new Set(keys)], async (chunk) => {
    const rows = await sql.query<Row>(`SELECT ${COLUMNS} FROM fhir_resource WHERE source = ? AND source_key IN (${placeholders(chunk.length)})`, [source, ...chunk]);
    return rows.map(fromRow);
  });
}

/** Stored resources by `Type/id`. */
export async function loadByNames(sql: Sql, names: readonly { type: string; id: string }[]): Promise<Map<string, Current>> {
  const byType = groupBy(names, (name) => name.type);
  const found = new Map<string, Current>();
  for (const [type, list] of byType) {
    for (const current of await loadByIds(sql, type, list.map((name) => name.id))) found.set(`${type}/${current.fhirId}`, current);
  }
  return found;
}
