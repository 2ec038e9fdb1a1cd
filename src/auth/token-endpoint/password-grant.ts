import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../config';
import { clock } from '../../kernel';
import type { Account, AccountKind } from '../accounts/account';
import { Accounts } from '../accounts/accounts';
import type { OAuthClient } from '../clients/oauth-client';
import type { Form } from '../oauth/form';
import { OAuthError } from '../oauth/oauth-error';
import type { TokenHolder } from './holder';
import { invalidGrant } from './invalid-grant';

/** grant_type=password, which RFC 9700 §2.4 advises against: off unless the site switches it on. */
@Injectable()
export class PasswordGrant {
  constructor(
    private readonly accounts: Accounts,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  assertOffered(): void {
    if (this.config.OAUTH_PASSWORD_GRANT === 'off') throw new OAuthError('unsupported_grant_type', 'The password grant is switched off at this site.');
  }

  /** The account, signed in as the role asked for and no other. */
  async signIn(username: string, password: string, client: OAuthClient, form: Form, address: string): Promise<TokenHolder> {
    const kind = this.role(form.user_role);
    const account = kind && (await this.accounts.authenticate({ kind, username, password, email: form.email, address }));
    if (!account) throw invalidGrant('The user credentials were incorrect.', 'Failed Authentication');
    return { account, grant: begun(account, client) };
  }

  private role(given: string | undefined): AccountKind | undefined {
    const offered = this.config.OAUTH_PASSWORD_GRANT;
    return (given === 'users' || given === 'patient') && (offered === 'both' || offered === given) ? given : undefined;
  }
}

const begun = (account: Account, client: OAuthClient) => ({
  clientId: client.clientId,
  kind: account.kind,
  accountId: account.id,
  patient: account.patient,
  launch: {},
  authTime: Math.floor(clock.now() / 1000),
});
