import type { FhirResource } from '#libs/fhir';
import { forbidden, invalid, rulesFor } from '../../../kernel';
import { type Operation, type OperationAnswer, type OperationCall, type OperationDeclaration, OperationProvider } from '../../operations';
import { hasTopic, type Topic, topicsAt } from '../define/topics';

const DECLARATION: OperationDeclaration = {
  name: 'topics',
  title: 'Subscription Topics',
  description: 'The topics one can subscribe to: of every resource type its creations, updates, deletions, or all three. R4 has no SubscriptionTopic, so each is a Basic with the extensions by which R4 carries one. Filters are search parameters of the type that can be judged from the resource itself.',
  levels: ['type'],
  types: ['Subscription'],
  affectsState: false,
  parameters: [
    { name: 'type', use: 'in', min: 0, max: '*', type: 'code', documentation: 'Only topics of these resource types.' },
    { name: 'return', use: 'out', min: 1, max: '1', type: 'Bundle', documentation: 'A collection of topics.' },
  ],
};

/** `Subscription/$topics`. */
@OperationProvider()
export class TopicsOperation implements Operation {
  readonly declaration = DECLARATION;

  async run({ access, input, baseUrl }: OperationCall): Promise<OperationAnswer> {
    if ((['r', 's', 'c'] as const).every((verb) => rulesFor(access, 'Subscription', verb).length === 0)) throw forbidden('The token allows nothing on Subscription.');
    const types = input.texts('type');
    const unknown = types.find((type) => !hasTopic(type));
    if (unknown !== undefined) throw invalid('The operation cannot be run as asked.', [{ path: 'type', rule: 'value', message: `There are no topics of “${unknown.slice(0, 64)}”.` }]);
    const topics = topicsAt(baseUrl, types.length > 0 ? types : undefined);
    return { body: { resourceType: 'Bundle', type: 'collection', entry: topics.map((topic) => ({ fullUrl: topic.url, resource: topicResource(topic) })) } as FhirResource };
  }
}

const R5 = 'http://hl7.org/fhir/5.0/StructureDefinition/extension-SubscriptionTopic';

function topicResource({ url, title, type, on }: Topic): FhirResource {
  const trigger = [
    { url: 'resource', valueUri: `http://hl7.org/fhir/StructureDefinition/${type}` },
    ...on.map((operation) => ({ url: 'supportedInteraction', valueCode: operation })),
  ];
  return {
    resourceType: 'Basic',
    extension: [
      { url: `${R5}.url`, valueUri: url },
      { url: `${R5}.title`, valueString: title },
      { url: `${R5}.status`, valueCode: 'active' },
      { url: `${R5}.resourceTrigger`, extension: trigger },
    ],
    code: { coding: [{ system: 'http://hl7.org/fhir/fhir-types', code: 'SubscriptionTopic' }] },
  };
}
