import { createConnection } from 'mysql2/promise';
import type { DataSource } from 'typeorm';
import type { MysqlAddress } from './options';

/** Longest wait for another process that is migrating the same database, in seconds. */
const PATIENCE = 300;

/**
 * Runs pending migrations; returns how many ran here. Server, workers and the command line may start at the same
 * moment: one of them migrates, the others wait for it.
 */
export async function migrate(dataSource: DataSource, mysql: MysqlAddress | undefined): Promise<number> {
  return mysql ? withLock(mysql, () => run(dataSource)) : untilOthersAreDone(() => run(dataSource));
}

const run = async (dataSource: DataSource): Promise<number> => (await dataSource.runMigrations({ transaction: 'each' })).length;

/** The lock is the connection's: it ends with the process, however that ends. */
async function withLock<T>(address: MysqlAddress, work: () => Promise<T>): Promise<T> {
  const connection = await createConnection(address);
  try {
    const [rows] = await connection.query('SELECT GET_LOCK(?, ?) AS held', [`salus migrate ${address.database}`.slice(0, 64), PATIENCE]);
    if ((rows as { held: number | null }[])[0]?.held !== 1) throw new Error('Another process has been migrating this database for too long.');
    return await work();
  } finally {
    await connection.end();
  }
}

const ATTEMPTS = 20;

/** SQLite: each migration is one transaction. Who comes second finds the table made, looks again, and finds nothing left to do. */
async function untilOthersAreDone<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === ATTEMPTS || !/already exists|UNIQUE constraint|SQLITE_BUSY|database is locked/.test(String(error))) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100 * (1 + Math.random())));
    }
  }
}
