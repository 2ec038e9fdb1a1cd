import { LRUCache } from 'lru-cache';
import { clock } from '../../kernel';

interface Window {
  startedAt: number;
  count: number;
}

/**
 * Counts events per key in fixed windows, in this process's memory: its size is bounded, and a restart forgives.
 * @nestjs/throttler costs more than a whole request here (see docs/adr).
 */
export class WindowLimiter {
  private readonly windows = new LRUCache<string, Window>({ max: 50_000 });

  constructor(
    private readonly limit: number,
    private readonly windowMs: number,
  ) {}

  /** Counts one event. Seconds to wait when that was one too many, else 0. */
  take(key: string): number {
    const window = this.current(key);
    window.count += 1;
    return window.count > this.limit ? this.remaining(window) : 0;
  }

  /** Seconds to wait when the key has used up its window, without counting anything. */
  blocked(key: string): number {
    const window = this.current(key);
    return window.count >= this.limit ? this.remaining(window) : 0;
  }

  private current(key: string): Window {
    const known = this.windows.get(key);
    if (known && clock.now() - known.startedAt < this.windowMs) return known;
    const fresh = { startedAt: clock.now(), count: 0 };
    this.windows.set(key, fresh);
    return fresh;
  }

  private remaining({ startedAt }: Window): number {
    return Math.max(1, Math.ceil((startedAt + this.windowMs - clock.now()) / 1000));
  }
}
