import { Interactions } from '../../interactions/interactions';
import { ResourceReader } from '../../store';
import { OperationProvider } from '../operation-provider';
import { ChangeMeta, changeMeta } from './change-meta.operation';
import { withLabels } from './labels';

/** $meta-add (R4 resource-operation-meta-add). */
@OperationProvider()
export class MetaAdd extends ChangeMeta {
  readonly declaration = changeMeta('meta-add', 'Add labels', 'Adds profiles, tags and security labels to a resource; those it has already stay as they are.');
  protected readonly changed = withLabels;

  constructor(reader: ResourceReader, interactions: Interactions) {
    super(reader, interactions);
  }
}
