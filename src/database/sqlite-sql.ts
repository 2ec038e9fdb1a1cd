import type BetterSqlite3 from 'better-sqlite3';
import { LRUCache } from 'lru-cache';
import { assertBound, insertBatches, insertStatement, type SqlValue, type SqlWriter } from './sql';

/** Prepared statements on one better-sqlite3 connection. Synchronous underneath: the embedded database. */
export class SqliteSql implements SqlWriter {
  readonly dialect = 'sqlite';
  private readonly statements = new LRUCache<string, BetterSqlite3.Statement>({ max: 500 });

  constructor(private readonly connection: BetterSqlite3.Database) {}

  async query<Row>(sql: string, params: readonly SqlValue[] = []): Promise<Row[]> {
    return this.prepare(sql).raw(false).all(bind(params)) as Row[];
  }

  async rows(sql: string, params: readonly SqlValue[] = []): Promise<unknown[][]> {
    return this.prepare(sql).raw(true).all(bind(params)) as unknown[][];
  }

  async run(sql: string, params: readonly SqlValue[] = []): Promise<number> {
    return this.prepare(sql).run(bind(params)).changes;
  }

  async insert(table: string, columns: readonly string[], rows: readonly (readonly SqlValue[])[]): Promise<void> {
    for (const batch of insertBatches(columns.length, rows)) {
      this.prepare(insertStatement(table, columns, batch.length)).run(bind(batch.flat()));
    }
  }

  private prepare(sql: string): BetterSqlite3.Statement {
    let statement = this.statements.get(sql);
    if (!statement) {
      statement = this.connection.prepare(sql);
      this.statements.set(sql, statement);
    }
    return statement;
  }
}

/** SQLite knows no booleans. */
function bind(params: readonly SqlValue[]): unknown[] {
  assertBound(params);
  return params.map((value) => (typeof value === 'boolean' ? Number(value) : value));
}
