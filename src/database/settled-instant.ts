import { clock, log } from '../kernel';
import type { SiteDatabase } from './site-database';
import type { Sql } from './sql';

/** InnoDB answers questions about its transactions from a copy that may be this old. */
const COPY_AGE_MS = 120;
const LONGEST_WAIT_MS = 10_000;
/** Waited where the database user may not see transactions (no PROCESS right): longer than any of the house's. */
const BLIND_WAIT_MS = 5_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * An instant that is over: every write stamped at or before it is committed and visible now, and every write to
 * come is stamped after it. Holds as long as writers take their stamp inside their transaction, and the clocks of
 * the processes agree.
 */
export function settledInstant(database: SiteDatabase): Promise<number> {
  return database.dialect === 'sqlite' ? settledBehindLock(database) : settledBehindWriters(database.sql);
}

/** SQLite has one writer: while we are it, nobody is half-way. */
function settledBehindLock(database: SiteDatabase): Promise<number> {
  return database.transaction(async () => {
    const at = clock.now();
    await nextMillisecond(at);
    return at;
  });
}

async function settledBehindWriters(sql: Sql): Promise<number> {
  const at = clock.now();
  await pause(COPY_AGE_MS);
  try {
    const before = await activeTransactions(sql);
    for (let waited = 0; waited < LONGEST_WAIT_MS; waited += COPY_AGE_MS) {
      const still = await activeTransactions(sql);
      if (![...before].some((one) => still.has(one))) return at;
      await pause(COPY_AGE_MS);
    }
    return Math.min(at, await oldestWriterStart(sql));
  } catch (error) {
    log.warn({ err: error }, 'transactions cannot be watched (the database user lacks PROCESS); waiting instead');
    await pause(BLIND_WAIT_MS);
    return at;
  }
}

async function activeTransactions(sql: Sql): Promise<Set<string>> {
  const query = "SELECT CONCAT(trx_mysql_thread_id, '/', trx_started) AS name FROM information_schema.innodb_trx WHERE trx_mysql_thread_id <> CONNECTION_ID()";
  return new Set((await sql.query<{ name: string }>(query)).map((row) => row.name));
}

/** Someone writes for longer than we wait (a large import): what came before they began is over. Dumps only read. */
async function oldestWriterStart(sql: Sql): Promise<number> {
  const query = `SELECT TIMESTAMPDIFF(SECOND, MIN(trx_started), NOW()) AS age FROM information_schema.innodb_trx
    WHERE trx_mysql_thread_id <> CONNECTION_ID() AND (trx_rows_modified > 0 OR trx_rows_locked > 0)`;
  const [row] = await sql.query<{ age: number | null }>(query);
  return row?.age == null ? Number.POSITIVE_INFINITY : clock.now() - (Number(row.age) + 1) * 1000;
}

/** A clock held still by a test is not waited for. */
async function nextMillisecond(at: number): Promise<void> {
  for (let tries = 0; tries < 5 && clock.now() <= at; tries++) await pause(1);
}
