import { Injectable } from '@nestjs/common';
import { Db } from '../../database';
import { clock, tokenHash } from '../../kernel';
import { Sweep } from '../limits/sweep';
import type { Credentials } from './account';

const FREE_TRIES = 4;
const LONGEST_LOCK = 15 * 60_000;
const FORGET_AFTER = 24 * 3_600_000;

/** One second after the fifth failure in a row, doubling up to a quarter of an hour: nobody is locked out for ever. */
export const lockAfter = (failures: number): number => (failures <= FREE_TRIES ? 0 : Math.min(1000 * 2 ** (failures - FREE_TRIES - 1), LONGEST_LOCK));

/** Counts failures by the name tried, whether or not an account has it, so that both cases cost and answer the same. */
@Injectable()
export class SignInFailures {
  constructor(
    private readonly db: Db,
    private readonly sweep: Sweep,
  ) {}

  /** Milliseconds until this name may be tried again; 0 when it may now. */
  async lockedFor(credentials: Credentials): Promise<number> {
    const sql = 'SELECT locked_until FROM sign_in_failure WHERE name_hash = ?';
    const [row] = await (await this.db.sql()).query<{ locked_until: number }>(sql, [key(credentials)]);
    return Math.max(0, Number(row?.locked_until ?? 0) - clock.now());
  }

  async record(credentials: Credentials): Promise<void> {
    const name = key(credentials);
    if (await this.count(name)) return;
    // Two first failures may meet at the insert; the loser's row is there to be counted on.
    await this.start(name).catch(async (error: unknown) => {
      if (!(await this.count(name))) throw error;
    });
  }

  async clear(credentials: Credentials): Promise<void> {
    const name = key(credentials);
    const [row] = await (await this.db.sql()).query('SELECT 1 AS one FROM sign_in_failure WHERE name_hash = ?', [name]);
    if (row) await this.db.transaction((tx) => tx.run('DELETE FROM sign_in_failure WHERE name_hash = ?', [name]));
  }

  private count(name: string): Promise<boolean> {
    const now = clock.now();
    return this.db.transaction(async (tx) => {
      const known = await tx.run('UPDATE sign_in_failure SET failures = failures + 1, last_at = ? WHERE name_hash = ?', [now, name]);
      if (known === 0) return false;
      const [row] = await tx.query<{ failures: number }>('SELECT failures FROM sign_in_failure WHERE name_hash = ?', [name]);
      await tx.run('UPDATE sign_in_failure SET locked_until = ? WHERE name_hash = ?', [now + lockAfter(Number(row!.failures)), name]);
      return true;
    });
  }

  private async start(name: string): Promise<void> {
    const now = clock.now();
    await this.sweep.now('DELETE FROM sign_in_failure WHERE last_at < ?', [now - FORGET_AFTER]);
    await this.db.transaction((tx) => tx.insert('sign_in_failure', ['name_hash', 'failures', 'last_at', 'locked_until'], [[name, 1, now, 0]]));
  }
}

const key = ({ kind, username }: Credentials): string => tokenHash(`${kind}\n${username}`);
