import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type FhirResource, parseJson } from '#libs/fhir';
import type { Tx } from '../../database';
import { type Access, clock } from '../../kernel';
import { isLive, type Item, type WriteObserver, WriteObservers, type Written } from '../store';
import type { EventOperation } from './define/topics';
import { EventStore, type NewEvent } from './event.store';
import { type Candidate, candidateOf } from './match/candidate';
import { SubscriptionPump } from './pump';
import { Watch, type Watcher } from './watch';

const OPERATION: Partial<Record<Written['outcome'], EventOperation>> = { created: 'create', updated: 'update', deleted: 'delete' };

/** Notes, in the transaction of every write, which subscriptions it concerns. */
@Injectable()
export class EventRecorder implements WriteObserver, OnModuleInit {
  constructor(
    private readonly watch: Watch,
    private readonly events: EventStore,
    private readonly pump: SubscriptionPump,
    private readonly observers: WriteObservers,
  ) {}

  onModuleInit(): void {
    this.observers.add(this);
  }

  async written(tx: Tx, _access: Access, items: readonly Item[], written: readonly Written[]): Promise<void> {
    const watchersByType = await this.watch.here();
    if (watchersByType.size === 0) return;
    const found: NewEvent[] = [];
    for (const [index, item] of items.entries()) {
      const result = written[index]!;
      const operation = OPERATION[result.outcome];
      const watchers = operation ? (watchersByType.get(item.type) ?? []).filter(({ on }) => on.includes(operation)) : [];
      if (watchers.length > 0) found.push(...eventsOf(watchers, item, result, operation!));
    }
    if (found.length === 0) return;
    await this.events.add(tx, found);
    tx.afterCommit(() => this.pump.wake(tx.site));
  }
}

/** What matched before and does no longer concerns a subscriber as much as what begins to match. */
function eventsOf(watchers: readonly Watcher[], item: Item, { version, lastUpdated }: Written, operation: EventOperation): NewEvent[] {
  const now = clock.now();
  const versions = candidates(item, lastUpdated);
  const concerned = watchers.filter(({ matches }) => versions.some((one) => matches(one, now)));
  return concerned.map(({ id }) => ({ subscription: id, type: item.type, id: item.id, version, operation, at: lastUpdated }));
}

function candidates({ id, resource, current }: Item, lastUpdated: number): Candidate[] {
  const before = isLive(current) ? [candidateOf(parseJson(current.body.toString()) as FhirResource, id, current.lastUpdated)] : [];
  return resource ? [candidateOf(resource, id, lastUpdated), ...before] : before;
}
