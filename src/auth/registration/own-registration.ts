import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { tokenHash } from '../../kernel';
import { ClientStore } from '../clients/client.store';
import type { OAuthClient } from '../clients/oauth-client';
import { OAuthError } from '../oauth/oauth-error';

@Injectable()
export class OwnRegistration {
  constructor(private readonly clients: ClientStore) {}

  /**
   * What the client at `path` registered, for the holder of its registration access token. An unknown path and a
   * wrong token are one answer (RFC 7592 §2.1). The secret is not repeated: only its hash is kept.
   */
  async read(path: string, token: string) {
    const client = await this.clients.byRegistrationPath(path);
    const stored = Buffer.from(client?.registrationTokenHash ?? tokenHash(''));
    const proven = timingSafeEqual(stored, Buffer.from(tokenHash(token)));
    if (!client || !proven || client.revokedAt !== undefined) {
      throw new OAuthError('invalid_token', 'The registration access token is not valid here.', { headers: { 'www-authenticate': 'Bearer error="invalid_token"' } });
    }
    return described(client);
  }
}

const described = (client: OAuthClient) => ({
  client_id: client.clientId,
  contacts: client.contacts,
  application_type: client.role === 'patient' ? 'patient' : 'user',
  client_name: client.name,
  redirect_uris: client.redirectUris,
  dsi_type: client.dsiType,
  dsi_source_attributes: client.dsiSourceAttributes ?? [],
});
