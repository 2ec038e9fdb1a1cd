import { indexKinds } from '../fhir';
import type { Sql } from '../database';

/** How many rows contradict what the write path promises; all zero in a sound store. */
export interface StoreCheck {
  /** Current versions that history does not hold, or holds with another body. */
  withoutHistory: number;
  /** Index rows of what is deleted or not there: searches would count it. */
  strayIndexRows: number;
  /** Index rows kept under another patient than their resource: a chart would miss them. */
  misfiledIndexRows: number;
}

/** Whole-table questions: takes as long as reading the indexes once. */
export async function checkStore(sql: Sql): Promise<StoreCheck> {
  const count = async (statement: string): Promise<number> => Number((await sql.query<{ n: number }>(statement))[0]!.n);
  const overIndexes = async (condition: string): Promise<number> => {
    let rows = 0;
    for (const kind of indexKinds) rows += await count(`SELECT COUNT(*) AS n FROM fhir_index_${kind} i LEFT JOIN fhir_resource r ON r.id = i.resource WHERE ${condition}`);
    return rows;
  };
  return {
    withoutHistory: await count(
      'SELECT COUNT(*) AS n FROM fhir_resource r LEFT JOIN fhir_history h ON h.resource = r.id AND h.version = r.version WHERE r.version > 0 AND (h.resource IS NULL OR h.body <> r.body)',
    ),
    strayIndexRows: await overIndexes('r.id IS NULL OR r.deleted = 1'),
    misfiledIndexRows: await overIndexes('r.patient <> i.patient'),
  };
}
