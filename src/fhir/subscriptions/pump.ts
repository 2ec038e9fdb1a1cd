import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Db, Sites } from '../../database';
import { currentSite, log, newUuid, runInContext } from '../../kernel';
import { Jobs } from '../../queue';
import { SubscriptionStore } from './subscription.store';
import { Watch } from './watch';

export const DELIVER = 'subscription.deliver';

export interface DeliverPayload {
  subscription: string;
  /** Proves that the job is the one that has the subscription in hand. */
  hold: string;
}

const ROUND_MS = 2_000;

/**
 * Starts a job for each subscription that has something to do: at once after a write of this process, and in rounds for
 * what is due by time or was written elsewhere. One job at a time works on a subscription.
 */
@Injectable()
export class SubscriptionPump implements OnApplicationBootstrap, OnModuleDestroy {
  private timer?: NodeJS.Timeout;
  private readonly woken = new Set<string>();
  private current: Promise<void> = Promise.resolve();
  private closed = false;

  constructor(
    private readonly sites: Sites,
    private readonly db: Db,
    private readonly store: SubscriptionStore,
    private readonly watch: Watch,
    private readonly jobs: Jobs,
  ) {}

  onApplicationBootstrap(): void {
    const round = () => this.sites.keys.forEach((site) => void this.enqueue(site, true));
    round();
    this.timer = setInterval(round, ROUND_MS).unref();
  }

  async onModuleDestroy(): Promise<void> {
    this.closed = true;
    clearInterval(this.timer);
    await this.current;
  }

  /** Looks at the site's subscriptions soon. Several calls are one look. */
  wake(site: string): void {
    if (this.woken.has(site)) return;
    this.woken.add(site);
    setTimeout(() => {
      this.woken.delete(site);
      void this.enqueue(site, false);
    }, 20).unref();
  }

  wakeHere(): void {
    this.wake(currentSite());
  }

  /** One look after the other. */
  private enqueue(site: string, refresh: boolean): Promise<void> {
    this.current = this.current.then(() => this.look(site, refresh));
    return this.current;
  }

  private async look(site: string, refresh: boolean): Promise<void> {
    if (this.closed) return;
    try {
      await runInContext({ site, requestId: newUuid(), audit: { action: DELIVER } }, async () => {
        if (refresh) await this.watch.reload();
        for (const id of await this.store.due()) await this.start(id);
      });
    } catch (error) {
      log.warn({ err: error, site }, 'subscriptions could not be looked at; it is tried again');
    }
  }

  private async start(subscription: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      const payload: DeliverPayload = { subscription, hold: newUuid() };
      if (await this.store.take(tx, subscription, payload.hold)) await this.jobs.submit(tx, { kind: DELIVER, owner: `subscription/${subscription}`, payload });
    });
  }
}
