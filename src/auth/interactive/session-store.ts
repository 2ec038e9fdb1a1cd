import { Injectable } from '@nestjs/common';
import { Db } from '../../database';
import { clock, randomToken, tokenHash } from '../../kernel';
import type { AccountKind } from '../accounts/account';
import { Sweep } from './sweep';

const MINUTE = 60_000;

/** A session that nobody used for this long is over: automatic log-off, 45 CFR 164.312(a)(2)(iii). */
export const SESSION_IDLE = 30 * MINUTE;
/** However busy, a session ends after a working day. */
const SESSION_LIFE = 12 * 60 * MINUTE;
/** Use is noted at most this often, so that a page does not cost a write. */
const SEEN_STEP = MINUTE;

/** One row of `web_session`. */
export interface StoredSession {
  /** Hash of the cookie's value; the value itself is never stored. */
  id: string;
  account?: { kind: AccountKind; id: string };
  /** When the person last proved who they are, epoch milliseconds. */
  authTime?: number;
  /** Secret that every form of this session must carry. */
  csrf: string;
  data: Record<string, unknown>;
}

interface Row {
  id: string;
  account_kind: AccountKind | null;
  account_id: string | null;
  auth_time: number | null;
  csrf: string;
  data: string;
  seen_at: number;
}

/** The sessions of the current site. */
@Injectable()
export class SessionStore {
  constructor(
    private readonly db: Db,
    private readonly sweep: Sweep,
  ) {}

  /** The live session behind a cookie's value; undefined when unknown, idle too long or past its day. */
  async find(secret: string): Promise<StoredSession | undefined> {
    const now = clock.now();
    const sql = await this.db.sql();
    const [row] = await sql.query<Row>('SELECT * FROM web_session WHERE id = ? AND expires_at > ? AND seen_at > ?', [tokenHash(secret), now, now - SESSION_IDLE]);
    if (!row) return undefined;
    if (now - Number(row.seen_at) > SEEN_STEP) await this.touch(row.id, now);
    return sessionOf(row);
  }

  /** A new session, and the secret for its cookie. */
  async create(account?: { kind: AccountKind; id: string }): Promise<{ session: StoredSession; secret: string }> {
    const now = clock.now();
    const secret = randomToken();
    const session: StoredSession = { id: tokenHash(secret), csrf: randomToken(), data: {}, ...(account && { account, authTime: now }) };
    await this.sweep.expired('web_session');
    await this.db.transaction(async (tx) => {
      const columns = ['id', 'account_kind', 'account_id', 'auth_time', 'csrf', 'data', 'seen_at', 'expires_at'];
      const expires = now + (account ? SESSION_LIFE : SESSION_IDLE);
      await tx.insert('web_session', columns, [[session.id, account?.kind ?? null, account?.id ?? null, session.authTime ?? null, session.csrf, '{}', now, expires]]);
    });
    return { session, secret };
  }

  async saveData(id: string, data: Record<string, unknown>): Promise<void> {
    await this.db.transaction((tx) => tx.run('UPDATE web_session SET data = ? WHERE id = ?', [JSON.stringify(data), id]));
  }

  async remove(id: string): Promise<void> {
    await this.db.transaction((tx) => tx.run('DELETE FROM web_session WHERE id = ?', [id]));
  }

  /** Ends every session of an account: disabled, password changed, or “sign out everywhere”. */
  async removeAllOf(kind: AccountKind, id: string): Promise<void> {
    await this.db.transaction((tx) => tx.run('DELETE FROM web_session WHERE account_kind = ? AND account_id = ?', [kind, id]));
  }

  private async touch(id: string, now: number): Promise<void> {
    await this.db.transaction((tx) => tx.run('UPDATE web_session SET seen_at = ? WHERE id = ?', [now, id]));
  }
}

const sessionOf = (row: Row): StoredSession => ({
  id: row.id,
  csrf: row.csrf,
  data: JSON.parse(row.data) as Record<string, unknown>,
  ...(row.account_kind && row.account_id && { account: { kind: row.account_kind, id: row.account_id }, authTime: Number(row.auth_time) }),
});
