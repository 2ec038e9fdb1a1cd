import { Injectable } from '@nestjs/common';
import OAuth2Server from '@node-oauth/oauth2-server';
import { context } from '../../kernel';
import { ClientAuthentication } from '../client-auth/client-authentication';
import type { Form } from '../oauth/form';
import { OAuthError } from '../oauth/oauth-error';
import { GrantModel } from './grant-model';
import { GrantServices } from './grant-services';
import { fromLibrary } from './library-error';
import { ACCESS_SECONDS, REFRESH_SECONDS } from './token-issuer';

export interface TokenRequest {
  authorization?: string;
  form: Form;
  address: string;
}

/** The token endpoint (RFC 6749 §3.2): authenticates the client, then lets @node-oauth/oauth2-server carry out the grant. */
@Injectable()
export class TokenEndpoint {
  constructor(
    private readonly clients: ClientAuthentication,
    private readonly services: GrantServices,
  ) {}

  async answer({ authorization, form, address }: TokenRequest): Promise<Record<string, unknown>> {
    const { client, by } = await this.clients.authenticate({ authorization, form, address });
    context().audit.entity = `Client/${client.clientId}`;
    const grantType = form.grant_type;
    if (!grantType) throw new OAuthError('invalid_request', 'grant_type is missing.', { hint: 'grant_type' });
    this.assertOffered(grantType, by);
    const model = new GrantModel(this.services, { client, byAssertion: by === 'assertion', form, address });
    return handled(model, grantType, { ...form, client_id: client.clientId });
  }

  private assertOffered(grantType: string, by: string): void {
    if (grantType === 'password') this.services.password.assertOffered();
    if (grantType === 'client_credentials' && by !== 'assertion') {
      throw new OAuthError('invalid_request', 'client_credentials needs a signed client_assertion.', { hint: 'client_assertion' });
    }
  }
}

async function handled(model: GrantModel, grantType: string, form: Form): Promise<Record<string, unknown>> {
  const server = new OAuth2Server({
    model: model as unknown as OAuth2Server.ServerOptions['model'],
    accessTokenLifetime: ACCESS_SECONDS,
    refreshTokenLifetime: REFRESH_SECONDS,
    // The client has been authenticated, in more ways than the library knows.
    requireClientAuthentication: { [grantType]: false },
    allowExtendedTokenAttributes: true,
  });
  const { client_secret: _, client_assertion: __, ...body } = form;
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': '1' };
  const response = new OAuth2Server.Response();
  try {
    await server.token(new OAuth2Server.Request({ headers, method: 'POST', query: {}, body }), response);
  } catch (error) {
    throw fromLibrary(error);
  }
  return response.body as Record<string, unknown>;
}
