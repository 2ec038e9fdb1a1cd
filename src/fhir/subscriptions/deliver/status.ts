import { Injectable } from '@nestjs/common';
import type { FhirResource } from '#libs/fhir';
import { Db } from '../../../database';
import { currentSite } from '../../../kernel';
import { ResourceWriter } from '../../store';
import type { SubscriptionState } from '../define/subscription-resource';
import { type StoredSubscription, SubscriptionStore } from '../subscription.store';
import { serverAccess } from '../subscription-writes';
import { Watch } from '../watch';

/** Keeps a Subscription's status, in the resource and beside it, in one transaction. */
@Injectable()
export class SubscriptionStatus {
  constructor(
    private readonly db: Db,
    private readonly store: SubscriptionStore,
    private readonly writer: ResourceWriter,
    private readonly watch: Watch,
  ) {}

  /** False when the subscription was defined anew, or removed, in the meantime: then nothing happens. */
  async set(subscription: StoredSubscription, state: SubscriptionState, error?: string): Promise<boolean> {
    const changed = await this.db.transaction(async (tx) => {
      if (!(await this.store.change(tx, subscription, { state, error: error?.slice(0, 255) ?? null }))) return false;
      const edit = ({ error: _, ...rest }: FhirResource): FhirResource => ({ ...rest, status: state, ...(error !== undefined && { error }) });
      await this.writer.apply(tx, serverAccess(tx.site), [{ op: 'patch', type: 'Subscription', id: subscription.id, edit }]);
      return true;
    });
    if (changed && state === 'off') this.watch.forget(currentSite());
    return changed;
  }
}
