import { LRUCache } from 'lru-cache';
import { clock } from '../../../kernel';

interface State {
  failures: number;
  openUntil: number;
}

const FAILURES = 5;

/** An endpoint that keeps failing is left alone for a while, however many subscriptions lead to it. Per process. */
export class Circuit {
  private readonly states = new LRUCache<string, State>({ max: 1_000 });

  constructor(private readonly openMs: () => number) {}

  isOpen(url: string): boolean {
    return (this.states.get(originOf(url))?.openUntil ?? 0) > clock.now();
  }

  note(url: string, taken: boolean): void {
    const origin = originOf(url);
    const failures = taken ? 0 : (this.states.get(origin)?.failures ?? 0) + 1;
    this.states.set(origin, { failures, openUntil: failures >= FAILURES ? clock.now() + this.openMs() : 0 });
  }
}

const originOf = (url: string): string => (URL.canParse(url) ? new URL(url).origin : url);
