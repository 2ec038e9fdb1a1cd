import { Global, Module } from '@nestjs/common';
import { ResourceReader } from './resource-reader';
import { ResourceWriter } from './resource-writer';
import { SourceRegistry } from './source-registry';
import { WriteObservers } from './write-observers';

/** The resource store: one writer, one reader, and the domains' declarations. */
@Global()
@Module({ providers: [SourceRegistry, WriteObservers, ResourceWriter, ResourceReader], exports: [SourceRegistry, WriteObservers, ResourceWriter, ResourceReader] })
export class StoreModule {}
