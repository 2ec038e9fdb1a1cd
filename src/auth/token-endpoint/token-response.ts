import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config, siteUrls } from '../../config';
import { currentSite } from '../../kernel';
import type { TokenHolder } from './holder';
import { IdTokens } from './id-token';
import { launchAttributes, visibleScopes } from './launch-attributes';
import type { Issued } from './token-issuer';

@Injectable()
export class TokenResponse {
  constructor(
    private readonly idTokens: IdTokens,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Members of the response besides the tokens themselves. */
  async attributes({ grant, lifetime }: Issued, { account }: TokenHolder, scopes: readonly string[]): Promise<Record<string, unknown>> {
    const { oauth } = siteUrls(this.config, currentSite());
    return {
      expires_in: lifetime,
      scope: visibleScopes(scopes),
      ...(account && scopes.includes('openid') && { id_token: await this.idTokens.make(account, grant, scopes) }),
      ...launchAttributes(grant, scopes, oauth),
    };
  }
}
