import { instant, newUuid } from '../../../kernel';
import type { PayloadContent } from '../define/definition';
import { BACKPORT_URL } from '../define/subscription-resource';
import type { SubscriptionEvent } from '../event.store';
import type { StoredSubscription } from '../subscription.store';

export type NotificationType = 'handshake' | 'heartbeat' | 'event-notification' | 'query-status' | 'query-event';

export interface Notification {
  type: NotificationType;
  subscription: Pick<StoredSubscription, 'id' | 'state' | 'numbered' | 'definition' | 'error'>;
  base: string;
  events: readonly SubscriptionEvent[];
  content: PayloadContent;
}

/** A `backport-subscription-status-r4`: where the subscription stands, and what happened. */
export function statusParameters({ type, subscription, base, events, content }: Notification) {
  const { id, state, numbered, definition, error } = subscription;
  return {
    resourceType: 'Parameters',
    id: newUuid(),
    meta: { profile: [BACKPORT_URL.status] },
    parameter: [
      { name: 'subscription', valueReference: { reference: `${base}/Subscription/${id}` } },
      ...(definition.topic === undefined ? [] : [{ name: 'topic', valueCanonical: definition.topic }]),
      { name: 'status', valueCode: state },
      { name: 'type', valueCode: type },
      { name: 'events-since-subscription-start', valueString: String(numbered) },
      ...events.map((event) => eventParameter(event, base, content)),
      ...(error === undefined ? [] : [{ name: 'error', valueCodeableConcept: { text: error } }]),
    ],
  };
}

/** What the reader may not see any more keeps its number and nothing else. */
function eventParameter(event: SubscriptionEvent, base: string, content: PayloadContent) {
  const focus = content !== 'empty' && event.body ? [{ name: 'focus', valueReference: { reference: urlOf(event, base) } }] : [];
  return { name: 'notification-event', part: [{ name: 'event-number', valueString: String(event.number) }, { name: 'timestamp', valueInstant: instant(event.at) }, ...focus] };
}

const urlOf = ({ type, id }: SubscriptionEvent, base: string): string => `${base}/${type}/${id}`;

/** The `backport-subscription-notification-r4` as it is sent: a history Bundle, its status first, around stored bytes. */
export function notificationBundle(notification: Notification): Buffer {
  const { base, subscription, events, content } = notification;
  const head = { resourceType: 'Bundle', id: newUuid(), meta: { profile: [BACKPORT_URL.notification] }, type: 'history', timestamp: instant() };
  const status = statusParameters(notification);
  const first = { fullUrl: `urn:uuid:${status.id}`, resource: status, request: { method: 'GET', url: `${base}/Subscription/${subscription.id}/$status` }, response: { status: '200' } };
  const parts: Buffer[] = [Buffer.from(`${JSON.stringify(head).slice(0, -1)},"entry":[${JSON.stringify(first)}`)];
  for (const event of content === 'empty' ? [] : events) parts.push(...entry(event, base, content === 'full-resource'));
  return Buffer.concat([...parts, Buffer.from(']}')]);
}

const REQUEST = { create: 'POST', update: 'PUT', delete: 'DELETE' } as const;
const STATUS = { create: '201', update: '200', delete: '204' } as const;

function entry(event: SubscriptionEvent, base: string, full: boolean): Buffer[] {
  if (!event.body) return [];
  const { type, id, operation, version, at, body } = event;
  const request = { method: REQUEST[operation], url: operation === 'create' ? type : `${type}/${id}` };
  const response = { status: STATUS[operation], etag: `W/"${version}"`, lastModified: instant(at) };
  const head = `,{"fullUrl":${JSON.stringify(urlOf(event, base))},`;
  const tail = `"request":${JSON.stringify(request)},"response":${JSON.stringify(response)}}`;
  return full && body.length > 0 ? [Buffer.from(`${head}"resource":`), body, Buffer.from(`,${tail}`)] : [Buffer.from(head + tail)];
}
