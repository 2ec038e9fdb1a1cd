import { Global, Module } from '@nestjs/common';
import { IndexRebuild } from './index-rebuild';
import { ResourceReader } from './resource-reader';
import { ResourceWriter } from './resource-writer';
import { SourceRegistry } from './source-registry';
import { WriteObservers } from './write-observers';

/** The resource store: one writer, one reader, and the domains' declarations. */
@Global()
@Module({ providers: [IndexRebuild, SourceRegistry, WriteObservers, ResourceWriter, ResourceReader], exports: [IndexRebuild, SourceRegistry, WriteObservers, ResourceWriter, ResourceReader] })
export class StoreModule {}
