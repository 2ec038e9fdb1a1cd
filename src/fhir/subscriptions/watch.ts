import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { CONFIG, type Config, siteUrls } from '../../config';
import { currentSite, groupBy, log } from '../../kernel';
import type { Definition } from './define/definition';
import type { EventOperation } from './define/topics';
import type { Candidate } from './match/candidate';
import { compileCriteria } from './match/criteria';
import type { Matcher } from './match/matcher';
import { type Live, SubscriptionStore } from './subscription.store';

/** A live subscription, ready to be held against writes. */
export interface Watcher {
  id: string;
  on: readonly EventOperation[];
  matches: Matcher;
}

export type Watchers = ReadonlyMap<string, readonly Watcher[]>;

/**
 * Which writes concern whom, in memory: a write that concerns nobody pays nothing. Loaded anew after each change in this
 * process, and every few seconds for those made in others.
 */
@Injectable()
export class Watch {
  private readonly bySite = new Map<string, Promise<Watchers>>();
  /** Criteria are compiled once for each version of a subscription. */
  private readonly compiled = new LRUCache<string, { type: string; watcher: Watcher }>({ max: 5_000 });

  constructor(
    private readonly store: SubscriptionStore,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** By resource type. */
  async here(): Promise<Watchers> {
    return this.bySite.get(currentSite()) ?? this.reload();
  }

  /** The next write waits for what is so now. */
  forget(site: string): void {
    this.bySite.delete(site);
  }

  /** Those of before stand until the new ones are there. */
  async reload(): Promise<Watchers> {
    const site = currentSite();
    const loading = this.load(site);
    if (!this.bySite.has(site)) this.bySite.set(site, loading);
    try {
      const loaded = await loading;
      this.bySite.set(site, loading);
      return loaded;
    } catch (error) {
      if (this.bySite.get(site) === loading) this.bySite.delete(site);
      throw error;
    }
  }

  private async load(site: string): Promise<Watchers> {
    const base = siteUrls(this.config, site).fhir;
    const live = (await this.store.live()).flatMap((one) => this.compile(site, one, base));
    return new Map([...groupBy(live, ({ type }) => type)].map(([type, list]) => [type, list.map(({ watcher }) => watcher)]));
  }

  private compile(site: string, one: Live, base: string): { type: string; watcher: Watcher }[] {
    const key = `${site} ${one.id} ${one.version}`;
    const known = this.compiled.get(key);
    if (known) return [known];
    const made = watcherOf(one, base);
    if (made[0]) this.compiled.set(key, made[0]);
    return made;
  }
}

function watcherOf({ id, definition: text }: Live, base: string): { type: string; watcher: Watcher }[] {
  try {
    const { trigger, criteria } = JSON.parse(text) as Definition;
    const matchers = criteria.map((one) => compileCriteria(one, base, 'Subscription.criteria'));
    const matches = (candidate: Candidate, now: number) => matchers.every((matcher) => matcher(candidate, now));
    return [{ type: trigger.type, watcher: { id, on: trigger.on, matches } }];
  } catch (error) {
    log.error({ err: error, subscription: id }, 'the criteria of a subscription are understood no longer');
    return [];
  }
}
