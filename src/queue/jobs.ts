import { Injectable } from '@nestjs/common';
import type { Tx } from '../database';
import type { JobRecord } from './job';
import { JobQueue } from './job-queue';
import { JobRegistry } from './job.registry';
import { JobStore, type NewJob } from './job.store';

/** What the rest of the house knows of jobs: submit, look, cancel. All on the current site. */
@Injectable()
export class Jobs {
  constructor(
    private readonly store: JobStore,
    private readonly queue: JobQueue,
    private readonly registry: JobRegistry,
  ) {}

  /** The job exists when `tx` commits, and is started then; a rollback leaves nothing. Returns its id. */
  async submit(tx: Tx, job: NewJob): Promise<string> {
    if (!this.registry.get(job.kind)) throw new Error(`No handler is registered for jobs of kind “${job.kind}”.`);
    const jobId = await this.store.insert(tx, job);
    tx.afterCommit(() => void this.queue.enqueue({ site: tx.site, kind: job.kind, jobId }));
    return jobId;
  }

  find(id: string): Promise<JobRecord | undefined> {
    return this.store.find(id);
  }

  /** Jobs of one owner that are queued or running, as `tx` sees them. */
  countActive(tx: Tx, owner: string, kind: string): Promise<number> {
    return this.store.countActive(tx, owner, kind);
  }

  /** Stops the job wherever it runs and removes what it made. False when it was cancelled before. */
  async cancel(job: JobRecord): Promise<boolean> {
    const cancelled = await this.store.cancel(job.id);
    if (cancelled) await this.registry.get(job.kind)?.handler.discard?.(job);
    return cancelled;
  }
}
