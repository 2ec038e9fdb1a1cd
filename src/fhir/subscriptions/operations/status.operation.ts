import type { FhirResource } from '#libs/fhir';
import { notFound, SalusError } from '../../../kernel';
import { type Operation, type OperationAnswer, type OperationCall, type OperationDeclaration, OperationProvider } from '../../operations';
import { SearchService } from '../../search';
import { ResourceReader } from '../../store';
import { statusParameters } from '../deliver/notification';
import { type StoredSubscription, SubscriptionStore } from '../subscription.store';

const MOST = 100;

const DECLARATION: OperationDeclaration = {
  name: 'status',
  title: 'Subscription Status',
  description: 'Where subscriptions stand: status, last event number, what is wrong.',
  definition: 'http://hl7.org/fhir/uv/subscriptions-backport/OperationDefinition/backport-subscription-status',
  levels: ['type', 'instance'],
  types: ['Subscription'],
  affectsState: false,
  parameters: [
    { name: 'id', use: 'in', min: 0, max: '*', type: 'id', documentation: `At type level: which subscriptions, at most ${MOST}; all where none is named.` },
    { name: 'status', use: 'in', min: 0, max: '*', type: 'code', documentation: 'At type level: only those of this status.' },
    { name: 'return', use: 'out', min: 1, max: '1', type: 'Bundle', documentation: 'A searchset of one Parameters resource for each subscription.' },
  ],
};

/** `Subscription/$status` and `Subscription/[id]/$status`. */
@OperationProvider()
export class StatusOperation implements Operation {
  readonly declaration = DECLARATION;

  constructor(
    private readonly store: SubscriptionStore,
    private readonly reader: ResourceReader,
    private readonly search: SearchService,
  ) {}

  async run(call: OperationCall): Promise<OperationAnswer> {
    const wanted = call.input.texts('status');
    const found = (await this.subscriptions(call)).filter(({ state }) => wanted.length === 0 || wanted.includes(state));
    const base = call.baseUrl;
    const entry = found.map((subscription) => {
      const resource = statusParameters({ type: 'query-status', subscription, base, events: [], content: 'empty' });
      return { fullUrl: `urn:uuid:${resource.id}`, resource, search: { mode: 'match' } };
    });
    return { body: { resourceType: 'Bundle', type: 'searchset', total: entry.length, entry } as FhirResource };
  }

  private async subscriptions(call: OperationCall): Promise<StoredSubscription[]> {
    const found: StoredSubscription[] = [];
    for (const id of await this.ids(call)) {
      const subscription = await this.store.find(id);
      if (subscription) found.push(subscription);
      else if (call.id !== undefined) throw notFound(`The status of Subscription/${id}`);
    }
    return found;
  }

  /** Those that the caller may read. */
  private async ids({ access, id, input }: OperationCall): Promise<string[]> {
    const named = id === undefined ? input.texts('id') : [id];
    if (named.length > MOST) throw new SalusError('invalid', `Ask about at most ${MOST} subscriptions at a time.`);
    if (named.length === 0) return this.search.ids(access, 'Subscription', [['status', 'requested,active,error,off']], { limit: MOST });
    for (const one of named) await this.reader.read(access, 'Subscription', one);
    return named;
  }
}
