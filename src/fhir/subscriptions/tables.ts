import { createTables, type TableDefinition } from '../../database';

/**
 * What the server keeps of a Subscription beside the resource. `state` is the resource's status. `numbered` is the
 * last event number given, `delivered` the last one the endpoint took. `due_at`: when there is something to do
 * without an event (handshake, retry, heartbeat, end). `job` is the job at work on it.
 */
export const subscriptionTable: TableDefinition = {
  name: 'fhir_subscription',
  columns: {
    id: 'string(64)!',
    version: 'int!',
    state: 'string(10)!',
    definition: 'text!',
    standing: 'text!',
    /** Key of the signatures. */
    secret: 'string(64)!',
    /** Values of `channel.header`, which the resource does not show. */
    headers: 'text!',
    handshaken: 'int!',
    numbered: 'bigint!',
    delivered: 'bigint!',
    failures: 'int!',
    failing_since: 'bigint',
    due_at: 'bigint!',
    sent_at: 'bigint!',
    job: 'string(36)',
    job_at: 'bigint',
    error: 'string(255)',
  },
  key: ['id'],
  indexes: [{ name: 'fhir_subscription_due', columns: ['due_at'] }],
};

/**
 * A write that concerns a subscription, stored with it. Numbers are given afterwards, one by one and without gaps, to
 * what the owner may see; until then `number` is 0.
 */
export const subscriptionEventTable: TableDefinition = {
  name: 'fhir_subscription_event',
  columns: {
    subscription: 'string(64)!',
    seq: 'bigint!',
    number: 'bigint!',
    type: 'string(40)!',
    fhir_id: 'string(64)!',
    version: 'int!',
    operation: 'string(6)!',
    at: 'bigint!',
  },
  key: ['subscription', 'seq'],
  indexes: [
    { name: 'fhir_subscription_event_number', columns: ['subscription', 'number'] },
    { name: 'fhir_subscription_event_waiting', columns: ['number', 'subscription'] },
  ],
};

export const subscriptionTables = [subscriptionTable, subscriptionEventTable];

export const CreateSubscriptions = createTables(1762000030000, 'CreateSubscriptions', subscriptionTables);
