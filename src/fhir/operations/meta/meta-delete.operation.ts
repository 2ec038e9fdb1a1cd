import { Interactions } from '../../interactions/interactions';
import { ResourceReader } from '../../store';
import { OperationProvider } from '../operation-provider';
import { ChangeMeta, changeMeta } from './change-meta.operation';
import { withoutLabels } from './labels';

/** $meta-delete (R4 resource-operation-meta-delete). */
@OperationProvider()
export class MetaDelete extends ChangeMeta {
  readonly declaration = changeMeta('meta-delete', 'Take labels away', 'Takes profiles, tags and security labels from a resource; those it does not have are no error.');
  protected readonly changed = withoutLabels;

  constructor(reader: ResourceReader, interactions: Interactions) {
    super(reader, interactions);
  }
}
