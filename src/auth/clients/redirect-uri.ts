import type { OAuthClient } from './oauth-client';

const LOOPBACK = /^http:\/\/(127\.0\.0\.1|\[::1\])(?::\d{1,5})?(\/[^#]*)?$/;
const withoutPort = (uri: string): string | undefined => {
  const match = LOOPBACK.exec(uri);
  return match ? `http://${match[1]}${match[2] ?? '/'}` : undefined;
};

/**
 * Is `uri` one the client registered? Compared as text, character by character (RFC 9700 §2.1); only the port of a
 * loopback IP literal may differ, since native apps cannot choose it (RFC 8252 §7.3).
 */
export function matchRedirectUri(client: Pick<OAuthClient, 'redirectUris'>, uri: string): boolean {
  if (client.redirectUris.includes(uri)) return true;
  const loopback = withoutPort(uri);
  return loopback !== undefined && client.redirectUris.some((known) => withoutPort(known) === loopback);
}

/** What makes a redirect URI unfit for registration; undefined when it is sound. */
export function redirectUriFault(uri: string): string | undefined {
  if (uri.length > 1900) return 'is too long';
  if (/[\s*\\<>"'`{}|^]/.test(uri)) return 'must not hold wildcards, white space or quotes';
  if (uri.includes('#')) return 'must not have a fragment';
  const url = parse(uri);
  if (!url) return 'must be an absolute URI';
  if (url.username || url.password) return 'must not hold user information';
  return schemeFault(url);
}

function parse(uri: string): URL | undefined {
  return URL.canParse(uri) ? new URL(uri) : undefined;
}

const LOCAL = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** https anywhere, http only to this machine, or an app's own scheme, which is a reversed domain name (RFC 8252 §7.1). */
function schemeFault(url: URL): string | undefined {
  if (url.protocol === 'https:') return undefined;
  if (url.protocol === 'http:') return LOCAL.has(url.hostname) ? undefined : 'must use https (http is for loopback addresses only)';
  return /^[a-z][a-z0-9+-]*(\.[a-z0-9+-]+)+:$/.test(url.protocol) ? undefined : 'must use https, or a private scheme named like com.example.app';
}
