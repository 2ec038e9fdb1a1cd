import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Interactions } from '../../interactions/interactions';
import { ResourceReader } from '../../store';
import { OperationRegistry } from '../operation-registry';
import { ChangeMeta, changeMeta } from './change-meta.operation';
import { withoutLabels } from './labels';

/** $meta-delete (R4 resource-operation-meta-delete). */
@Injectable()
export class MetaDelete extends ChangeMeta implements OnModuleInit {
  readonly declaration = changeMeta('meta-delete', 'Take labels away', 'Takes profiles, tags and security labels from a resource; those it does not have are no error.');
  protected readonly changed = withoutLabels;

  constructor(reader: ResourceReader, interactions: Interactions, private readonly registry: OperationRegistry) {
    super(reader, interactions);
  }

  onModuleInit(): void {
    this.registry.register(this);
  }
}
