import { Inject, Injectable, Optional } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { clock } from '../../kernel';
import { fetchJson } from '../outbound/fetch-json';
import { OutboundError } from '../outbound/outbound-error';
import { type OutboundRules, PUBLIC_ONLY } from '../outbound/public-url';
import { readKeySet } from './key-set';
import type { ClientKey, OAuthClient } from './oauth-client';

/** Injection token of other outbound rules than `PUBLIC_ONLY`. */
export const OUTBOUND_RULES = Symbol('OUTBOUND_RULES');

const LONGEST_KEPT = 15 * 60;
const KEPT_BY_DEFAULT = 5 * 60;
const REFETCH_AFTER = 10_000;
const MOST_AT_ONCE = 20;

interface Kept {
  keys: ClientKey[];
  fetchedAt: number;
  until: number;
}

/** The public keys that a client may sign assertions with: registered inline, or published at its `jwks_uri`. */
@Injectable()
export class ClientKeys {
  private readonly kept = new LRUCache<string, Kept>({ max: 500 });
  private readonly running = new Map<string, Promise<Kept>>();

  constructor(@Optional() @Inject(OUTBOUND_RULES) private readonly rules: OutboundRules = PUBLIC_ONLY) {}

  /** Keys named `kid`; several may share a name. Throws OutboundError when a published set cannot be read. */
  async named(kid: string, client: OAuthClient): Promise<ClientKey[]> {
    const inline = (client.jwks?.keys ?? []).filter((key) => key.kid === kid);
    if (inline.length > 0 || !client.jwksUri) return inline;
    return (await this.published(client.jwksUri, kid)).filter((key) => key.kid === kid);
  }

  /** Fetched anew when stale, or when it lacks `kid` and was not fetched just now: the client may have rotated. */
  private async published(uri: string, kid: string): Promise<ClientKey[]> {
    const kept = this.kept.get(uri);
    const now = clock.now();
    const fresh = kept !== undefined && now < kept.until;
    const knows = kept?.keys.some((key) => key.kid === kid);
    if (kept && (fresh ? knows || now - kept.fetchedAt < REFETCH_AFTER : false)) return kept.keys;
    return (await this.fetchOnce(uri)).keys;
  }

  private fetchOnce(uri: string): Promise<Kept> {
    const running = this.running.get(uri);
    if (running) return running;
    if (this.running.size >= MOST_AT_ONCE) throw new OutboundError('too many key sets are being fetched; try again');
    const fetching = this.fetch(uri).finally(() => this.running.delete(uri));
    this.running.set(uri, fetching);
    return fetching;
  }

  private async fetch(uri: string): Promise<Kept> {
    const { value, maxAge } = await fetchJson(uri, this.rules);
    const read = readKeySet(value);
    if (typeof read === 'string') throw new OutboundError(read);
    const now = clock.now();
    const kept = { keys: read.keys, fetchedAt: now, until: now + 1000 * Math.min(maxAge ?? KEPT_BY_DEFAULT, LONGEST_KEPT) };
    this.kept.set(uri, kept);
    return kept;
  }
}
