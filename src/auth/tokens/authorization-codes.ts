import { Injectable } from '@nestjs/common';
import { Db } from '../../database';
import { clock, log, randomToken, tokenHash } from '../../kernel';
import type { Account } from '../accounts/account';
import type { OAuthClient } from '../clients/oauth-client';
import { Sweep } from '../limits/sweep';
import type { Grant, LaunchDetails } from './grant';
import { GrantStore } from './grant.store';
import { Tokens } from './tokens';

/** RFC 6749 §4.1.2 allows ten minutes; a browser redirect needs seconds. */
const LIFETIME = 60_000;

export interface CodeRequest {
  client: Pick<OAuthClient, 'clientId'>;
  account: Pick<Account, 'kind' | 'id'>;
  redirectUri: string;
  /** Was `redirect_uri` sent to /authorize? Then the token request must repeat it. */
  redirectUriGiven: boolean;
  codeChallenge?: string;
  /** Those the person agreed to. */
  scopes: readonly string[];
  nonce?: string;
  /** When the person signed in; seconds since the epoch. */
  authTime: number;
  patient?: string;
  encounter?: string;
  launch?: LaunchDetails;
  sessionId?: string;
}

export interface RedeemedCode {
  grant: Grant;
  redirectUri: string;
  redirectUriGiven: boolean;
  codeChallenge?: string;
  expired: boolean;
}

type Row = { grant_id: string; redirect_uri: string; redirect_uri_given: number; code_challenge: string | null; expires_at: number };

const COLUMNS = ['code_hash', 'grant_id', 'redirect_uri', 'redirect_uri_given', 'code_challenge', 'expires_at', 'used'];

@Injectable()
export class AuthorizationCodes {
  constructor(
    private readonly db: Db,
    private readonly grants: GrantStore,
    private readonly tokens: Tokens,
    private readonly sweep: Sweep,
  ) {}

  /** A code of one minute for exactly this authorization. */
  async issue(request: CodeRequest): Promise<string> {
    const code = randomToken(32);
    const { client, account, scopes, redirectUri, redirectUriGiven, codeChallenge } = request;
    await this.sweep.now('DELETE FROM oauth_code WHERE expires_at < ?', [clock.now() - 86_400_000]);
    await this.db.transaction(async (tx) => {
      const grant = await this.grants.add(tx, { ...request, clientId: client.clientId, kind: account.kind, accountId: account.id, scopes: [...scopes], launch: request.launch ?? {} });
      await tx.insert('oauth_code', COLUMNS, [[tokenHash(code), grant.id, redirectUri, redirectUriGiven, codeChallenge ?? null, clock.now() + LIFETIME, 0]]);
    });
    return code;
  }

  /**
   * Takes the code: whatever else proves wrong, it is spent. A second use revokes everything the first one gave
   * (RFC 6749 §4.1.2). Undefined when there is nothing to redeem.
   */
  async redeem(code: string): Promise<RedeemedCode | undefined> {
    const hash = tokenHash(code);
    const taken = await this.db.transaction((tx) => tx.run('UPDATE oauth_code SET used = 1 WHERE code_hash = ? AND used = 0', [hash]));
    const [row] = await (await this.db.sql()).query<Row>('SELECT * FROM oauth_code WHERE code_hash = ?', [hash]);
    if (!row) return undefined;
    if (taken === 0) return this.replayed(row.grant_id);
    const grant = await this.grants.find(row.grant_id);
    return grant && redeemed(row, grant);
  }

  private async replayed(grantId: string): Promise<undefined> {
    log.warn({ event: 'code-replayed', grant: grantId }, 'authorization code used twice; its tokens are revoked');
    await this.tokens.revokeByGrant(grantId);
  }
}

const redeemed = (row: Row, grant: Grant): RedeemedCode => ({
  grant,
  redirectUri: row.redirect_uri,
  redirectUriGiven: Number(row.redirect_uri_given) === 1,
  codeChallenge: row.code_challenge ?? undefined,
  expired: Number(row.expires_at) <= clock.now(),
});
