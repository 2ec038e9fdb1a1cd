import type { OAuthClient } from '../../clients/oauth-client';
import { OAuthError } from '../../oauth/oauth-error';
import type { AuthorizeParams } from '../authorize-params';

/** An unknown app and one that is not enabled get the same answer, and it is a page: nobody is sent anywhere. */
export async function checkClient({ client_id: id }: AuthorizeParams, find: (id: string) => Promise<OAuthClient | undefined>): Promise<OAuthClient> {
  if (id === undefined) throw new OAuthError('invalid_request', 'client_id is required.', { hint: 'client_id' });
  const client = id.length <= 64 ? await find(id) : undefined;
  if (!client?.enabled) throw new OAuthError('invalid_client', 'This app is not registered here, or not enabled yet.', { hint: 'client_id' });
  if (client.role === 'system') throw new OAuthError('invalid_client', 'This client is a backend service; it cannot sign people in.', { hint: 'client_id' });
  return client;
}
