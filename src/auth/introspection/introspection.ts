import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config, siteUrls } from '../../config';
import { clock, currentSite } from '../../kernel';
import { AccountStore } from '../accounts/account.store';
import { GrantStore } from '../tokens/grant.store';
import { TokenCheck } from '../tokens/token-check';
import { TokenStore } from '../tokens/token.store';
import { launchAttributes, visibleScopes } from '../token-endpoint/launch-attributes';

export const INACTIVE = { active: false } as const;

type Answer = { active: boolean } & Record<string, unknown>;

/** What a token is worth right now (RFC 7662), told to the client it was issued to and nobody else. */
@Injectable()
export class Introspection {
  constructor(
    private readonly check: TokenCheck,
    private readonly tokens: TokenStore,
    private readonly grants: GrantStore,
    private readonly accounts: AccountStore,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Whatever is wrong with a token, the answer is the same two words. */
  async describe(token: string, hint: string | undefined, clientId: string): Promise<Answer> {
    if (hint !== undefined && hint !== 'access_token' && hint !== 'refresh_token') return INACTIVE;
    return (await this.access(token, clientId)) ?? (await this.refresh(token, clientId)) ?? INACTIVE;
  }

  private async access(token: string, clientId: string): Promise<Answer | undefined> {
    const checked = await this.check.check(token);
    if (!checked || checked.client.clientId !== clientId) return undefined;
    const { oauth, fhir } = siteUrls(this.config, currentSite());
    const scopes = [...checked.scopes];
    const { patient, encounter, intent, fhirContext } = launchAttributes(checked.grant, scopes, oauth);
    return {
      ...active(scopes, clientId, checked),
      sub: checked.grant.accountId,
      aud: [clientId],
      iss: oauth,
      jti: checked.id,
      ...Object.fromEntries(Object.entries({ patient, encounter, intent, fhirContext }).filter(([, value]) => value !== undefined)),
      ...(checked.account && { fhirUser: `${fhir}/${checked.account.fhirUser}` }),
    };
  }

  private async refresh(token: string, clientId: string): Promise<Answer | undefined> {
    const stored = await this.tokens.find(token);
    if (stored?.kind !== 'refresh' || stored.used || stored.revoked || stored.expiresAt <= clock.now()) return undefined;
    const grant = await this.grants.find(stored.grantId);
    if (!grant || grant.revoked || grant.clientId !== clientId || grant.kind === 'system') return undefined;
    if (!(await this.accounts.byId(grant.kind, grant.accountId))?.enabled) return undefined;
    return { ...active(stored.scopes, clientId, stored), sub: grant.accountId, jti: stored.hash };
  }
}

const active = (scopes: readonly string[], clientId: string, { issuedAt, expiresAt }: { issuedAt: number; expiresAt: number }): Answer => ({
  active: true,
  status: 'active',
  token_type: 'Bearer',
  scope: visibleScopes(scopes).join(' '),
  client_id: clientId,
  iat: Math.floor(issuedAt / 1000),
  exp: Math.floor(expiresAt / 1000),
});
