import { Global, Module } from '@nestjs/common';
import { ResourceReader } from './resource-reader';
import { ResourceWriter } from './resource-writer';
import { SourceRegistry } from './source-registry';

/** The resource store: one writer, one reader, and the domains' declarations. */
@Global()
@Module({ providers: [SourceRegistry, ResourceWriter, ResourceReader], exports: [SourceRegistry, ResourceWriter, ResourceReader] })
export class StoreModule {}
