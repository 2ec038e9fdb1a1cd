import { Injectable } from '@nestjs/common';
import { log } from '../../kernel';
import type { AccountKind } from '../accounts/account';
import { type GrantSelection, GrantStore } from './grant.store';
import { TokenCache } from './token-cache';
import { TokenStore } from './token.store';

/** Ends what was granted. Effective at once in this process, within a minute in others. */
@Injectable()
export class Tokens {
  constructor(
    private readonly grants: GrantStore,
    private readonly tokens: TokenStore,
    private readonly cache: TokenCache,
  ) {}

  /** One authorization with all its codes, access and refresh tokens. */
  revokeByGrant(grantId: string): Promise<number> {
    return this.revoke({ id: grantId });
  }

  /** Everything that was granted from one browser session: sign-out. */
  revokeSession(sessionId: string): Promise<number> {
    return this.revoke({ session_id: sessionId });
  }

  /** Everything a person granted, or what they granted to one client: consent withdrawn. */
  revokeAccount(kind: AccountKind, accountId: string, clientId?: string): Promise<number> {
    return this.revoke({ account_kind: kind, account_id: accountId, client_id: clientId });
  }

  /** Everything a client was granted. */
  revokeClient(clientId: string): Promise<number> {
    return this.revoke({ client_id: clientId });
  }

  /** One access token; the grant and its refresh token live on. */
  async revokeAccessToken(hash: string): Promise<void> {
    await this.tokens.revoke(hash);
    this.cache.evict((token) => token.id === hash);
  }

  private async revoke(selection: GrantSelection): Promise<number> {
    const ids = new Set(await this.grants.revoke(selection));
    // Also when nothing was left to revoke: a read that began earlier must not enter the cache.
    this.cache.evict((token) => ids.has(token.grant.id));
    if (ids.size > 0) log.info({ event: 'grants-revoked', count: ids.size }, 'grants revoked');
    return ids.size;
  }
}
