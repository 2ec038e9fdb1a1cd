import { requestedScopes } from '#libs/smart';
import type { AuthorizeParams } from '../authorize-params';
import { Refusal } from './refusal';

/**
 * What the app may be granted of what it asks for. Unknown and unregistered scopes fall away silently, as RFC 6749
 * §3.3 allows and the answer's `scope` reports; a request of which nothing is left fails.
 */
export function checkScope({ scope }: AuthorizeParams, grantable: (requested: string[]) => string[]): string[] {
  if (scope === undefined) throw new Refusal('invalid_scope', 'scope is required.');
  const scopes = grantable(requestedScopes(scope));
  if (scopes.length === 0) throw new Refusal('invalid_scope', 'None of the requested scopes is known here and registered for this app.');
  return scopes;
}
