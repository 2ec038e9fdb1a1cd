import { CONCURRENCY, JobQueue, type Nudge } from '../job-queue';

const keyOf = ({ site, jobId }: Nudge): string => `${site}/${jobId}`;

/** The embedded default: nudges wait in memory and are worked off in this process, outside any request. */
export class InProcessQueue extends JobQueue {
  private readonly waiting = new Map<string, Nudge>();
  private readonly active = new Map<string, Promise<void>>();
  private work?: (nudge: Nudge) => Promise<void>;
  private closed = false;

  async enqueue(nudge: Nudge): Promise<void> {
    if (this.closed || this.active.has(keyOf(nudge))) return;
    this.waiting.set(keyOf(nudge), nudge);
    this.wake();
  }

  consume(work: (nudge: Nudge) => Promise<void>): void {
    this.work = work;
    this.wake();
  }

  async close(): Promise<void> {
    this.closed = true;
    this.waiting.clear();
    await Promise.all(this.active.values());
  }

  /** The next turn of the event loop: whoever enqueues has answered by then. */
  private wake(): void {
    setImmediate(() => this.startWaiting());
  }

  private startWaiting(): void {
    for (const [key, nudge] of this.waiting) {
      if (!this.work || this.active.size >= CONCURRENCY) return;
      this.waiting.delete(key);
      this.active.set(key, this.execute(key, nudge, this.work));
    }
  }

  private async execute(key: string, nudge: Nudge, work: (nudge: Nudge) => Promise<void>): Promise<void> {
    try {
      await work(nudge);
    } finally {
      this.active.delete(key);
      this.wake();
    }
  }
}
