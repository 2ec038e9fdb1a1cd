import { Injectable } from '@nestjs/common';
import { covers, requestedScopes } from '#libs/smart';
import { clock, log } from '../../kernel';
import { AccountStore } from '../accounts/account.store';
import type { OAuthClient } from '../clients/oauth-client';
import { OAuthError } from '../oauth/oauth-error';
import type { Grant } from '../tokens/grant';
import { GrantStore } from '../tokens/grant.store';
import { type StoredToken, TokenStore } from '../tokens/token.store';
import { Tokens } from '../tokens/tokens';
import type { TokenHolder } from './holder';
import { invalidGrant } from './invalid-grant';

const refused = () => invalidGrant('The refresh token is invalid.');

/** grant_type=refresh_token */
@Injectable()
export class RefreshGrant {
  constructor(
    private readonly store: TokenStore,
    private readonly grants: GrantStore,
    private readonly accounts: AccountStore,
    private readonly tokens: Tokens,
  ) {}

  /**
   * The holder and scopes of a live refresh token of this client. One that was already traded in has been stolen, by
   * its holder or from them: everything of its family ends (RFC 9700 §4.14).
   */
  async load(text: string, client: OAuthClient, requested: string | undefined): Promise<{ holder: TokenHolder; scopes: string[] }> {
    const token = await this.store.find(text);
    const grant = token?.kind === 'refresh' ? await this.grants.find(token.grantId) : undefined;
    if (!token || !grant || grant.clientId !== client.clientId) throw refused();
    if (token.used) await this.reused(grant);
    if (token.used || token.revoked || grant.revoked || token.expiresAt <= clock.now()) throw refused();
    const account = grant.kind === 'system' ? undefined : await this.accounts.byId(grant.kind, grant.accountId);
    if (!account?.enabled) throw refused();
    return { holder: { grant, account, refreshHash: token.hash, refreshScopes: token.scopes }, scopes: narrowed(token, requested) };
  }

  private async reused(grant: Grant): Promise<void> {
    log.warn({ event: 'refresh-token-reused', grant: grant.id, client: grant.clientId }, 'refresh token used twice; its family is revoked');
    await this.tokens.revokeByGrant(grant.id);
  }
}

/** RFC 6749 §6: the same scopes, or fewer when asked; never more. */
function narrowed(token: StoredToken, requested: string | undefined): string[] {
  const asked = requestedScopes(requested);
  const beyond = asked.filter((scope) => !covers(token.scopes, scope));
  if (beyond.length > 0) throw new OAuthError('invalid_scope', 'More was asked for than was granted.', { hint: beyond.slice(0, 5).join(' ') });
  return asked.length > 0 ? asked : token.scopes;
}
