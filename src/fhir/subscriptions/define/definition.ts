import { dateInterval } from '#libs/fhir';
import { type Criteria, compileCriteria, refused, splitCriteria } from '../match/criteria';
import { BACKPORT_URL, extensionsOf, type SubscriptionResource } from './subscription-resource';
import { hasTopic, type Trigger, triggerOf } from './topics';

export type PayloadContent = 'empty' | 'id-only' | 'full-resource';

/** What a Subscription asks for, as it is kept. */
export interface Definition {
  /** Canonical of the topic; absent where R4's criteria alone say what it is about. */
  topic?: string;
  trigger: Trigger;
  /** All of them must hold. */
  criteria: Criteria[];
  endpoint: string;
  content: PayloadContent;
  /** Events of one notification at most. */
  maxCount: number;
  timeoutMs: number;
  heartbeatMs?: number;
  /** When it ends by itself. */
  end?: number;
}

const JSON_PAYLOAD = /^(application\/(fhir\+json|json|json\+fhir)|text\/json)(;.*)?$/;
const CONTENTS: readonly string[] = ['empty', 'id-only', 'full-resource'];

/** Reads what a Subscription asks for; throws what is wrong with it, by path. */
export function readDefinition(resource: SubscriptionResource, base: string): Definition {
  const { channel } = resource;
  if (channel?.type !== 'rest-hook') throw refused('Subscription.channel.type', 'Only the channel rest-hook is offered.', 'not-supported');
  const { topic, trigger, criteria } = readCriteria(resource, base);
  for (const one of criteria) compileCriteria(one, base, 'Subscription.criteria');
  const heartbeat = number(channel, BACKPORT_URL.heartbeat, 'heartbeat period', 10, 86_400);
  const end = resource.end === undefined ? undefined : dateInterval(resource.end)?.lo;
  return {
    ...(topic !== undefined && { topic }),
    trigger,
    criteria,
    endpoint: channel.endpoint ?? '',
    content: readContent(channel),
    maxCount: number(channel, BACKPORT_URL.maxCount, 'maximal count', 1, 100_000, 100) ?? 20,
    timeoutMs: (number(channel, BACKPORT_URL.timeout, 'timeout', 1, 86_400, 20) ?? 10) * 1000,
    ...(heartbeat !== undefined && { heartbeatMs: heartbeat * 1000 }),
    ...(end !== undefined && { end }),
  };
}

/** By the topic that criteria or extension name, narrowed by filters; or by R4's own criteria: creations and updates of what matches. */
function readCriteria(resource: SubscriptionResource, base: string): Pick<Definition, 'topic' | 'trigger' | 'criteria'> {
  const text = resource.criteria ?? '';
  const [extension] = extensionsOf(resource, BACKPORT_URL.topic);
  const named = extension?.valueUri ?? extension?.valueCanonical;
  const isUrl = /^[a-z]+:\/\//i.test(text);
  const topic = named ?? (isUrl ? text : undefined);
  const filters = extensionsOf(resource._criteria, BACKPORT_URL.filter).map(({ valueString }) => splitCriteria(valueString ?? ''));
  const plain = splitCriteria(text);
  if (topic === undefined && !hasTopic(plain.type)) throw refused('Subscription.criteria', 'The criteria must be a search such as Observation?code=…, or the URL of a topic; Subscription/$topics lists them.');
  const trigger = topic === undefined ? ({ type: plain.type, on: ['create', 'update'] } satisfies Trigger) : triggerOf(topic, base);
  if (!trigger) throw refused('Subscription.criteria', 'There is no such topic; Subscription/$topics lists those there are.', 'not-supported');
  const criteria = [...(isUrl ? [] : [plain]), ...filters];
  const other = criteria.find(({ type }) => type !== trigger.type);
  if (other) throw refused('Subscription.criteria', `The filter must be a search of ${trigger.type}, as in ${trigger.type}?…`);
  return { ...(topic !== undefined && { topic }), trigger, criteria: criteria.filter(({ query }) => query !== '') };
}

/** Without a payload nothing is said but that something happened; with one R4 sends the resource. */
function readContent(channel: NonNullable<SubscriptionResource['channel']>): PayloadContent {
  const asked = extensionsOf(channel._payload, BACKPORT_URL.content)[0]?.valueCode;
  if (asked !== undefined && !CONTENTS.includes(asked)) throw refused('Subscription.channel.payload', `The content of the payload is one of ${CONTENTS.join(', ')}.`);
  if (channel.payload !== undefined && !JSON_PAYLOAD.test(channel.payload)) throw refused('Subscription.channel.payload', 'Notifications are sent as application/fhir+json.', 'not-supported');
  return (asked as PayloadContent | undefined) ?? (channel.payload === undefined ? 'empty' : 'full-resource');
}

/** `most` is the largest value that is followed; above it, up to `limit`, the server does what it can. */
function number(channel: NonNullable<SubscriptionResource['channel']>, url: string, what: string, least: number, limit: number, most = limit): number | undefined {
  const [extension] = extensionsOf(channel, url);
  const value = extension?.valueUnsignedInt ?? extension?.valuePositiveInt;
  if (value === undefined) return undefined;
  if (value < least || value > limit) throw refused('Subscription.channel', `The ${what} is from ${least} to ${limit}.`);
  return Math.min(value, most);
}
