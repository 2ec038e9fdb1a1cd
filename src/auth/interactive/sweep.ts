import { Injectable } from '@nestjs/common';
import { Db } from '../../database';
import { clock, currentSite } from '../../kernel';

const EVERY = 10 * 60_000;

/**
 * Removes rows whose time is over, now and then. In a transaction of its own: a range delete beside an insert would
 * let two requests wait for each other on InnoDB.
 */
@Injectable()
export class Sweep {
  private readonly sweptAt = new Map<string, number>();

  constructor(private readonly db: Db) {}

  /** `table` is a name from code; its column `expires_at` is compared with `before`. */
  async expired(table: string, before = clock.now()): Promise<void> {
    const key = `${currentSite()} ${table}`;
    const now = clock.now();
    if (now - (this.sweptAt.get(key) ?? 0) < EVERY) return;
    this.sweptAt.set(key, now);
    await this.db.transaction((tx) => tx.run(`DELETE FROM ${table} WHERE expires_at < ?`, [before]));
  }
}
