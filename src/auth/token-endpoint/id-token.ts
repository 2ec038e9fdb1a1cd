import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config, siteUrls } from '../../config';
import { clock, currentSite } from '../../kernel';
import type { Account } from '../accounts/account';
import { SigningKeys } from '../keys/signing-keys';
import type { Grant } from '../tokens/grant';
import { personClaims } from './person-claims';

const LIFETIME = 3600;

/** Makes id tokens (OpenID Connect Core §2). */
@Injectable()
export class IdTokens {
  constructor(
    private readonly keys: SigningKeys,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async make(account: Account, grant: Grant, scopes: readonly string[]): Promise<string> {
    const urls = siteUrls(this.config, currentSite());
    const now = Math.floor(clock.now() / 1000);
    const claims = {
      ...personClaims(account, scopes, urls.fhir),
      iss: urls.oauth,
      aud: grant.clientId,
      iat: now,
      exp: now + LIFETIME,
      auth_time: grant.authTime,
      ...(grant.nonce !== undefined && { nonce: grant.nonce }),
    };
    return this.keys.sign(claims, { typ: 'JWT' });
  }
}
