import { resourceTypes } from '#libs/fhir';

export type EventOperation = 'create' | 'update' | 'delete';

export interface Trigger {
  type: string;
  on: readonly EventOperation[];
}

const ALL: readonly EventOperation[] = ['create', 'update', 'delete'];

/** Changes of subscriptions are no events: delivering them would make more of them. */
const NO_TOPIC = new Set(['Subscription']);

/** `<base>/SubscriptionTopic/Observation` for every change, `…/Observation-create` (-update, -delete) for one kind of it. */
export function triggerOf(topic: string, base: string): Trigger | undefined {
  const prefix = `${base}/SubscriptionTopic/`;
  const [url] = topic.split('|');
  if (!url!.startsWith(prefix)) return undefined;
  const [type, ...kinds] = url!.slice(prefix.length).split('-');
  const on = kinds.length === 0 ? ALL : ALL.filter((operation) => operation === kinds[0]);
  return hasTopic(type!) && kinds.length < 2 && on.length > 0 ? { type: type!, on } : undefined;
}

export const hasTopic = (type: string): boolean => resourceTypes.includes(type) && !NO_TOPIC.has(type);

export interface Topic extends Trigger {
  url: string;
  title: string;
}

/** All topics there are. */
export function topicsAt(base: string, types: readonly string[] = resourceTypes): Topic[] {
  return types.filter(hasTopic).flatMap((type) => [
    { url: `${base}/SubscriptionTopic/${type}`, title: `Any change of ${type}`, type, on: ALL },
    ...ALL.map((operation) => ({ url: `${base}/SubscriptionTopic/${type}-${operation}`, title: `${operation[0]!.toUpperCase()}${operation.slice(1)} of ${type}`, type, on: [operation] })),
  ]);
}
