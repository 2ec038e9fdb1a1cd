import { type FhirResource, type Json, parseJson, stringifyJson } from '#libs/fhir';
import { ResourceReader } from '../../store';
import { SearchService } from '../../search';
import { NamedResources } from '../named-resources';
import type { Operation, OperationAnswer, OperationCall, OperationDeclaration } from '../operation';
import { OperationProvider } from '../operation-provider';
import { runQuery } from './graphql';
import { graphqlRequest } from './graphql-request';
import type { Resource } from './resolve/found';
import { Loads } from './resolve/loads';
import { FhirSchema } from './schema/fhir-schema';

/** $graphql (R4 §3.1.7): of the system, the same below a type, and with one resource as its root. */
@OperationProvider()
export class GraphqlOperation implements Operation {
  readonly declaration: OperationDeclaration = {
    name: 'graphql',
    title: 'GraphQL',
    description: 'Reads and searches in one query, with nothing but the elements asked for.',
    definition: 'http://hl7.org/fhir/OperationDefinition/Resource-graphql',
    levels: ['system', 'type', 'instance'],
    affectsState: false,
    ownBody: true,
    parameters: [
      { name: 'query', use: 'in', min: 1, max: '1', type: 'string', documentation: 'The query; by POST it may stand in a JSON object as GraphQL clients send it, beside operationName and variables.' },
      { name: 'operationName', use: 'in', min: 0, max: '1', type: 'string', documentation: 'Which of several queries to run.' },
      { name: 'variables', use: 'in', min: 0, max: '1', type: 'string', documentation: 'A JSON object.' },
      { name: 'result', use: 'out', min: 1, max: '1', type: 'Binary', documentation: 'A JSON object with data and errors.' },
    ],
  };

  private readonly schemas = new FhirSchema();

  constructor(
    private readonly reader: ResourceReader,
    private readonly resources: NamedResources,
    private readonly search: SearchService,
  ) {}

  async run({ access, type, id, input, body, baseUrl }: OperationCall): Promise<OperationAnswer> {
    const request = graphqlRequest(input, body);
    const loads = new Loads(access, baseUrl, this.resources, this.search);
    const root = type !== undefined && id !== undefined ? loads.contained.understand(await this.root(access, type, id)) : undefined;
    const schema = root ? this.schemas.instance(type!) : this.schemas.system();
    const { data, errors } = await runQuery(schema, request, loads, root);
    const answer = { data: data ?? null, ...(errors && { errors: errors.map((error) => error.toJSON()) }) };
    return { body: Buffer.from(stringifyJson(answer as unknown as Json)), contentType: 'application/json; charset=utf-8' };
  }

  private async root(access: OperationCall['access'], type: string, id: string): Promise<Resource> {
    const { body } = await this.reader.read(access, type, id);
    return parseJson(body.toString()) as FhirResource;
  }
}
