import { OAuthError } from '../oauth/oauth-error';
import type { Grants } from '../clients/grants';
import type { OAuthClient } from '../clients/oauth-client';
import { exists, type TokenHolder } from './holder';

/**
 * Scopes of the tokens to be issued. Those of a code were agreed to by a person; password and client_credentials
 * requests are narrowed here to what may be granted. Nothing left is an error, not an empty token.
 */
export function fittingScopes(grants: Grants, holder: TokenHolder, client: OAuthClient, requested: readonly string[] | undefined): string[] {
  if (exists(holder.grant)) return holder.grant.scopes;
  const granted = grants.grantableScopes(client, holder.account, requested ?? client.scopes).filter((scope) => worksWithoutLaunch(scope, holder));
  if (granted.length === 0) throw new OAuthError('invalid_scope', 'None of the requested scopes can be granted to this client and user.');
  return granted;
}

/** Without a launch no patient is chosen: staff would hold patient scopes that reach nobody. */
function worksWithoutLaunch(scope: string, { account }: TokenHolder): boolean {
  if (scope === 'launch' || scope.startsWith('launch/')) return false;
  return !scope.startsWith('patient/') || account?.kind === 'patient';
}
