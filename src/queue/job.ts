import { DiscoveryService } from '@nestjs/core';

export type JobState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled';

/** One row of table `job`, with its JSON columns parsed. */
export interface JobRecord {
  id: string;
  kind: string;
  state: JobState;
  /** Whose job it is: only they may see it. */
  owner: string;
  payload: unknown;
  progress?: string;
  /** Where the work stands; what it names is finished and durable. */
  checkpoint?: unknown;
  /** Starts since the last checkpoint. */
  attempts: number;
  requestId?: string;
  created: number;
  updated: number;
  /** When its results go away. */
  expires?: number;
  /** Why it failed, in words for its owner. */
  error?: string;
}

/** One execution of a job by one worker, for as long as that worker holds the lease. */
export interface JobRun {
  readonly job: JobRecord;
  /** Aborted with a JobStopped when the job was cancelled, was taken over, or this process is closing. */
  readonly signal: AbortSignal;
  /** Stores where the work stands. Throws JobStopped, having stored nothing, when the job is no longer ours. */
  save(checkpoint: unknown, progress: string): Promise<void>;
  /** What the owner is told meanwhile; stored with the next beat. */
  report(progress: string): void;
}

/**
 * The work of one kind of job. `run` may be started again at any time after any crash: it continues from
 * `run.job.checkpoint`, and doing a step twice must be harmless. It resolves when the job is done.
 */
export interface JobHandler {
  run(run: JobRun): Promise<void>;
  /** Removes what the job has left behind (files, rows). Called after cancel, failure and expiry; repeatable. */
  discard?(job: JobRecord): Promise<void>;
}

export interface JobOptions {
  kind: string;
  /** How long results stay after the end, in milliseconds. */
  retention: number;
}

/** Marks a provider as the handler of a kind of job. */
export const Job = DiscoveryService.createDecorator<JobOptions>();

export type StopReason = 'cancelled or taken over' | 'closing';

/** Ends a run without ending the job: cancelled, taken over by another worker, or handed over at shutdown. */
export class JobStopped extends Error {
  constructor(readonly reason: StopReason) {
    super(`job ${reason}`);
  }
}
