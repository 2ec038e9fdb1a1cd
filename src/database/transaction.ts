import type { EntityManager } from 'typeorm';
import type { SqlValue, SqlWriter } from './sql';

/** One transaction on one site's database. Everything written through it commits together or not at all. */
export class Tx implements SqlWriter {
  private readonly committed: (() => void)[] = [];

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
    // Looked at first: an UPDATE that finds no row locks the gap in which other sequences begin (InnoDB), also against
    // the transaction of its own in which `numbers` takes its blocks.
    const [known] = await this.query('SELECT 1 AS one FROM salus_sequence WHERE name = ?', [name]);
    if (!known) await this.startSequence(name);
    await this.advance(name, count);
    const [row] = await this.query<{ next: number }>('SELECT next FROM salus_sequence WHERE name = ?', [name]);
    return Number(row!.next) - count;
  }

  private advance(name: string, count: number): Promise<number> {
    return this.run('UPDATE salus_sequence SET next = next + ? WHERE name = ?', [count, name]);
  }

  /** Two writers may meet here; the second finds the row already there, which is as good. */
  private async startSequence(name: string): Promise<void> {
    const ignore = this.dialect === 'sqlite' ? 'OR IGNORE' : 'IGNORE';
    await this.run(`INSERT ${ignore} INTO salus_sequence (name, next) VALUES (?, 1)`, [name]);
  }

  /** Runs after the commit succeeded (cache eviction, queue nudges); never after a rollback. */
  afterCommit(work: () => void): void {
    this.committed.push(work);
  }

  /** Called by the owner of the transaction once it is durable. */
  announceCommit(): void {
    for (const work of this.committed) work();
  }
}
