import Database from 'better-sqlite3';
import { createPool } from 'mysql2';
import type { Config } from '../../src/config';
import { mysqlAddress } from '../../src/database';
import { sqliteFile, tuneSqlite } from '../../src/database/options';

/** Prepared statements on the driver itself: nothing of the application in between. Rows are arrays of columns. */
export interface RawRows {
  all(sql: string, params: readonly (string | number)[]): Promise<unknown[][]>;
  close(): Promise<void>;
}

export function rawRows(config: Config, site: string): RawRows {
  return config.DATABASE_URL.startsWith('sqlite:') ? sqliteRows(config, site) : mysqlRows(config, site);
}

function sqliteRows(config: Config, site: string): RawRows {
  const connection = new Database(sqliteFile(config, site), { readonly: true });
  tuneSqlite(connection);
  const statements = new Map<string, Database.Statement>();
  return {
    async all(sql, params) {
      const statement = statements.get(sql) ?? connection.prepare(sql).raw(true);
      statements.set(sql, statement);
      return statement.all(params) as unknown[][];
    },
    async close() {
      connection.close();
    },
  };
}

function mysqlRows(config: Config, site: string): RawRows {
  const pool = createPool({ ...mysqlAddress(config, site), connectionLimit: 20, timezone: 'Z', dateStrings: true, supportBigNumbers: true });
  return {
    all: (sql, values) =>
      new Promise((resolve, reject) => {
        pool.execute({ sql, values: [...values], rowsAsArray: true }, (error, rows) => (error ? reject(error) : resolve(rows as unknown as unknown[][])));
      }),
    close: () => new Promise((resolve, reject) => pool.end((error) => (error ? reject(error) : resolve()))),
  };
}
