import { type FhirResource, parseJson, type ResourceMeta } from '#libs/fhir';
import { ResourceReader } from '../../store';
import type { Operation, OperationAnswer, OperationCall, OperationDeclaration, OperationParameter } from '../operation';
import { OperationProvider } from '../operation-provider';
import { LabelsInUse } from './labels-in-use';

export const META_RETURN: OperationParameter = { name: 'return', use: 'out', min: 1, max: '1', type: 'Meta', documentation: 'The meta of the resource, or the labels in use.' };

/** $meta (R4 resource-operation-meta): of a resource, of a type, of everything. */
@OperationProvider()
export class MetaOperation implements Operation {
  readonly declaration: OperationDeclaration = {
    name: 'meta',
    title: 'Profiles, tags and security labels',
    description: 'The meta of a resource; at type and system level the labels in use there, of what the caller may see.',
    definition: 'http://hl7.org/fhir/OperationDefinition/Resource-meta',
    levels: ['system', 'type', 'instance'],
    affectsState: false,
    parameters: [META_RETURN],
  };

  constructor(
    private readonly reader: ResourceReader,
    private readonly inUse: LabelsInUse,
  ) {}

  async run({ access, type, id }: OperationCall): Promise<OperationAnswer> {
    if (type === undefined || id === undefined) return metaAnswer(await this.inUse.find(access, type));
    const { body } = await this.reader.read(access, type, id);
    return metaAnswer((parseJson(body.toString()) as FhirResource).meta ?? {});
  }
}

export const metaAnswer = (meta: ResourceMeta): OperationAnswer => ({ body: { resourceType: 'Parameters', parameter: [{ name: 'return', valueMeta: meta }] } });
