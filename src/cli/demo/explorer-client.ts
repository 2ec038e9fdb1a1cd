import { supportedScopes } from '#libs/smart';
import type { OAuthClient } from '../../auth';
import { clock, randomToken, tokenHash } from '../../kernel';
import { EXPLORER_CLIENT } from '../../web';

/** The API explorer as a client of its own server: public, with PKCE, and by exception for staff. */
export function explorerClient(baseUrl: string): OAuthClient {
  return {
    clientId: EXPLORER_CLIENT,
    name: 'Salus API explorer',
    role: 'user',
    confidential: false,
    enabled: true,
    authMethod: 'none',
    redirectUris: [`${baseUrl}/swagger/oauth2-redirect.html`],
    postLogoutRedirectUris: [],
    scopes: supportedScopes.filter((scope) => !scope.startsWith('system/')),
    contacts: [],
    dsiType: 'none',
    skipEhrLaunchAuthorizationFlow: false,
    registrationTokenHash: tokenHash(randomToken()),
    registrationPath: randomToken(16),
    registeredAt: clock.now(),
    approvedAt: clock.now(),
  };
}
