import { SalusError } from '../kernel';
import { Gate } from './gate';
import type { Sql, SqlValue } from './sql';

/** Searches at a time on one site's MariaDB: of the pool's connections some are always left to plain reads and writes. */
const PLACES = 12;
const SEATS = 200;

const ADVICE = 'Name a patient, add a filter, or ask for fewer chains, includes and values.';

/** A statement was stopped because it took too long. */
export const tookTooLong = (ms: number, cause?: unknown): SalusError =>
  new SalusError('unavailable', `The search took longer than ${ms / 1000} s and was stopped.`, [{ rule: 'too-costly', message: `The search took longer than ${ms / 1000} s and was stopped. ${ADVICE}` }], { cause });

export const tooManyAtOnce = (): SalusError =>
  new SalusError('unavailable', 'Too many searches are running; try again in a moment.', [{ rule: 'throttled', message: 'Too many searches are running; try again in a moment.' }], { headers: { 'retry-after': '2' } });

/** ER_STATEMENT_TIMEOUT of MariaDB, and MySQL's name for the same. */
const TIMEOUTS: readonly unknown[] = [1969, 3024];

/** Reads on MariaDB that the server itself stops after `ms`, so many at a time. */
export class BoundedMysql implements Sql {
  readonly dialect = 'mysql';
  private readonly gate = new Gate(PLACES, SEATS, tooManyAtOnce);
  constructor(
    private readonly sql: Sql,
    private readonly ms: number,
    private readonly isMariaDb: boolean,
  ) {}

  query<Row>(sql: string, params?: readonly SqlValue[]): Promise<Row[]> {
    return this.stopped(() => this.sql.query<Row>(this.limited(sql), params));
  }

  rows(sql: string, params?: readonly SqlValue[]): Promise<unknown[][]> {
    return this.stopped(() => this.sql.rows(this.limited(sql), params));
  }

  /** Each of the two servers has its own way to say it. */
  private limited(sql: string): string {
    if (this.isMariaDb) return `SET STATEMENT max_statement_time=${this.ms / 1000} FOR ${sql}`;
    return sql.replace(/^SELECT /, `SELECT /*+ MAX_EXECUTION_TIME(${this.ms}) */ `);
  }

  private stopped<T>(work: () => Promise<T>): Promise<T> {
    return this.gate.pass(async () => {
      try {
        return await work();
      } catch (error) {
        throw TIMEOUTS.includes((error as { errno?: unknown }).errno) ? tookTooLong(this.ms, error) : error;
      }
    });
  }
}
