import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import type { Job as BullJob } from 'bullmq';
import { log } from '../../kernel';
import { CONCURRENCY, type Nudge } from '../job-queue';

/** Name of the queue that carries the nudges. */
export const NUDGES = 'nudges';

/** The consuming end on Redis. Started by BullmqQueue.consume, once there is work to hand nudges to. */
@Processor(NUDGES, { concurrency: CONCURRENCY, autorun: false })
export class BullmqProcessor extends WorkerHost {
  private work?: (nudge: Nudge) => Promise<void>;

  start(work: (nudge: Nudge) => Promise<void>): void {
    this.work = work;
    this.worker.run().catch((error: unknown) => log.error({ err: error }, 'the queue worker ended'));
  }

  async process(job: BullJob<Nudge>): Promise<void> {
    await this.work?.(job.data);
  }

  @OnWorkerEvent('error')
  onError(error: Error): void {
    log.warn({ err: error.message }, 'queue worker: Redis is away');
  }
}
