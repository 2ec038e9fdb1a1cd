import { Global, Module } from '@nestjs/common';
import { BulkModule } from './bulk';
import { BundleController } from './http/bundle.controller';
import { HistoryController } from './http/history.controller';
import { MetadataController } from './http/metadata.controller';
import { ResourceController } from './http/resource.controller';
import { ResourceWriteController } from './http/resource-write.controller';
import { SearchController } from './http/search.controller';
import { BundleModule } from './bundle';
import { HistoryModule } from './history';
import { CapabilityStatement } from './capability/capability-statement';
import { OfferedOperations } from './capability/offered-operations';
import { ImportModule } from './import';
import { Interactions } from './interactions/interactions';
import { OperationsModule } from './operations';
import { PublishedDefinitions } from './published/published-definitions';
import { PublishedSources } from './published/published-sources';
import { SearchModule } from './search';
import { StoreModule } from './store';
import { SubscriptionsModule } from './subscriptions';
import { TerminologyModule } from './terminology';

/** The FHIR engine. It names no domain: declarations reach it through the SourceRegistry. */
@Global()
@Module({
  imports: [StoreModule, SearchModule, BundleModule, HistoryModule, BulkModule, ImportModule, OperationsModule, TerminologyModule, SubscriptionsModule],
  controllers: [MetadataController, BundleController, SearchController, HistoryController, ResourceController, ResourceWriteController],
  providers: [Interactions, CapabilityStatement, OfferedOperations, PublishedSources, PublishedDefinitions],
  exports: [StoreModule, SearchModule, BundleModule, Interactions],
})
export class FhirModule {}
