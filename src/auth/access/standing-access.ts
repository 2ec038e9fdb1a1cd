import { Injectable } from '@nestjs/common';
import { intersect } from '#libs/smart';
import { type Access, currentSite } from '../../kernel';
import { AccountStore } from '../accounts/account.store';
import { ClientStore } from '../clients/client.store';
import type { OAuthClient } from '../clients/oauth-client';
import type { Grant } from '../tokens/grant';
import { GrantStore } from '../tokens/grant.store';
import { TokenStore } from '../tokens/token.store';
import { buildAccess } from './build-access';

/** What is kept of a token's rights by work that outlives the token. Holds no secret. */
export interface Standing {
  grantId: string;
  kind: Grant['kind'];
  clientId: string;
  scopes: string[];
}

/** Rights for work that goes on after the request which asked for it: judged anew each time it is done. */
@Injectable()
export class StandingAccess {
  constructor(
    private readonly tokens: TokenStore,
    private readonly grants: GrantStore,
    private readonly clients: ClientStore,
    private readonly accounts: AccountStore,
  ) {}

  /** Undefined for work of the server itself, which has no token. */
  async of({ tokenId }: Access): Promise<Standing | undefined> {
    const stored = tokenId === undefined ? undefined : await this.tokens.byHash(tokenId);
    const grant = stored && (await this.grants.find(stored.grantId));
    return grant && { grantId: grant.id, kind: grant.kind, clientId: grant.clientId, scopes: stored.scopes };
  }

  /**
   * What may be done now; undefined once the authorization was withdrawn, or client or account are no longer enabled.
   * Scopes that the client has lost since are gone.
   */
  async now(standing: Standing): Promise<Access | undefined> {
    const [client, grant] = await Promise.all([this.clients.find(standing.clientId), this.grantOf(standing)]);
    if (!client?.enabled || !grant || grant.revoked) return undefined;
    const account = grant.kind === 'system' ? undefined : await this.accounts.byId(grant.kind, grant.accountId);
    if (grant.kind !== 'system' && !account?.enabled) return undefined;
    return buildAccess({ site: currentSite(), tokenId: `standing ${standing.grantId}`, grant, client, account, scopes: remaining(standing, client) });
  }

  /** A backend client begins a grant with every token, and they are forgotten soon; its rights are those of its registration. */
  private async grantOf({ grantId, kind, clientId, scopes }: Standing): Promise<Grant | undefined> {
    const grant = await this.grants.find(grantId);
    if (grant || kind !== 'system') return grant;
    return { id: grantId, clientId, kind, accountId: clientId, scopes, launch: {}, authTime: 0, revoked: false };
  }
}

const remaining = ({ scopes }: Standing, client: OAuthClient): Set<string> => new Set(intersect(scopes, client.scopes));
