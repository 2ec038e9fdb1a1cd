import { invalid, notFound } from '../../../kernel';
import { type Operation, type OperationAnswer, type OperationCall, type OperationDeclaration, type OperationInput, OperationProvider } from '../../operations';
import { ResourceReader } from '../../store';
import { notificationBundle } from '../deliver/notification';
import type { PayloadContent } from '../define/definition';
import { EventStore } from '../event.store';
import { SubscriptionStore } from '../subscription.store';

const MOST = 100;

const DECLARATION: OperationDeclaration = {
  name: 'events',
  title: 'Past Events of a Subscription',
  description: `Events that were, or are to be, told of, by their numbers: those of the last week, at most ${MOST} at a time.`,
  definition: 'http://hl7.org/fhir/uv/subscriptions-backport/OperationDefinition/backport-subscription-events',
  levels: ['instance'],
  types: ['Subscription'],
  affectsState: false,
  parameters: [
    { name: 'eventsSinceNumber', use: 'in', min: 0, max: '1', type: 'string', documentation: 'The first event number wanted.' },
    { name: 'eventsUntilNumber', use: 'in', min: 0, max: '1', type: 'string', documentation: 'The last event number wanted.' },
    { name: 'content', use: 'in', min: 0, max: '1', type: 'code', documentation: 'empty, id-only or full-resource; as the subscription has it where nothing is said.' },
    { name: 'return', use: 'out', min: 1, max: '1', type: 'Bundle', documentation: 'A notification with these events.' },
  ],
};

/** `Subscription/[id]/$events`. */
@OperationProvider()
export class EventsOperation implements Operation {
  readonly declaration = DECLARATION;

  constructor(
    private readonly store: SubscriptionStore,
    private readonly events: EventStore,
    private readonly reader: ResourceReader,
  ) {}

  /** Whoever reads it sees of each event what they may see themselves. */
  async run({ access, id, input, baseUrl }: OperationCall): Promise<OperationAnswer> {
    await this.reader.read(access, 'Subscription', id!);
    const subscription = await this.store.find(id!);
    if (!subscription) throw notFound(`The events of Subscription/${id}`);
    const since = eventNumber(input, 'eventsSinceNumber') ?? 1;
    const until = Math.min(eventNumber(input, 'eventsUntilNumber') ?? subscription.numbered, subscription.numbered);
    const events = await this.events.between(subscription.id, access, since - 1, until, MOST);
    return { body: notificationBundle({ type: 'query-event', subscription, base: baseUrl, events, content: contentOf(input) ?? subscription.definition.content }) };
  }
}

function eventNumber(input: OperationInput, name: string): number | undefined {
  const text = input.text(name);
  if (text === undefined) return undefined;
  if (!/^\d{1,15}$/.test(text)) throw invalid('The operation cannot be run as asked.', [{ path: name, rule: 'value', message: `${name} must be an event number.` }]);
  return Number(text);
}

function contentOf(input: OperationInput): PayloadContent | undefined {
  const content = input.text('content');
  if (content === undefined || content === 'empty' || content === 'id-only' || content === 'full-resource') return content;
  throw invalid('The operation cannot be run as asked.', [{ path: 'content', rule: 'value', message: 'content is one of empty, id-only and full-resource.' }]);
}
