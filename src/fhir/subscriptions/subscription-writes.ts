import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { isSubscribersRule, type Standing, StandingAccess, SUBSCRIBER_SYSTEM, subscriberTag } from '../../auth';
import { CONFIG, type Config, siteUrls } from '../../config';
import type { Tx } from '../../database';
import { type Access, forbidden, internalAccess, rulesFor, SalusError } from '../../kernel';
import { type Change, isLive, type Item, type WriteObserver, WriteObservers, type Written } from '../store';
import { checkEndpoint } from './define/endpoint';
import { readHeaders } from './define/channel-headers';
import { type Definition, readDefinition } from './define/definition';
import type { SubscriptionResource, SubscriptionState } from './define/subscription-resource';
import { SubscriptionPump } from './pump';
import { SubscriptionStore } from './subscription.store';
import { Watch } from './watch';

/** The server itself, keeping a Subscription's status. */
export const SERVER = 'subscriptions';

export const serverAccess = (site: string): Access => internalAccess(site, SERVER);

const isServer = ({ actor }: Access): boolean => actor.kind === 'internal' && actor.id === SERVER;

/** Nothing of what it may write on Subscription goes beyond the patient in context. */
const isConfined = (access: Access): boolean =>
  access.patient !== undefined && (['c', 'u'] as const).every((verb) => rulesFor(access, 'Subscription', verb).every((rule) => rule.patient !== undefined || isSubscribersRule(rule)));

/** Credentials belong to the receiver they were given for: whoever names another one has to know them. */
const isSameOrigin = (one: string, other: string): boolean => URL.canParse(one) && URL.canParse(other) && new URL(one).origin === new URL(other).origin;

/** Live subscriptions of one site. */
const MOST = 1_000;

interface Prepared {
  definition: Definition;
  state: SubscriptionState;
  standing: Standing | null;
  headers: Record<string, string>;
}

/** What becomes of a Subscription that is written: it is checked, and begins with a handshake, whatever status it claims. */
@Injectable()
export class SubscriptionWrites implements WriteObserver, OnModuleInit {
  private readonly prepared = new WeakMap<Item, Prepared>();

  constructor(
    private readonly store: SubscriptionStore,
    private readonly standing: StandingAccess,
    private readonly watch: Watch,
    private readonly pump: SubscriptionPump,
    private readonly observers: WriteObservers,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.observers.add(this);
  }

  /** A token confined to a patient writes subscriptions of that patient's. */
  complete(access: Access, change: Change): Change {
    if (change.type !== 'Subscription' || (change.op !== 'create' && change.op !== 'update') || !isConfined(access)) return change;
    const { meta, ...resource } = change.resource;
    const others = (meta?.tag ?? []).filter(({ system }) => system !== SUBSCRIBER_SYSTEM);
    return { ...change, resource: { ...resource, meta: { ...meta, tag: [...others, subscriberTag(access.patient!)] } } };
  }

  async prepare(tx: Tx, access: Access, items: readonly Item[]): Promise<void> {
    if (isServer(access)) return;
    for (const item of items) if (item.type === 'Subscription' && item.resource) await this.prepareOne(tx, access, item);
  }

  async written(tx: Tx, access: Access, items: readonly Item[], written: readonly Written[]): Promise<void> {
    const concerned = isServer(access) ? [] : items.filter(({ type }) => type === 'Subscription');
    for (const item of concerned) {
      const prepared = this.prepared.get(item);
      if (prepared) await this.store.define(tx, { id: item.id, version: written[items.indexOf(item)]!.version, ...prepared });
      else if (!item.resource) await this.store.remove(tx, item.id);
    }
    if (concerned.length === 0) return;
    tx.afterCommit(() => {
      this.watch.forget(tx.site);
      this.pump.wake(tx.site);
    });
  }

  private async prepareOne(tx: Tx, access: Access, item: Item): Promise<void> {
    const resource = item.resource as SubscriptionResource;
    const definition = readDefinition(resource, siteUrls(this.config, access.site).fhir);
    checkEndpoint(definition.endpoint, this.config.SALUS_SUBSCRIPTION_HOSTS);
    const known = await this.store.find(item.id, tx);
    const { values, shown } = readHeaders(resource.channel?.header, known && isSameOrigin(known.definition.endpoint, definition.endpoint) ? known.headers : {});
    const standing = (await this.standing.of(access)) ?? null;
    if (standing && rulesFor(access, definition.trigger.type, 'r').length === 0) throw forbidden(`The token does not allow reading ${definition.trigger.type}, so it cannot be told of it.`);
    if (!isLive(item.current) && (await this.store.count(tx)) >= MOST) throw new SalusError('too-many', `There are ${MOST} subscriptions; delete or switch off those that are not needed.`);
    const state: SubscriptionState = resource.status === 'off' || !standing ? 'off' : 'requested';
    const { error: _, ...rest } = resource;
    item.resource = {
      ...rest,
      status: state,
      ...(!standing && { error: 'Nobody signed in for it: send it through the API by whoever is to be told.' }),
      ...(shown.length > 0 && { channel: { ...resource.channel, header: shown } }),
    };
    this.prepared.set(item, { definition, state, standing, headers: values });
  }
}
