import { Injectable } from '@nestjs/common';
import { scopeWords } from '#libs/smart';
import { Db, type SqlWriter } from '../../database';
import { clock, tokenHash } from '../../kernel';

export type TokenKind = 'access' | 'refresh';

export interface StoredToken {
  hash: string;
  kind: TokenKind;
  grantId: string;
  scopes: string[];
  /** Milliseconds since the epoch. */
  issuedAt: number;
  expiresAt: number;
  used: boolean;
  revoked: boolean;
}

export interface FreshToken {
  token: string;
  kind: TokenKind;
  grantId: string;
  scopes: readonly string[];
  expiresAt: number;
}

type Row = { token_hash: string; kind: TokenKind; grant_id: string; scope: string; issued_at: number; expires_at: number; used: number; revoked_at: number | null };

const COLUMNS = ['token_hash', 'kind', 'grant_id', 'scope', 'issued_at', 'expires_at', 'used'];

/** Issued tokens of the current site. Only hashes are kept. */
@Injectable()
export class TokenStore {
  constructor(private readonly db: Db) {}

  find(token: string): Promise<StoredToken | undefined> {
    return this.byHash(tokenHash(token));
  }

  async byHash(hash: string): Promise<StoredToken | undefined> {
    const [row] = await (await this.db.sql()).query<Row>('SELECT * FROM oauth_token WHERE token_hash = ?', [hash]);
    return row && tokenOf(row);
  }

  async add(tx: SqlWriter, tokens: readonly FreshToken[]): Promise<void> {
    const now = clock.now();
    const rows = tokens.map(({ token, kind, grantId, scopes, expiresAt }) => [tokenHash(token), kind, grantId, scopes.join(' '), now, expiresAt, 0]);
    await tx.insert('oauth_token', COLUMNS, rows);
  }

  /** True for the one caller that gets to use this refresh token; the check and the mark are one statement. */
  async consumeRefresh(tx: SqlWriter, hash: string): Promise<boolean> {
    return (await tx.run("UPDATE oauth_token SET used = 1 WHERE token_hash = ? AND kind = 'refresh' AND used = 0 AND revoked_at IS NULL", [hash])) === 1;
  }

  async revoke(hash: string): Promise<void> {
    await this.db.transaction((tx) => tx.run('UPDATE oauth_token SET revoked_at = ? WHERE token_hash = ? AND revoked_at IS NULL', [clock.now(), hash]));
  }

  async revokeAccessOf(tx: SqlWriter, grantId: string): Promise<void> {
    await tx.run("UPDATE oauth_token SET revoked_at = ? WHERE grant_id = ? AND kind = 'access' AND revoked_at IS NULL", [clock.now(), grantId]);
  }
}

const tokenOf = (row: Row): StoredToken => ({
  hash: row.token_hash,
  kind: row.kind,
  grantId: row.grant_id,
  scopes: scopeWords(row.scope),
  issuedAt: Number(row.issued_at),
  expiresAt: Number(row.expires_at),
  used: Number(row.used) === 1,
  revoked: row.revoked_at !== null,
});
