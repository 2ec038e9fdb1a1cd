import { log } from '../kernel';
import { type JobRecord, type JobRun, JobStopped, type StopReason } from './job';
import type { JobStore } from './job.store';

/** How often a running job renews its lease and finds out whether it was cancelled. */
const BEAT_MS = 2_000;

/** A job in this worker's hands: keeps the lease alive, and tells the work when to stop. */
export class LeasedRun implements JobRun {
  private readonly abort = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private progress?: string;

  constructor(
    readonly job: JobRecord,
    readonly holder: string,
    private readonly store: JobStore,
  ) {
    this.timer = setInterval(() => void this.beat(), BEAT_MS);
    this.timer.unref();
  }

  get signal(): AbortSignal {
    return this.abort.signal;
  }

  report(progress: string): void {
    this.progress = progress;
  }

  async save(checkpoint: unknown, progress: string): Promise<void> {
    this.signal.throwIfAborted();
    this.report(progress);
    if (!(await this.store.saveCheckpoint(this.job.id, this.holder, checkpoint, progress))) this.stop('cancelled or taken over');
    this.signal.throwIfAborted();
  }

  stop(reason: StopReason): void {
    this.abort.abort(new JobStopped(reason));
  }

  end(): void {
    clearInterval(this.timer);
  }

  /** A database that is away is no reason to stop: the lease outlives a few missed beats. */
  private async beat(): Promise<void> {
    try {
      if (!(await this.store.beat(this.job.id, this.holder, this.progress))) this.stop('cancelled or taken over');
    } catch (error) {
      log.warn({ err: error, job: this.job.id }, 'could not renew the lease of a job');
    }
  }
}
