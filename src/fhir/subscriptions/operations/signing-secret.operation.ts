import { forbidden, notFound, rulesFor } from '../../../kernel';
import { type Operation, type OperationAnswer, type OperationCall, type OperationDeclaration, OperationProvider } from '../../operations';
import { ResourceReader } from '../../store';
import { SubscriptionStore } from '../subscription.store';

const DECLARATION: OperationDeclaration = {
  name: 'signing-secret',
  title: 'New Signing Secret',
  description: 'Makes a new secret for the signatures of a subscription’s notifications and tells it, this once; the one before is void. The header X-Salus-Signature is “sha256=” and the hexadecimal HMAC-SHA256, under this secret, of the value of X-Salus-Timestamp, a dot and the body.',
  levels: ['instance'],
  types: ['Subscription'],
  affectsState: true,
  parameters: [{ name: 'secret', use: 'out', min: 1, max: '1', type: 'string', documentation: 'The key, as text.' }],
};

/** `Subscription/[id]/$signing-secret`. */
@OperationProvider()
export class SigningSecretOperation implements Operation {
  readonly declaration = DECLARATION;

  constructor(
    private readonly store: SubscriptionStore,
    private readonly reader: ResourceReader,
  ) {}

  async run({ access, id }: OperationCall): Promise<OperationAnswer> {
    if (rulesFor(access, 'Subscription', 'u').length === 0) throw forbidden('The token does not allow updating Subscription.');
    await this.reader.read(access, 'Subscription', id!);
    const secret = await this.store.renewSecret(id!);
    if (secret === undefined) throw notFound(`Subscription/${id}`);
    return { body: { resourceType: 'Parameters', parameter: [{ name: 'secret', valueString: secret }] }, headers: { 'cache-control': 'no-store' } };
  }
}
