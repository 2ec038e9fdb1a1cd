import { createHash } from 'node:crypto';
import { createTables, placeholders, type TableDefinition, type Tx } from '../../database';
import type { Criteria } from './criteria';

const STRIPES = 64;

/** Rows to be held, one for each share of all possible criteria. */
export const criteriaLockTable: TableDefinition = { name: 'fhir_criteria_lock', columns: { stripe: 'int!', used: 'bigint!' }, key: ['stripe'] };

export const CreateCriteriaLock = createTables(1762000001500, 'CreateCriteriaLock', [criteriaLockTable], async (runner) => {
  const rows = Array.from({ length: STRIPES }, (_, stripe) => `(${stripe}, 0)`);
  await runner.query(`INSERT INTO fhir_criteria_lock (stripe, used) VALUES ${rows.join(', ')}`);
});

/**
 * Two clients asking at the same time to “create unless it exists” must not both create. Until commit this holds a
 * row for each of the criteria, so that the second client sees what the first has stored. One statement, in key
 * order and before anything is read: no deadlock, and what is read afterwards is as of when the rows were ours.
 */
export async function lockCriteria(tx: Tx, all: readonly Criteria[]): Promise<void> {
  if (all.length === 0) return;
  const stripes = [...new Set(all.map(stripeOf))].sort((a, b) => a - b);
  await tx.run(`UPDATE fhir_criteria_lock SET used = used + 1 WHERE stripe IN (${placeholders(stripes.length)})`, stripes);
}

const stripeOf = ({ key }: Criteria): number => createHash('sha256').update(key).digest()[0]! % STRIPES;
