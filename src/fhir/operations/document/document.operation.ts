import { parseJson } from '#libs/fhir';
import { invalid, noteAudit, SalusError } from '../../../kernel';
import { Interactions } from '../../interactions/interactions';
import { legalId } from '../../interactions/resource-input';
import { ResourceReader } from '../../store';
import type { Operation, OperationAnswer, OperationCall, OperationDeclaration } from '../operation';
import { OperationProvider } from '../operation-provider';
import { documentBundle } from './document-bundle';
import { DocumentGraph } from './document-graph';

/** Composition/[id]/$document (R4 composition-operation-document). */
@OperationProvider()
export class DocumentOperation implements Operation {
  readonly declaration: OperationDeclaration = {
    name: 'document',
    title: 'Document',
    description: 'The document that a Composition heads: a Bundle with the Composition and all it refers to, directly or through others, as far as the caller may see it.',
    definition: 'http://hl7.org/fhir/OperationDefinition/Composition-document',
    levels: ['type', 'instance'],
    types: ['Composition'],
    affectsState: false,
    parameters: [
      { name: 'id', use: 'in', min: 0, max: '1', type: 'uri', documentation: 'At type level: the id of the Composition, or its URL on this server.' },
      { name: 'persist', use: 'in', min: 0, max: '1', type: 'boolean', documentation: 'Also stores the Bundle; then it is called by POST.' },
      { name: 'graph', use: 'in', min: 0, max: '1', type: 'uri', documentation: 'Not supported: what belongs to the document follows from its references.' },
      { name: 'return', use: 'out', min: 1, max: '1', type: 'Bundle', documentation: 'A Bundle of type document.' },
    ],
  };

  constructor(
    private readonly reader: ResourceReader,
    private readonly graph: DocumentGraph,
    private readonly interactions: Interactions,
  ) {}

  async run(call: OperationCall): Promise<OperationAnswer> {
    const { access, input, baseUrl } = call;
    if (input.has('graph')) throw invalid('graph is not supported: what belongs to the document follows from its references.', [{ path: 'graph', rule: 'not-supported', message: 'Leave it out.' }]);
    if (input.flag('persist') && call.method !== 'POST') throw new SalusError('not-allowed', '$document with persist stores a Bundle; call it by POST.', [], { headers: { allow: 'POST' } });
    const id = call.id ?? namedId(input.text('id'), baseUrl);
    // Not there, deleted and not allowed are told apart as in a read.
    await this.reader.read(access, 'Composition', id);
    const body = documentBundle(baseUrl, await this.graph.of(access, id));
    return input.flag('persist') ? this.persisted(call, id, body) : { body };
  }

  private async persisted({ access, baseUrl }: OperationCall, composition: string, body: Buffer): Promise<OperationAnswer> {
    const result = await this.interactions.create(access, 'Bundle', parseJson(body.toString()));
    noteAudit('$document', `Composition/${composition}`);
    if (result.kind !== 'written') throw new SalusError('fault', 'The document was not stored.');
    return { status: 201, body: result.written.body, headers: { location: `${baseUrl}/Bundle/${result.written.id}/_history/${result.written.version}` } };
  }
}

function namedId(given: string | undefined, baseUrl: string): string {
  if (given === undefined) throw invalid('Say which Composition: give id, or call Composition/[id]/$document.', [{ path: 'id', rule: 'required', message: 'Required at this level.' }]);
  const prefix = `${baseUrl}/Composition/`;
  const id = given.startsWith(prefix) ? given.slice(prefix.length) : given.replace(/^Composition\//, '');
  if (id.includes('/')) throw invalid('id must name a Composition of this server.', [{ path: 'id', rule: 'value', message: 'A logical id, or a URL below this server’s base.' }]);
  return legalId(id);
}
