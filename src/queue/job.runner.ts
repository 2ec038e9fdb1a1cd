import { Injectable } from '@nestjs/common';
import { clock, log, newUuid, runInContext, SalusError } from '../kernel';
import { JobStopped } from './job';
import type { Nudge } from './job-queue';
import { JobRegistry, type RegisteredJob } from './job.registry';
import { JobStore } from './job.store';
import { LeasedRun } from './leased-run';

/** Starts without a checkpoint in between after which a job is given up. */
const MAX_ATTEMPTS = 5;
const GIVEN_UP = 'The job failed repeatedly and was given up; start it again. The server log has the details under its id.';

const backoff = (attempt: number): number => Math.min(60_000, 1000 * 2 ** attempt);

/** Full disks and lost databases pass; what was asked wrongly will not become right. */
const isPermanent = (error: unknown): error is SalusError => error instanceof SalusError && error.status < 500;

/** Executes jobs: takes the lease, runs the handler in the job's context, and writes down how it ended. */
@Injectable()
export class JobRunner {
  private readonly runs = new Set<LeasedRun>();
  private closing = false;

  constructor(
    private readonly store: JobStore,
    private readonly registry: JobRegistry,
  ) {}

  /** Runs the job if it is due and nobody else has it. Never rejects; a failure is in the row and the log. */
  run({ site, kind, jobId }: Nudge): Promise<void> {
    return runInContext({ site, requestId: jobId, audit: { action: kind } }, async () => {
      try {
        await this.take(jobId);
      } catch (error) {
        log.error({ err: error, site, job: jobId }, 'a job could not be run; the sweeper will try again');
      }
    });
  }

  /** Runs in hand stop at their next step and go back to the queue for another worker. */
  close(): void {
    this.closing = true;
    for (const run of this.runs) run.stop('closing');
  }

  private async take(id: string): Promise<void> {
    const due = await this.store.find(id);
    const registered = due && this.registry.get(due.kind);
    // A kind this process does not know belongs to a newer version of it: leave the job alone.
    if (!registered || this.closing) return;
    const holder = newUuid();
    const job = await this.store.claim(id, holder);
    if (job) await this.execute(new LeasedRun(job, holder, this.store), registered);
  }

  private async execute(run: LeasedRun, registered: RegisteredJob): Promise<void> {
    this.runs.add(run);
    try {
      if (run.job.attempts > MAX_ATTEMPTS) return await this.giveUp(run, registered, GIVEN_UP);
      await registered.handler.run(run);
      await this.store.finish(run.job.id, run.holder, clock.now() + registered.retention);
    } catch (error) {
      await this.settle(run, registered, error);
    } finally {
      run.end();
      this.runs.delete(run);
    }
  }

  private async settle(run: LeasedRun, registered: RegisteredJob, error: unknown): Promise<void> {
    const { id, attempts } = run.job;
    const stopped = run.signal.reason;
    if (stopped instanceof JobStopped) {
      if (stopped.reason === 'closing') await this.store.release(id, run.holder, 0, false);
      // Cancelled while writing: what was written after the cancellation goes too.
      else if ((await this.store.find(id))?.state === 'cancelled') await registered.handler.discard?.(run.job);
      return;
    }
    log.error({ err: error, job: id, attempts }, 'job failed');
    if (isPermanent(error)) return this.giveUp(run, registered, error.message);
    if (attempts >= MAX_ATTEMPTS) return this.giveUp(run, registered, GIVEN_UP);
    await this.store.release(id, run.holder, backoff(attempts), true);
  }

  private async giveUp(run: LeasedRun, registered: RegisteredJob, reason: string): Promise<void> {
    const failed = await this.store.fail(run.job.id, run.holder, reason, clock.now() + registered.retention);
    if (failed) await registered.handler.discard?.(run.job);
  }
}
