import { InjectQueue } from '@nestjs/bullmq';
import { Inject, Injectable, Optional } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { log } from '../../kernel';
import { JobQueue, type Nudge } from '../job-queue';
import { BullmqProcessor, NUDGES } from './bullmq.processor';

/** BullMQ takes no colon in its ids. One nudge per job waits at a time: repeats fold into it. */
const keyOf = ({ site, jobId }: Nudge): string => `${site}_${jobId}`;
/** Nudges kept in memory while Redis is away; the sweeper repeats what is beyond. */
const MAX_PENDING = 1000;

/** Nudges over Redis, for any number of processes. */
@Injectable()
export class BullmqQueue extends JobQueue {
  private readonly pending = new Set<string>();
  private closed = false;

  constructor(
    @InjectQueue(NUDGES) private readonly queue: Queue<Nudge>,
    @Optional() @Inject(BullmqProcessor) private readonly processor?: BullmqProcessor,
  ) {
    super();
    queue.on('error', (error) => log.warn({ err: error.message }, 'queue: Redis is away'));
  }

  /** Handed to the client library and not waited for: it may be minutes before Redis answers. */
  async enqueue(nudge: Nudge): Promise<void> {
    const key = keyOf(nudge);
    if (this.closed || this.pending.has(key) || this.pending.size >= MAX_PENDING) return;
    this.pending.add(key);
    this.queue
      .add(nudge.kind, nudge, { jobId: key, removeOnComplete: true, removeOnFail: true })
      .catch((error: Error) => log.warn({ err: error.message, job: nudge.jobId }, 'a nudge was lost; the sweeper repeats it'))
      .finally(() => this.pending.delete(key));
  }

  consume(work: (nudge: Nudge) => Promise<void>): void {
    if (!this.processor) throw new Error('This process was set up without a queue worker.');
    this.processor.start(work);
  }

  /** The connection itself is closed by the queue module, after this. */
  async close(): Promise<void> {
    this.closed = true;
    await this.processor?.worker.close();
  }
}
