import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../config';
import { OAuthError } from '../oauth/oauth-error';
import { isApprovedAtOnce } from '../registration/approval';
import { type ClientMetadata, readMetadata } from '../registration/client-metadata';
import { type NewClient, newClient } from '../registration/new-client';
import { TokenCache } from '../tokens/token-cache';
import { Tokens } from '../tokens/tokens';
import { ClientStore } from './client.store';

/** More than an administrator will ever look through; strangers must not fill the disk. */
const MOST_PENDING = 10_000;

/** Registers applications and decides which may work. */
@Injectable()
export class Clients {
  constructor(
    private readonly store: ClientStore,
    private readonly tokens: Tokens,
    private readonly cache: TokenCache,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Registers what `body` describes (RFC 7591). `approved` overrides the site's rule: an administrator is asking. */
  async register(body: unknown, approved?: boolean): Promise<NewClient & { metadata: ClientMetadata }> {
    const metadata = readMetadata(body);
    const enabled = approved ?? isApprovedAtOnce(metadata, this.config.CLIENT_APPROVAL);
    if (!enabled && (await this.store.countPending()) >= MOST_PENDING) {
      throw new OAuthError('temporarily_unavailable', 'Too many registrations await approval.', { headers: { 'retry-after': '3600' } });
    }
    const made = newClient(metadata, enabled);
    await this.store.add(made.client);
    return { ...made, metadata };
  }

  /** False when there is no such client. */
  enable(clientId: string): Promise<boolean> {
    return this.store.setEnabled(clientId, true);
  }

  /** Ends all the client was granted, at once. */
  async disable(clientId: string): Promise<boolean> {
    const known = await this.store.setEnabled(clientId, false);
    await this.tokens.revokeClient(clientId);
    this.cache.evict((token) => token.client.clientId === clientId);
    return known;
  }
}
