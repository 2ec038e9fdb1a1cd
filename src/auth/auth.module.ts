import { Global, Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { StandingAccess } from './access/standing-access';
import { AccountStore } from './accounts/account.store';
import { Accounts } from './accounts/accounts';
import { SignInFailures } from './accounts/sign-in-failures';
import { AssertionIds } from './client-auth/assertion-ids';
import { ClientAssertion } from './client-auth/client-assertion';
import { ClientAuthentication } from './client-auth/client-authentication';
import { ClientKeys } from './clients/client-keys';
import { ClientStore } from './clients/client.store';
import { Clients } from './clients/clients';
import { Grants } from './clients/grants';
import { DiscoveryController } from './discovery/discovery.controller';
import { AccessGuard } from './guards/access.guard';
import { BearerGuard } from './guards/bearer.guard';
import { BearerStrategy } from './guards/bearer.strategy';
import { RouteAudit } from './guards/route-audit';
import { InteractiveModule } from './interactive/interactive.module';
import { Introspection } from './introspection/introspection';
import { IntrospectionController } from './introspection/introspection.controller';
import { RevocationController } from './introspection/revocation.controller';
import { Sweep } from './limits/sweep';
import { SigningKeyStore } from './keys/signing-key.store';
import { SigningKeys } from './keys/signing-keys';
import { OwnRegistration } from './registration/own-registration';
import { RegistrationController } from './registration/registration.controller';
import { CodeGrant } from './token-endpoint/code-grant';
import { GrantServices } from './token-endpoint/grant-services';
import { IdTokens } from './token-endpoint/id-token';
import { PasswordGrant } from './token-endpoint/password-grant';
import { RefreshGrant } from './token-endpoint/refresh-grant';
import { TokenController } from './token-endpoint/token.controller';
import { TokenEndpoint } from './token-endpoint/token-endpoint';
import { TokenIssuer } from './token-endpoint/token-issuer';
import { TokenResponse } from './token-endpoint/token-response';
import { AuthorizationCodes } from './tokens/authorization-codes';
import { GrantStore } from './tokens/grant.store';
import { TokenCache } from './tokens/token-cache';
import { TokenCheck } from './tokens/token-check';
import { TokenStore } from './tokens/token.store';
import { Tokens } from './tokens/tokens';

/** What the rest of the house may use. */
const offered = [Accounts, ClientStore, Clients, Grants, SigningKeys, AuthorizationCodes, StandingAccess, TokenCheck, Tokens];

const stores = [AccountStore, GrantStore, SigningKeyStore, SignInFailures, Sweep, TokenCache, TokenStore];

const clientAuthentication = [AssertionIds, ClientAssertion, ClientAuthentication, ClientKeys];

const tokenEndpoint = [CodeGrant, GrantServices, IdTokens, PasswordGrant, RefreshGrant, TokenEndpoint, TokenIssuer, TokenResponse];

const guards = [BearerStrategy, BearerGuard, RouteAudit, { provide: APP_GUARD, useClass: AccessGuard }];

/** Accounts, clients, tokens, and the guard that every route passes. */
@Global()
@Module({
  imports: [DiscoveryModule, InteractiveModule],
  controllers: [DiscoveryController, IntrospectionController, RegistrationController, RevocationController, TokenController],
  providers: [...offered, ...stores, ...clientAuthentication, ...tokenEndpoint, ...guards, Introspection, OwnRegistration],
  exports: [...offered, BearerGuard, InteractiveModule],
})
export class AuthModule {}
