export { SubscriptionsModule } from './subscriptions.module';
export { CreateSubscriptions, subscriptionTables } from './tables';
