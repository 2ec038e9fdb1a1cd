import Database from 'better-sqlite3';
import type { Pool } from 'mysql2';
import { DataSource } from 'typeorm';
import type { Config } from '../config';
import { MysqlSql } from './mysql-sql';
import { dataSourceOptions, type Schema, sqliteFile, tuneSqlite } from './options';
import { Sequences } from './sequences';
import type { Sql, SqlWriter } from './sql';
import { SqliteSql } from './sqlite-sql';
import { Tx } from './transaction';
import { WriteLock } from './write-lock';

/** The database of one site: committed reads through `sql`, writes through `transaction`. */
export class SiteDatabase {
  private readonly sequences = new Sequences();
  private readonly lock = new WriteLock();

  private constructor(
    readonly site: string,
    readonly dataSource: DataSource,
    readonly sql: Sql,
    private readonly closeReader: () => void,
  ) {}

  static async open(config: Config, site: string, schema: Schema): Promise<SiteDatabase> {
    const dataSource = await new DataSource(await dataSourceOptions(config, site, schema)).initialize();
    if (!config.DATABASE_URL.startsWith('sqlite:')) {
      return new SiteDatabase(site, dataSource, new MysqlSql((dataSource.driver as unknown as { pool: Pool }).pool), () => {});
    }
    // Reads have a connection of their own, so that they never see a transaction half done.
    const reader = new Database(sqliteFile(config, site));
    tuneSqlite(reader);
    reader.pragma('query_only = ON');
    return new SiteDatabase(site, dataSource, new SqliteSql(reader), () => reader.close());
  }

  get dialect() {
    return this.sql.dialect;
  }

  /** Runs `work` in a transaction; throws what it throws, after rolling back. */
  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const release = this.dialect === 'sqlite' ? await this.lock.acquire() : undefined;
    try {
      const { result, tx } = await this.inTransaction(work);
      tx.announceCommit();
      return result;
    } catch (error) {
      // Blocks of numbers taken inside the transaction went with it.
      this.sequences.forget();
      throw error;
    } finally {
      release?.();
    }
  }

  async close(): Promise<void> {
    this.closeReader();
    await this.dataSource.destroy();
  }

  private async inTransaction<T>(work: (tx: Tx) => Promise<T>): Promise<{ result: T; tx: Tx }> {
    const runner = this.dataSource.createQueryRunner();
    try {
      const connection: unknown = await runner.connect();
      await runner.startTransaction();
      const tx = new Tx(this.site, runner.manager, this.writer(connection), (name, count, own) => this.sequences.next(name, count, (size) => this.takeBlock(own, name, size)));
      // The first statement writes, so that SQLite takes its write lock now and not half-way.
      if (tx.dialect === 'sqlite') await tx.run('UPDATE salus_sequence SET next = next WHERE name = ?', ['']);
      const result = await work(tx);
      await runner.commitTransaction();
      return { result, tx };
    } catch (error) {
      if (runner.isTransactionActive) await runner.rollbackTransaction();
      throw error;
    } finally {
      await runner.release();
    }
  }

  /**
   * With many writers a block is taken in a transaction of its own, so that the rollback of one cannot hand
   * the same numbers to another. SQLite has one writer, whose rollback forgets the blocks.
   */
  private takeBlock(tx: Tx, name: string, size: number): Promise<number> {
    return this.dialect === 'sqlite' ? tx.take(name, size) : this.transaction((own) => own.take(name, size));
  }

  private sqliteWriter?: SqliteSql;

  private writer(connection: unknown): SqlWriter {
    if (this.dialect === 'mysql') return new MysqlSql(connection as Pool);
    this.sqliteWriter ??= new SqliteSql((this.dataSource.driver as unknown as { databaseConnection: Database.Database }).databaseConnection);
    return this.sqliteWriter;
  }
}
