import { Injectable } from '@nestjs/common';
import { clock } from '../../../kernel';
import { Job, type JobHandler, type JobRecord, type JobRun } from '../../../queue';
import { DELIVER, type DeliverPayload, SubscriptionPump } from '../pump';
import { SubscriptionStore } from '../subscription.store';
import { Delivery } from './delivery';
import { SubscriptionLimits } from './subscription-limits';

/** After a failure of ours, not of the endpoint. */
const RECOVERY_MS = 60_000;

/** The work on one subscription, step by step, as long as there is any and its turn lasts. */
@Injectable()
@Job({ kind: DELIVER, retention: 60_000 })
export class DeliverHandler implements JobHandler {
  constructor(
    private readonly store: SubscriptionStore,
    private readonly delivery: Delivery,
    private readonly pump: SubscriptionPump,
    private readonly limits: SubscriptionLimits,
  ) {}

  async run({ job, signal }: JobRun): Promise<void> {
    const { subscription, hold } = job.payload as DeliverPayload;
    const until = clock.now() + this.limits.turnMs;
    let dueAt = clock.now();
    while (clock.now() < until && !signal.aborted) {
      if (!(await this.store.hold(subscription, hold))) return;
      const step = await this.delivery.step(subscription);
      if (step === 'again') continue;
      dueAt = step.dueAt;
      break;
    }
    await this.store.letGo(subscription, hold, dueAt);
    this.pump.wakeHere();
  }

  async discard(job: JobRecord): Promise<void> {
    const { subscription, hold } = job.payload as DeliverPayload;
    await this.store.letGo(subscription, hold, clock.now() + RECOVERY_MS);
  }
}
