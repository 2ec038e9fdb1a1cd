import { clock } from '../../kernel';
import type { OAuthClient } from '../clients/oauth-client';
import type { TokenHolder } from './holder';

/** grant_type=client_credentials: the client acts for itself (SMART Backend Services). */
export const systemHolder = (client: OAuthClient): TokenHolder => ({
  grant: { clientId: client.clientId, kind: 'system', accountId: client.clientId, launch: {}, authTime: Math.floor(clock.now() / 1000) },
});
