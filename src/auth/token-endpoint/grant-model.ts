import type OAuth2Server from '@node-oauth/oauth2-server';
import { requestedScopes } from '#libs/smart';
import { randomToken } from '../../kernel';
import type { OAuthClient } from '../clients/oauth-client';
import type { Form } from '../oauth/form';
import { fittingScopes } from './fitting-scopes';
import type { GrantServices } from './grant-services';
import type { TokenHolder } from './holder';
import { libraryClient } from './library-client';
import { systemHolder } from './system-grant';

export interface GrantRequest {
  /** Already authenticated: how, is no business of the library. */
  client: OAuthClient;
  byAssertion: boolean;
  form: Form;
  address: string;
}

type LibraryUser = OAuth2Server.User & { holder: TokenHolder };

/**
 * What @node-oauth/oauth2-server asks of us while it carries out one token request. Its order of steps is kept; the
 * decisions that need more than it hands over (the whole form, one transaction) are made in the grants.
 */
export class GrantModel {
  constructor(
    private readonly services: GrantServices,
    private readonly request: GrantRequest,
  ) {}

  async getClient(): Promise<OAuth2Server.Client> {
    return libraryClient(this.request.client, this.request.byAssertion);
  }

  async getAuthorizationCode(text: string): Promise<OAuth2Server.AuthorizationCode> {
    const { client, form } = this.request;
    const { holder, code } = await this.services.code.redeem(text, client, form);
    return {
      authorizationCode: text,
      expiresAt: new Date(Date.now() + 1000),
      redirectUri: code.redirectUriGiven ? code.redirectUri : '',
      ...(code.codeChallenge && { codeChallenge: code.codeChallenge, codeChallengeMethod: 'S256' }),
      scope: code.grant.scopes,
      client: await this.getClient(),
      user: { holder },
    };
  }

  /** Spent already, in the statement that found it. */
  async revokeAuthorizationCode(): Promise<boolean> {
    return true;
  }

  async getRefreshToken(text: string): Promise<OAuth2Server.RefreshToken> {
    const { client, form } = this.request;
    const { holder, scopes } = await this.services.refresh.load(text, client, form.scope);
    // The library compares words; ours are compared by meaning, so what was found fit counts as granted.
    return { refreshToken: text, scope: form.scope ? form.scope.trim().split(/\s+/) : scopes, client: await this.getClient(), user: { holder } };
  }

  /** Done by saveToken, in one transaction with what replaces it: a crash between the two would lose the session. */
  async revokeToken(): Promise<boolean> {
    return true;
  }

  async getUser(username: string, password: string): Promise<OAuth2Server.User> {
    const { client, form, address } = this.request;
    return { holder: await this.services.password.signIn(username, password, client, form, address) };
  }

  async getUserFromClient(): Promise<OAuth2Server.User> {
    return { holder: systemHolder(this.request.client) };
  }

  async validateScope(user: LibraryUser, _client: OAuth2Server.Client, scope?: string[]): Promise<string[]> {
    return fittingScopes(this.services.grants, user.holder, this.request.client, scope && requestedScopes(scope.join(' ')));
  }

  async generateAccessToken(): Promise<string> {
    return randomToken(32);
  }

  async generateRefreshToken(): Promise<string> {
    return randomToken(32);
  }

  async saveToken(token: OAuth2Server.Token, client: OAuth2Server.Client, user: LibraryUser): Promise<OAuth2Server.Token> {
    const { holder } = user;
    const scopes = requestedScopes((token.scope ?? []).join(' '));
    const lasting = (holder.refreshScopes ?? scopes).includes('offline_access') && !isSystem(holder);
    const refreshToken = lasting ? token.refreshToken : undefined;
    const issued = await this.services.issuer.issue({ holder, scopes, accessToken: token.accessToken, refreshToken });
    const attributes = await this.services.response.attributes(issued, holder, scopes);
    return { accessToken: token.accessToken, accessTokenExpiresAt: new Date(issued.expiresAt), ...(refreshToken && { refreshToken }), client, user, ...attributes };
  }
}

const isSystem = ({ grant }: TokenHolder): boolean => grant.kind === 'system';
