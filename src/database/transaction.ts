import type { EntityManager } from 'typeorm';
import type { SqlValue, SqlWriter } from './sql';

/** One transaction on one site's database. Everything written through it commits together or not at all. */
export class Tx implements SqlWriter {
  private readonly committed: (() => void)[] = [];
  private readonly rolledBack: (() => void)[] = [];

  constructor(
    readonly site: string,
    readonly manager: EntityManager,
    private readonly sql: SqlWriter,
    private readonly block: (name: string, count: number, tx: Tx) => Promise<number>,
  ) {}

  get dialect() {
    return this.sql.dialect;
  }

  query<Row = Record<string, unknown>>(sql: string, params?: readonly SqlValue[]): Promise<Row[]> {
    return this.sql.query<Row>(sql, params);
  }

  rows(sql: string, params?: readonly SqlValue[]): Promise<unknown[][]> {
    return this.sql.rows(sql, params);
  }

  run(sql: string, params?: readonly SqlValue[]): Promise<number> {
    return this.sql.run(sql, params);
  }

  insert(table: string, columns: readonly string[], rows: readonly (readonly SqlValue[])[]): Promise<void> {
    return this.sql.insert(table, columns, rows);
  }

  /** First of `count` fresh numbers of the named sequence; gaps may appear, repeats never. Cheap: taken in blocks. */
  numbers(name: string, count = 1): Promise<number> {
    return this.block(name, count, this);
  }

  /** First of `count` consecutive numbers without gaps. Holds the sequence until commit: for numbers people read. */
  async take(name: string, count = 1): Promise<number> {
    // One statement, so that two first takers wait for each other instead of meeting in a deadlock.
    const onKnown = this.dialect === 'sqlite' ? 'ON CONFLICT (name) DO UPDATE SET' : 'ON DUPLICATE KEY UPDATE';
    await this.run(`INSERT INTO salus_sequence (name, next) VALUES (?, 1 + ?) ${onKnown} next = next + ?`, [name, count, count]);
    const [row] = await this.query<{ next: number }>('SELECT next FROM salus_sequence WHERE name = ?', [name]);
    return Number(row!.next) - count;
  }

  /** Runs after the commit succeeded (cache eviction, queue nudges); never after a rollback. */
  afterCommit(work: () => void): void {
    this.committed.push(work);
  }

  /** Runs when the transaction is taken back, to undo what was noted outside of the database. */
  afterRollback(work: () => void): void {
    this.rolledBack.push(work);
  }

  /** Called by the owner of the transaction once it is durable, or gone. */
  announce(outcome: 'commit' | 'rollback'): void {
    for (const work of outcome === 'commit' ? this.committed : this.rolledBack) work();
  }
}
