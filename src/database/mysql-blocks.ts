import { createPool, type Pool, type ResultSetHeader } from 'mysql2';
import type { MysqlAddress } from './options';

const TAKE = 'INSERT INTO salus_sequence (name, next) VALUES (?, LAST_INSERT_ID(1) + ?) ON DUPLICATE KEY UPDATE next = LAST_INSERT_ID(next) + ?';

/**
 * Takes blocks of numbers on a connection of its own: the rollback of a transaction cannot hand out the same numbers
 * again, and transactions that have taken the whole pool do not wait for each other.
 */
export class MysqlBlocks {
  private readonly pool: Pool;

  constructor(address: MysqlAddress) {
    this.pool = createPool({ ...address, connectionLimit: 1 });
  }

  /** First number of a block of `size`; one statement, atomic by itself. */
  take(name: string, size: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.pool.query(TAKE, [name, size, size], (error, result) => (error ? reject(error) : resolve((result as ResultSetHeader).insertId)));
    });
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.pool.end(() => resolve()));
  }
}
