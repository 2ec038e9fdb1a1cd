import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { SearchModule } from '../search';
import { StoreModule } from '../store';
import { EncounterEverything } from './everything/encounter-everything.operation';
import { Everything } from './everything/everything';
import { PatientEverything } from './everything/patient-everything.operation';
import { LastN } from './lastn/lastn.operation';
import { Candidates } from './match/candidates';
import { PatientMatch } from './match/match.operation';
import { DocumentGraph } from './document/document-graph';
import { DocumentOperation } from './document/document.operation';
import { NamedResources } from './named-resources';
import { GraphqlOperation } from './graphql/graphql.operation';
import { LabelsInUse } from './meta/labels-in-use';
import { MetaOperation } from './meta/meta.operation';
import { MetaAdd } from './meta/meta-add.operation';
import { MetaDelete } from './meta/meta-delete.operation';
import { ValidateOperation } from './validate/validate.operation';
import { OperationController } from './operation.controller';
import { OperationRegistry } from './operation-registry';
import { OperationRunner } from './operation-runner';

/** Global, so that whatever calls an operation finds the registry. */
@Global()
@Module({
  imports: [DiscoveryModule, SearchModule, StoreModule],
  controllers: [OperationController],
  providers: [OperationRegistry, OperationRunner, Everything, PatientEverything, EncounterEverything, LabelsInUse, MetaOperation, MetaAdd, MetaDelete, LastN, NamedResources, Candidates, PatientMatch, DocumentGraph, DocumentOperation, GraphqlOperation, ValidateOperation],
  exports: [OperationRegistry, OperationRunner],
})
export class OperationsModule {}
