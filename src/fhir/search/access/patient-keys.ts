import { LRUCache } from 'lru-cache';
import { placeholders, type Sql } from '../../../database';

/**
 * Keys by logical id, per source of reads: what a transaction sees may be undone, and another site's patients are others.
 * A key once given stays; an unknown patient is asked for again.
 */
const known = new WeakMap<Sql, LRUCache<string, number>>();

/** Surrogate keys of patients; those never spoken of are missing. At most one statement, usually none. */
export async function patientKeys(sql: Sql, logicalIds: Iterable<string>): Promise<Map<string, number>> {
  const cache = known.get(sql) ?? new LRUCache<string, number>({ max: 20_000 });
  known.set(sql, cache);
  const ids = [...new Set(logicalIds)];
  const missing = ids.filter((id) => !cache.has(id));
  if (missing.length > 0) {
    const rows = await sql.query<{ id: number; fhir_id: string }>(`SELECT id, fhir_id FROM fhir_resource WHERE type = 'Patient' AND fhir_id IN (${placeholders(missing.length)})`, missing);
    for (const row of rows) cache.set(row.fhir_id, row.id);
  }
  return new Map(ids.flatMap((id) => (cache.has(id) ? [[id, cache.get(id)!]] : [])));
}
