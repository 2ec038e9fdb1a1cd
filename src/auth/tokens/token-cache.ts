import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { currentSite } from '../../kernel';
import type { CheckedToken } from './checked-token';

/** Upper limit of how long a revocation in another process may go unnoticed here. */
const STALE_MS = 60_000;

/** Tokens found valid lately. Revocations in this process take effect at once. */
@Injectable()
export class TokenCache {
  private readonly checked = new LRUCache<string, CheckedToken>({ max: 10_000, ttl: STALE_MS });
  private evictions = 0;

  get(hash: string): CheckedToken | undefined {
    return this.checked.get(`${currentSite()} ${hash}`);
  }

  /** Number of evictions so far: read it before the database, and hand it to `put`. */
  get epoch(): number {
    return this.evictions;
  }

  /** Keeps the result, unless something was revoked while it was being read. */
  put(hash: string, token: CheckedToken, epoch: number): void {
    if (epoch === this.evictions) this.checked.set(`${currentSite()} ${hash}`, token);
  }

  evict(concerns: (token: CheckedToken) => boolean): void {
    this.evictions += 1;
    const site = currentSite();
    for (const [key, token] of this.checked) if (token.access.site === site && concerns(token)) this.checked.delete(key);
  }
}
