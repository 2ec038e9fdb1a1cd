import { Global, Module } from '@nestjs/common';
import { AccountStore } from './accounts/account.store';
import { Accounts } from './accounts/accounts';
import { SignInFailures } from './accounts/sign-in-failures';
import { ClientStore } from './clients/client.store';
import { Grants } from './clients/grants';
import { SigningKeyStore } from './keys/signing-key.store';
import { SigningKeys } from './keys/signing-keys';
import { AuthorizationCodes } from './tokens/authorization-codes';
import { GrantStore } from './tokens/grant.store';
import { TokenCache } from './tokens/token-cache';
import { TokenStore } from './tokens/token.store';
import { Tokens } from './tokens/tokens';

const offered = [Accounts, ClientStore, Grants, SigningKeys, AuthorizationCodes, Tokens];

/** Accounts, clients, tokens and the guard that every route passes. */
@Global()
@Module({
  providers: [...offered, AccountStore, SignInFailures, SigningKeyStore, GrantStore, TokenStore, TokenCache],
  exports: offered,
})
export class AuthModule {}
