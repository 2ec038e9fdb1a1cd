/** “Look at this job's row.” Carries nothing else: the row is the truth. */
export interface Nudge {
  site: string;
  kind: string;
  jobId: string;
}

/**
 * Carries nudges from whoever has work to whoever does it. May lose them (the sweeper repeats) and may repeat
 * them (a job's lease lets one worker in); never delivers one job twice at the same time within a process.
 */
export abstract class JobQueue {
  /** Never rejects and never waits for the work: a queue that is away must not fail the request. */
  abstract enqueue(nudge: Nudge): Promise<void>;

  /** From now on nudges are handed to `work`, a bounded number at a time. `work` never rejects. */
  abstract consume(work: (nudge: Nudge) => Promise<void>): void;

  /** Takes no more nudges; resolves when the work in hand has ended. */
  abstract close(): Promise<void>;
}

/** Jobs at work in one process at a time. */
export const CONCURRENCY = 2;
