import { asObject } from './metadata-rules';
import type { ClientMetadata } from './client-metadata';
import type { NewClient } from './new-client';

/** The answer to a registration: identifiers, the secrets this once, and all metadata as sent. */
export function registrationAnswer({ client, secret, registrationToken, metadata }: NewClient & { metadata: ClientMetadata }, base: string) {
  return {
    ...metadata,
    ...(metadata.jwks !== undefined && { jwks: asObject(metadata.jwks) }),
    dsi_type: client.dsiType,
    client_id: client.clientId,
    client_secret: secret,
    registration_access_token: registrationToken,
    registration_client_uri: `${base}/client/${client.registrationPath}`,
    client_id_issued_at: Math.floor(client.registeredAt / 1000),
    client_secret_expires_at: 0,
    // OpenEMR's clients know two roles; a backend client counts as `user`.
    client_role: client.role === 'patient' ? 'patient' : 'user',
  };
}
