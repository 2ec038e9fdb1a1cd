import type BetterSqlite3 from 'better-sqlite3';
import { LRUCache } from 'lru-cache';
import { assertBound, insertStatement, type SqlValue, type SqlWriter } from './sql';

const AT_ONCE = 32;

/** Prepared statements on one better-sqlite3 connection. Synchronous underneath: the embedded database. */
export class SqliteSql implements SqlWriter {
  readonly dialect = 'sqlite';
  private readonly statements = new LRUCache<string, BetterSqlite3.Statement>({ max: 500 });

  constructor(private readonly connection: BetterSqlite3.Database) {}

  async query<Row>(sql: string, params: readonly SqlValue[] = []): Promise<Row[]> {
    const statement = this.prepare(sql).raw(true);
    const rows = statement.all(bind(params)) as unknown[][];
    return rows.length === 0 ? [] : (named(namesOf(statement), rows) as Row[]);
  }

  async rows(sql: string, params: readonly SqlValue[] = []): Promise<unknown[][]> {
    return this.prepare(sql).raw(true).all(bind(params)) as unknown[][];
  }

  async run(sql: string, params: readonly SqlValue[] = []): Promise<number> {
    return this.prepare(sql).run(bind(params)).changes;
  }

  async insert(table: string, columns: readonly string[], rows: readonly (readonly SqlValue[])[]): Promise<void> {
    this.insertNow(table, columns, rows);
  }

  /** Some rows a statement and the rest one by one: a statement for every number of rows would be prepared anew each time. */
  private insertNow(table: string, columns: readonly string[], rows: readonly (readonly SqlValue[])[]): void {
    const whole = rows.length - (rows.length % AT_ONCE);
    if (whole > 0) {
      const statement = this.prepare(insertStatement(table, columns, AT_ONCE));
      for (let at = 0; at < whole; at += AT_ONCE) statement.run(bind(valuesOf(rows, at, at + AT_ONCE)));
    }
    if (whole === rows.length) return;
    const statement = this.prepare(insertStatement(table, columns, 1));
    for (let at = whole; at < rows.length; at++) statement.run(bind(rows[at]!));
  }

  /**
   * Rows in a transaction of their own. `synced`: on disk when it returns; otherwise they outlive this process at once,
   * and the machine with the next write.
   */
  append(table: string, columns: readonly string[], rows: readonly (readonly SqlValue[])[], synced: boolean): void {
    if (!synced) this.connection.pragma('synchronous = NORMAL');
    try {
      this.prepare('BEGIN IMMEDIATE').run();
      try {
        this.insertNow(table, columns, rows);
        this.prepare('COMMIT').run();
      } catch (error) {
        if (this.connection.inTransaction) this.prepare('ROLLBACK').run();
        throw error;
      }
    } finally {
      if (!synced) this.connection.pragma('synchronous = FULL');
    }
  }

  /** A checkpoint syncs what it takes over. */
  sync(): void {
    this.connection.pragma('wal_checkpoint(PASSIVE)');
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

/** The values of some rows, one after the other. (`flat` takes ten times as long: a fifth of what an audit row costs.) */
function valuesOf(rows: readonly (readonly SqlValue[])[], from: number, to: number): SqlValue[] {
  const values: SqlValue[] = [];
  for (let at = from; at < to; at++) for (const value of rows[at]!) values.push(value);
  return values;
}

const names = new WeakMap<BetterSqlite3.Statement, readonly string[]>();

/** The names of a statement's columns, which stay as long as it does. */
function namesOf(statement: BetterSqlite3.Statement): readonly string[] {
  const known = names.get(statement) ?? statement.columns().map((column) => column.name);
  names.set(statement, known);
  return known;
}

/** Rows with names are made here: the driver takes several times as long where a row has a hundred columns. */
function named(columns: readonly string[], rows: readonly unknown[][]): Record<string, unknown>[] {
  return rows.map((values) => {
    const row: Record<string, unknown> = {};
    for (let index = 0; index < columns.length; index++) row[columns[index]!] = values[index];
    return row;
  });
}

/** SQLite knows no booleans. */
function bind(params: readonly SqlValue[]): unknown[] {
  assertBound(params);
  return params.map((value) => (typeof value === 'boolean' ? Number(value) : value));
}
