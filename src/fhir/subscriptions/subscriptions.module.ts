import { Module } from '@nestjs/common';
import { SearchModule } from '../search';
import { DeliverHandler } from './deliver/deliver.handler';
import { Delivery } from './deliver/delivery';
import { Sender } from './deliver/sender';
import { SubscriptionStatus } from './deliver/status';
import { SubscriptionLimits } from './deliver/subscription-limits';
import { EventStore } from './event.store';
import { EventsOperation } from './operations/events.operation';
import { SigningSecretOperation } from './operations/signing-secret.operation';
import { StatusOperation } from './operations/status.operation';
import { TopicsOperation } from './operations/topics.operation';
import { SubscriptionPump } from './pump';
import { EventRecorder } from './recorder';
import { SubscriptionStore } from './subscription.store';
import { SubscriptionWrites } from './subscription-writes';
import { Watch } from './watch';

const OPERATIONS = [StatusOperation, EventsOperation, SigningSecretOperation, TopicsOperation];

/** Subscriptions of R4, with topics as the Subscriptions R5 Backport guide has them. */
@Module({
  imports: [SearchModule],
  providers: [SubscriptionStore, EventStore, Watch, SubscriptionPump, EventRecorder, SubscriptionWrites, SubscriptionLimits, Sender, SubscriptionStatus, Delivery, DeliverHandler, ...OPERATIONS],
})
export class SubscriptionsModule {}
