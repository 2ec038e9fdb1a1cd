import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Interactions } from '../../interactions/interactions';
import { ResourceReader } from '../../store';
import { OperationRegistry } from '../operation-registry';
import { ChangeMeta, changeMeta } from './change-meta.operation';
import { withLabels } from './labels';

/** $meta-add (R4 resource-operation-meta-add). */
@Injectable()
export class MetaAdd extends ChangeMeta implements OnModuleInit {
  readonly declaration = changeMeta('meta-add', 'Add labels', 'Adds profiles, tags and security labels to a resource; those it has already stay as they are.');
  protected readonly changed = withLabels;

  constructor(reader: ResourceReader, interactions: Interactions, private readonly registry: OperationRegistry) {
    super(reader, interactions);
  }

  onModuleInit(): void {
    this.registry.register(this);
  }
}
