import Database from 'better-sqlite3';
import type { Pool } from 'mysql2';
import { DataSource } from 'typeorm';
import type { Config } from '../config';
import { BoundedMysql } from './bounded';
import { MysqlBlocks } from './mysql-blocks';
import { MysqlSql } from './mysql-sql';
import { dataSourceOptions, mysqlAddress, type Schema, sqliteFile, tuneSqlite } from './options';
import { Overtaken } from './overtaken';
import { Sequences } from './sequences';
import type { Sql, SqlValue, SqlWriter } from './sql';
import { SqliteProcess } from './sqlite-process';
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
    /** Committed reads that may take long, and are stopped if they take too long. */
    readonly boundedSql: Sql,
    /** Absent on SQLite, whose one writer takes blocks inside its transaction. */
    private readonly blocks: MysqlBlocks | undefined,
    private readonly closeOwn: () => void | Promise<void>,
  ) {}

  static async open(config: Config, site: string, schema: Schema): Promise<SiteDatabase> {
    const dataSource = await new DataSource(await dataSourceOptions(config, site, schema)).initialize();
    if (!config.DATABASE_URL.startsWith('sqlite:')) {
      const blocks = new MysqlBlocks(mysqlAddress(config, site));
      const sql = new MysqlSql((dataSource.driver as unknown as { pool: Pool }).pool);
      const bounded = new BoundedMysql(sql, config.SALUS_STATEMENT_TIMEOUT_MS, dataSource.options.type === 'mariadb');
      return new SiteDatabase(site, dataSource, sql, bounded, blocks, () => blocks.close());
    }
    // Reads have a connection of their own, so that they never see a transaction half done.
    const reader = new Database(sqliteFile(config, site));
    tuneSqlite(reader);
    reader.pragma('query_only = ON');
    const apart = new SqliteProcess(sqliteFile(config, site), config.SALUS_STATEMENT_TIMEOUT_MS);
    return new SiteDatabase(site, dataSource, new SqliteSql(reader), apart, undefined, () => {
      apart.close();
      reader.close();
    });
  }

  get dialect() {
    return this.sql.dialect;
  }

  /**
   * Runs `work` in a transaction; throws what it throws, after rolling back. Where the database chose it as the
   * victim of a deadlock, or others changed what it had read or took its key, it runs again, so it must do nothing
   * outside of the transaction but by its hooks.
   */
  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const release = this.dialect === 'sqlite' ? await this.lock.acquire() : undefined;
    try {
      return await retrying(() => this.once(work));
    } finally {
      release?.();
    }
  }

  /**
   * Adds rows that nothing else depends on, in a transaction of their own. Without `synced` a commit is not waited for
   * to be on disk on SQLite: what was added outlives this process, and a power failure from the next commit on.
   */
  async append(table: string, columns: readonly string[], rows: readonly (readonly SqlValue[])[], synced: boolean): Promise<void> {
    if (this.sql instanceof MysqlSql) return this.sql.insert(table, columns, rows);
    const release = await this.lock.acquire();
    try {
      this.sqlite().append(table, columns, rows, synced);
    } finally {
      release();
    }
  }

  /** Brings to disk what was appended without waiting for it. */
  async sync(): Promise<void> {
    if (this.dialect === 'mysql') return;
    const release = await this.lock.acquire();
    try {
      this.sqlite().sync();
    } finally {
      release();
    }
  }

  async close(): Promise<void> {
    await this.closeOwn();
    await this.dataSource.destroy();
  }

  private async once<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    let tx: Tx | undefined;
    try {
      const connection: unknown = await runner.connect();
      await runner.startTransaction();
      tx = new Tx(this.site, runner.manager, this.writer(connection), (name, count, own) => this.sequences.next(name, count, (size) => this.takeBlock(own, name, size)));
      // The first statement writes, so that SQLite takes its write lock now and not half-way.
      if (tx.dialect === 'sqlite') await tx.run('UPDATE salus_sequence SET next = next WHERE name = ?', ['']);
      const result = await work(tx);
      await runner.commitTransaction();
      tx.announce('commit');
      return result;
    } catch (error) {
      if (runner.isTransactionActive) await runner.rollbackTransaction();
      tx?.announce('rollback');
      // Blocks of numbers taken inside the transaction went with it.
      if (!this.blocks) this.sequences.forget();
      throw error;
    } finally {
      await runner.release();
    }
  }

  private takeBlock(tx: Tx, name: string, size: number): Promise<number> {
    return this.blocks ? this.blocks.take(name, size) : tx.take(name, size);
  }

  private sqliteWriter?: SqliteSql;

  private writer(connection: unknown): SqlWriter {
    return this.dialect === 'mysql' ? new MysqlSql(connection as Pool) : this.sqlite();
  }

  private sqlite(): SqliteSql {
    this.sqliteWriter ??= new SqliteSql((this.dataSource.driver as unknown as { databaseConnection: Database.Database }).databaseConnection);
    return this.sqliteWriter;
  }
}

/** Of writers who meet at one record, one gets through each time. */
const ATTEMPTS = 8;

async function retrying<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= attemptsAfter(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, attempt * 10 * (1 + Math.random())));
    }
  }
}

/** A key that is taken was free when it was looked for, or is a mistake that repeats itself. */
const ATTEMPTS_FOR_A_KEY = 3;

/** How often to try what failed so. */
function attemptsAfter(error: unknown): number {
  const { code } = error as { code?: unknown };
  if (error instanceof Overtaken || code === 'ER_LOCK_DEADLOCK') return ATTEMPTS;
  return code === 'ER_DUP_ENTRY' ? ATTEMPTS_FOR_A_KEY : 1;
}
