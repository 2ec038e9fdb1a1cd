import { type FhirResource, parseJson, type ResourceMeta } from '#libs/fhir';
import { type Access, forbidden, noteAudit, SalusError } from '../../../kernel';
import { Interactions } from '../../interactions/interactions';
import { isSensitive, ResourceReader } from '../../store';
import type { Operation, OperationAnswer, OperationCall, OperationDeclaration } from '../operation';
import { type Labels, labelled, labelsOf } from './labels';
import { META_RETURN, metaAnswer } from './meta.operation';

/** Another writer may come between reading and writing; so often it is tried again. */
const TRIES = 3;

/**
 * $meta-add and $meta-delete: a change of labels is an update like any other, with its rights, checks, history and
 * Provenance. R4 would have the version stay the same; here nothing that is stored changes without one.
 */
export abstract class ChangeMeta implements Operation {
  abstract readonly declaration: OperationDeclaration;

  constructor(
    private readonly reader: ResourceReader,
    private readonly interactions: Interactions,
  ) {}

  protected abstract readonly changed: (labels: Labels, by: Labels) => Labels;

  async run(call: OperationCall): Promise<OperationAnswer> {
    const by = call.input.one('meta') as ResourceMeta;
    // Whoever may not see what is labelled so decides nothing about the label either.
    if (!call.access.seesSensitive && isSensitive({ resourceType: call.type!, meta: by })) throw forbidden('Changing this security label takes the right to see what bears it.');
    const meta = await this.change(call.access, call.type!, call.id!, labelsOf(by));
    noteAudit(`$${call.name}`, `${call.type}/${call.id}`, call.type === 'Patient' ? call.id : undefined);
    return metaAnswer(meta);
  }

  private async change(access: Access, type: string, id: string, by: Labels, tries = TRIES): Promise<ResourceMeta> {
    const { body, version } = await this.reader.read(access, type, id);
    const resource = parseJson(body.toString()) as FhirResource;
    const meta = labelled(resource.meta, this.changed(labelsOf(resource.meta), by));
    try {
      const result = await this.interactions.update(access, type, { id }, { ...resource, meta }, { ifMatch: version });
      return result.kind === 'written' ? (parseJson(result.written.body.toString()) as FhirResource).meta! : meta;
    } catch (error) {
      const overtaken = error instanceof SalusError && (error.kind === 'precondition-failed' || error.kind === 'conflict');
      if (!overtaken || tries <= 1) throw error;
      return this.change(access, type, id, by, tries - 1);
    }
  }
}

export const changeMeta = (name: string, title: string, description: string): OperationDeclaration => ({
  name, title, description,
  definition: `http://hl7.org/fhir/OperationDefinition/Resource-${name}`,
  levels: ['instance'],
  affectsState: true,
  parameters: [{ name: 'meta', use: 'in', min: 1, max: '1', type: 'Meta', documentation: 'Profiles, tags and security labels; everything else in it is ignored.' }, META_RETURN],
});
