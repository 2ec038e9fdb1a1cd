import { Injectable } from '@nestjs/common';
import { verifierProves } from '#libs/smart';
import { Accounts } from '../accounts/accounts';
import type { OAuthClient } from '../clients/oauth-client';
import type { Form } from '../oauth/form';
import { AuthorizationCodes, type RedeemedCode } from '../tokens/authorization-codes';
import type { TokenHolder } from './holder';
import { invalidGrant } from './invalid-grant';

type Check = (code: RedeemedCode, client: OAuthClient, form: Form) => boolean;

const CHECKS: readonly Check[] = [
  (code) => !code.expired && !code.grant.revoked,
  (code, client) => code.grant.clientId === client.clientId,
  // RFC 6749 §4.1.3: repeated exactly when it was sent to /authorize; never another one.
  (code, _client, form) => (code.redirectUriGiven || form.redirect_uri !== undefined ? form.redirect_uri === code.redirectUri : true),
  // RFC 9700 §4.8: a verifier without a challenge means that someone stripped the challenge.
  (code, _client, form) => (code.codeChallenge ? verifierProves(form.code_verifier ?? '', code.codeChallenge) : form.code_verifier === undefined),
  (code, client) => code.codeChallenge !== undefined || client.confidential,
];

/** grant_type=authorization_code */
@Injectable()
export class CodeGrant {
  constructor(
    private readonly codes: AuthorizationCodes,
    private readonly accounts: Accounts,
  ) {}

  /** Spends the code and judges it afterwards, so that every wrong try costs the code. */
  async redeem(text: string, client: OAuthClient, form: Form): Promise<{ holder: TokenHolder; code: RedeemedCode }> {
    const code = await this.codes.redeem(text);
    const refused = invalidGrant('The authorization code is invalid.');
    if (!code || !CHECKS.every((check) => check(code, client, form)) || code.grant.kind === 'system') throw refused;
    const account = await this.accounts.byId(code.grant.kind, code.grant.accountId);
    if (!account?.enabled) throw refused;
    return { holder: { grant: code.grant, account }, code };
  }
}
