import type { OAuthClient } from '../../clients/oauth-client';
import { matchRedirectUri } from '../../clients/redirect-uri';
import { OAuthError } from '../../oauth/oauth-error';
import type { AuthorizeParams } from '../authorize-params';

/** The proven address to answer at, and whether the client named it. */
export interface RedirectAddress {
  redirectUri: string;
  redirectUriGiven: boolean;
}

/**
 * Exact match with a registered address (RFC 9700 §2.1, §4.1); may be left out when just one is registered. A mismatch
 * is told on our own page, without the address in it.
 */
export function checkRedirectUri({ redirect_uri: given }: AuthorizeParams, client: OAuthClient): RedirectAddress {
  if (given !== undefined) {
    if (matchRedirectUri(client, given)) return { redirectUri: given, redirectUriGiven: true };
    throw new OAuthError('invalid_client', 'redirect_uri is not one that this app registered.', { hint: 'redirect_uri' });
  }
  const [only, ...others] = client.redirectUris;
  if (only === undefined || others.length > 0) throw new OAuthError('invalid_request', 'redirect_uri is required.', { hint: 'redirect_uri' });
  return { redirectUri: only, redirectUriGiven: false };
}
