import type { Sql } from '../../database';

/** Of the given types those the store has ever held, by hops along its index: one look per type that is there. */
export async function typesPresent(sql: Sql, types: readonly string[]): Promise<string[]> {
  const present = new Set<string>();
  for (let after: unknown = ''; typeof after === 'string'; ) {
    const [[next] = []] = await sql.rows('SELECT MIN(type) FROM fhir_resource WHERE type > ?', [after]);
    if (typeof next === 'string') present.add(next);
    after = next;
  }
  return types.filter((type) => present.has(type));
}
