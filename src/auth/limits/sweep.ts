import { Injectable } from '@nestjs/common';
import { Db, type SqlValue } from '../../database';
import { clock, currentSite, log } from '../../kernel';

/**
 * Clears expired rows now and then, in a transaction of its own: a DELETE of a range and an INSERT beside it in one
 * transaction deadlock under InnoDB's gap locks as soon as two requests do it at once.
 */
@Injectable()
export class Sweep {
  private readonly sweptAt = new Map<string, number>();

  constructor(private readonly db: Db) {}

  /** `sql` deletes; it runs at most once per `everyMs` and site. A failure is logged: no request depends on it. */
  async now(sql: string, params: readonly SqlValue[], everyMs = 60_000): Promise<void> {
    const key = `${currentSite()} ${sql}`;
    if (clock.now() - (this.sweptAt.get(key) ?? 0) < everyMs) return;
    this.sweptAt.set(key, clock.now());
    try {
      await this.db.transaction((tx) => tx.run(sql, params));
    } catch (error) {
      log.warn({ err: error }, 'clearing expired rows failed; it is tried again later');
    }
  }
}
