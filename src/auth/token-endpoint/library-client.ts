import type OAuth2Server from '@node-oauth/oauth2-server';
import type { OAuthClient } from '../clients/oauth-client';

/** The grants a client may use: what it registered, less what its way of authenticating does not carry. */
export function libraryClient(client: OAuthClient, byAssertion: boolean): OAuth2Server.Client {
  const registered = (type: string) => client.grantTypes === undefined || client.grantTypes.includes(type);
  const grants = ['authorization_code', 'password'].filter(registered);
  if (byAssertion && registered('client_credentials')) grants.push('client_credentials');
  // Comes with offline_access, which people agree to one by one; clients seldom name it.
  return { id: client.clientId, grants: [...grants, 'refresh_token'], redirectUris: client.redirectUris };
}
