import { Inject, Injectable } from '@nestjs/common';
import { AuditLog } from '../../../audit';
import { StandingAccess } from '../../../auth';
import { CONFIG, type Config, siteUrls } from '../../../config';
import { Db } from '../../../database';
import { type Access, clock, context, currentSite, rulesFor } from '../../../kernel';
import { EventStore, type SubscriptionEvent } from '../event.store';
import { NEVER, type StoredSubscription, SubscriptionStore } from '../subscription.store';
import { notificationBundle, type NotificationType } from './notification';
import { Sender } from './sender';
import { SubscriptionStatus } from './status';
import { SubscriptionLimits } from './subscription-limits';

/** What comes of one step: go on at once, or not before this time. */
export type Step = 'again' | { dueAt: number };

/** One step of a subscription's work: its handshake, one notification, a heartbeat, or its end. */
@Injectable()
export class Delivery {
  constructor(
    private readonly db: Db,
    private readonly store: SubscriptionStore,
    private readonly events: EventStore,
    private readonly standing: StandingAccess,
    private readonly sender: Sender,
    private readonly status: SubscriptionStatus,
    private readonly limits: SubscriptionLimits,
    private readonly audit: AuditLog,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async step(id: string): Promise<Step> {
    const found = await this.store.find(id);
    if (!found || found.state === 'off') return { dueAt: NEVER };
    if ((found.definition.end ?? NEVER) <= clock.now()) return this.switchOff(found, 'The subscription has come to its end.');
    const access = await this.rights(found);
    if (!access) return this.switchOff(found, 'The rights of whoever subscribed have ended.');
    const subscription = { ...found, numbered: await this.events.number(found, access) };
    if (subscription.numbered - subscription.delivered > this.limits.backlog) return this.switchOff(subscription, `More than ${this.limits.backlog} events could not be delivered.`);
    if (!subscription.handshaken) return this.send(subscription, access, 'handshake', []);
    const waiting = await this.events.between(id, access, subscription.delivered, subscription.numbered, subscription.definition.maxCount);
    if (waiting.length > 0) return this.send(subscription, access, 'event-notification', this.withinBytes(waiting));
    return this.heartbeat(subscription, access);
  }

  /** As they are now: a scope withdrawn, a client or account disabled, a role changed end it. */
  private async rights({ standing, definition }: StoredSubscription): Promise<Access | undefined> {
    const access = await this.standing.now(standing);
    return access && rulesFor(access, definition.trigger.type, 'r').length > 0 ? access : undefined;
  }

  private async heartbeat(subscription: StoredSubscription, access: Access): Promise<Step> {
    const period = subscription.definition.heartbeatMs;
    if (period !== undefined && subscription.sentAt + period <= clock.now()) return this.send(subscription, access, 'heartbeat', []);
    await this.events.clear(subscription);
    return { dueAt: this.nextDue(subscription) };
  }

  private nextDue({ sentAt, definition: { heartbeatMs, end } }: StoredSubscription): number {
    return Math.min(heartbeatMs === undefined ? NEVER : sentAt + heartbeatMs, end ?? NEVER);
  }

  private async send(subscription: StoredSubscription, access: Access, type: NotificationType, events: readonly SubscriptionEvent[]): Promise<Step> {
    const { content } = subscription.definition;
    const body = notificationBundle({ type, subscription, base: siteUrls(this.config, currentSite()).fhir, events, content });
    const fault = await this.sender.send(subscription, body);
    if (events.length > 0) this.note(subscription, access, fault === undefined);
    return fault === undefined ? this.taken(subscription, events.at(-1)?.number) : this.failed(subscription, fault);
  }

  /** What left the house, on whose behalf, and where it went. */
  private note({ id, definition }: StoredSubscription, access: Access, taken: boolean): void {
    const { site, requestId } = context();
    const note = { action: 'notify', entity: `Subscription/${id}` };
    this.audit.record({ site, requestId, method: 'POST', route: 'notification', status: taken ? 200 : 502, address: new URL(definition.endpoint).host, access, note });
  }

  private async taken(subscription: StoredSubscription, last: number | undefined): Promise<Step> {
    const change = { failures: 0, failing_since: null, handshaken: 1, sent_at: clock.now(), ...(last !== undefined && { delivered: last }) };
    const kept = await this.db.transaction((tx) => this.store.change(tx, subscription, change));
    if (kept && subscription.state !== 'active') await this.status.set(subscription, 'active');
    return 'again';
  }

  /** Tried again for a day, ever less often. */
  private async failed(subscription: StoredSubscription, fault: string): Promise<Step> {
    const since = subscription.failingSince ?? clock.now();
    if (clock.now() - since >= this.limits.giveUpMs) return this.switchOff(subscription, `${fault} It has failed for too long; send the Subscription again when the endpoint is back.`);
    await this.db.transaction((tx) => this.store.change(tx, subscription, { failures: subscription.failures + 1, failing_since: since }));
    if (subscription.state !== 'error') await this.status.set(subscription, 'error', fault);
    return { dueAt: clock.now() + Math.min(this.limits.longestRetryMs, this.limits.firstRetryMs * 2 ** Math.min(subscription.failures, 20)) };
  }

  private async switchOff(subscription: StoredSubscription, why: string): Promise<Step> {
    await this.status.set(subscription, 'off', why);
    return { dueAt: NEVER };
  }

  private withinBytes(events: readonly SubscriptionEvent[]): SubscriptionEvent[] {
    let bytes = 0;
    const beyond = events.findIndex(({ body }, index) => {
      bytes += body?.length ?? 0;
      return index > 0 && bytes > this.limits.notificationBytes;
    });
    return beyond < 0 ? [...events] : events.slice(0, beyond);
  }
}
