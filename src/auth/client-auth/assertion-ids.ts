import { Injectable } from '@nestjs/common';
import { Db } from '../../database';
import { clock, tokenHash } from '../../kernel';
import { Sweep } from '../limits/sweep';

/** Remembers the `jti` of assertions until they have expired, so that each works once (RFC 7523 §3). */
@Injectable()
export class AssertionIds {
  constructor(
    private readonly db: Db,
    private readonly sweep: Sweep,
  ) {}

  /** True for exactly one caller, also among several processes: the primary key decides. `exp` in seconds. */
  async consume(clientId: string, jti: string, exp: number): Promise<boolean> {
    const hash = tokenHash(`${clientId}\n${jti}`);
    // Kept a little beyond expiry: the skew that is forgiven must not reopen the door.
    const until = exp * 1000 + 120_000;
    await this.sweep.now('DELETE FROM oauth_assertion WHERE expires_at < ?', [clock.now()]);
    try {
      await this.db.transaction((tx) => tx.insert('oauth_assertion', ['jti_hash', 'client_id', 'expires_at'], [[hash, clientId, until]]));
      return true;
    } catch (error) {
      if (await this.known(hash)) return false;
      throw error;
    }
  }

  private async known(hash: string): Promise<boolean> {
    const rows = await (await this.db.sql()).query('SELECT 1 AS one FROM oauth_assertion WHERE jti_hash = ?', [hash]);
    return rows.length > 0;
  }
}
