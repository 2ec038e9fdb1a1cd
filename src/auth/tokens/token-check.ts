import { Injectable } from '@nestjs/common';
import { clock, currentSite, tokenHash } from '../../kernel';
import { buildAccess } from '../access/build-access';
import { AccountStore } from '../accounts/account.store';
import type { Account } from '../accounts/account';
import { ClientStore } from '../clients/client.store';
import type { CheckedToken } from './checked-token';
import type { Grant } from './grant';
import { GrantStore } from './grant.store';
import { TokenCache } from './token-cache';
import { type StoredToken, TokenStore } from './token.store';

const live = (token: CheckedToken | undefined): CheckedToken | undefined => (token && token.expiresAt > clock.now() ? token : undefined);

/** Longer texts are no tokens of ours and are not even hashed. */
const MAX_LENGTH = 128;

/** Tells live access tokens from everything else. */
@Injectable()
export class TokenCheck {
  constructor(
    private readonly tokens: TokenStore,
    private readonly grants: GrantStore,
    private readonly clients: ClientStore,
    private readonly accounts: AccountStore,
    private readonly cache: TokenCache,
  ) {}

  /** What a request by this access token may do; undefined when it is unknown, expired, revoked or its owner disabled. */
  async check(token: string): Promise<CheckedToken | undefined> {
    if (token.length === 0 || token.length > MAX_LENGTH) return undefined;
    const hash = tokenHash(token);
    return live(this.cache.get(hash) ?? (await this.load(token, hash)));
  }

  /** The same of a token checked lately; undefined for one that is yet to be looked up. */
  known(token: string): CheckedToken | undefined {
    if (token.length === 0 || token.length > MAX_LENGTH) return undefined;
    return live(this.cache.get(tokenHash(token)));
  }

  private async load(token: string, hash: string): Promise<CheckedToken | undefined> {
    const { epoch } = this.cache;
    const stored = await this.tokens.find(token);
    if (stored?.kind !== 'access' || stored.revoked || stored.expiresAt <= clock.now()) return undefined;
    const checked = await this.resolve(stored);
    if (checked) this.cache.put(hash, checked, epoch);
    return checked;
  }

  private async resolve(stored: StoredToken): Promise<CheckedToken | undefined> {
    const grant = await this.grants.find(stored.grantId);
    if (!grant || grant.revoked) return undefined;
    const [client, account] = await Promise.all([this.clients.find(grant.clientId), this.owner(grant)]);
    if (!client?.enabled || (grant.kind !== 'system' && !account?.enabled)) return undefined;
    const scopes = new Set(stored.scopes);
    const access = buildAccess({ site: currentSite(), tokenId: stored.hash, grant, client, account, scopes });
    return { id: stored.hash, grant, client, account, scopes, issuedAt: stored.issuedAt, expiresAt: stored.expiresAt, access };
  }

  private async owner({ kind, accountId }: Grant): Promise<Account | undefined> {
    return kind === 'system' ? undefined : this.accounts.byId(kind, accountId);
  }
}
