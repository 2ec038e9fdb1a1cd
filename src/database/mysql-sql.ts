import type { Connection, Pool } from 'mysql2';
import { assertBound, insertBatches, insertStatement, type SqlValue, type SqlWriter } from './sql';

/**
 * Statements on a mysql2 pool (reads) or on the one connection of a transaction.
 * Reads are server-side prepared; multi-row inserts go as text, since their shape varies with the row count.
 */
export class MysqlSql implements SqlWriter {
  readonly dialect = 'mysql';

  constructor(private readonly connection: Pool | Connection) {}

  async query<Row>(sql: string, params: readonly SqlValue[] = []): Promise<Row[]> {
    return (await this.execute(sql, params, false)) as Row[];
  }

  async rows(sql: string, params: readonly SqlValue[] = []): Promise<unknown[][]> {
    return (await this.execute(sql, params, true)) as unknown[][];
  }

  async run(sql: string, params: readonly SqlValue[] = []): Promise<number> {
    const header = (await this.execute(sql, params, false)) as { affectedRows: number };
    return header.affectedRows;
  }

  async insert(table: string, columns: readonly string[], rows: readonly (readonly SqlValue[])[]): Promise<void> {
    for (const batch of insertBatches(columns.length, rows)) {
      await this.text(insertStatement(table, columns, batch.length), batch.flat());
    }
  }

  private execute(sql: string, params: readonly SqlValue[], rowsAsArray: boolean): Promise<unknown> {
    assertBound(params);
    return new Promise((resolve, reject) => {
      const done = (error: unknown, result: unknown) => (error ? reject(error) : resolve(result));
      (this.connection as Connection).execute({ sql, values: params as SqlValue[], rowsAsArray }, done);
    });
  }

  private text(sql: string, params: readonly SqlValue[]): Promise<unknown> {
    assertBound(params);
    return new Promise((resolve, reject) => {
      (this.connection as Connection).query(sql, params as SqlValue[], (error: unknown, result: unknown) => (error ? reject(error) : resolve(result)));
    });
  }
}
