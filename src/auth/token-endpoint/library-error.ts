import OAuth2Server from '@node-oauth/oauth2-server';
import { isOAuthErrorCode, OAuthError } from '../oauth/oauth-error';

/**
 * The library's errors in our terms. What our own model threw, it wraps as a server error: that is unwrapped; anything
 * unexpected goes on to be logged as the fault it is.
 */
export function fromLibrary(error: unknown): unknown {
  if (!(error instanceof OAuth2Server.OAuthError)) return error;
  const { inner } = error as { inner?: unknown };
  if (inner !== undefined) return inner instanceof OAuth2Server.OAuthError ? fromLibrary(inner) : inner;
  return isOAuthErrorCode(error.name) ? new OAuthError(error.name, error.message) : error;
}
