import { Injectable } from '@nestjs/common';
import { Sites } from '../database';
import { log, newUuid, runInContext } from '../kernel';
import type { JobRecord } from './job';
import { JobQueue } from './job-queue';
import { JobRegistry } from './job.registry';
import { JobStore } from './job.store';

const SWEEP_MS = 5_000;
const BATCH = 100;

/**
 * Makes good what was lost: nudges again for every job that is due but nobody's (queue flushed, worker killed,
 * retry time come), and removes what expired jobs left behind. Any number of processes may sweep.
 */
@Injectable()
export class JobSweeper {
  private timer?: NodeJS.Timeout;
  private current: Promise<void> = Promise.resolve();

  constructor(
    private readonly sites: Sites,
    private readonly store: JobStore,
    private readonly queue: JobQueue,
    private readonly registry: JobRegistry,
  ) {}

  start(): void {
    const round = () => {
      this.current = this.sweep().finally(() => {
        if (this.timer) this.timer = setTimeout(round, SWEEP_MS).unref();
      });
    };
    this.timer = setTimeout(round, 0).unref();
  }

  async close(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    await this.current;
  }

  /** One round over all sites. Never rejects: a site whose database is away is tried again in the next round. */
  async sweep(): Promise<void> {
    for (const site of this.sites.keys) {
      try {
        await runInContext({ site, requestId: newUuid(), audit: { action: 'job.sweep' } }, () => this.sweepSite(site));
      } catch (error) {
        log.warn({ err: error, site }, 'jobs could not be swept');
      }
    }
  }

  private async sweepSite(site: string): Promise<void> {
    for (const job of await this.store.expired(BATCH)) await this.bury(job);
    for (const { id, kind } of await this.store.due(BATCH)) await this.queue.enqueue({ site, kind, jobId: id });
  }

  private async bury(job: JobRecord): Promise<void> {
    const registered = this.registry.get(job.kind);
    if (!registered) return;
    await registered.handler.discard?.(job);
    await this.store.remove(job.id);
  }
}
