import { Global, Module } from '@nestjs/common';
import { SearchCodes } from '../search';
import { DefinitionStore } from './definition-store';
import { Definitions } from './definitions';
import { ExpandOperation } from './expand.operation';
import { LookupOperation } from './lookup.operation';
import { SearchTerminology } from './search-terminology';
import { SubsumesOperation } from './subsumes.operation';
import { TranslateOperation } from './translate.operation';
import { ValidateInSystemOperation, ValidateInValueSetOperation } from './validate-code.operations';

const OPERATIONS = [ExpandOperation, LookupOperation, ValidateInSystemOperation, ValidateInValueSetOperation, SubsumesOperation, TranslateOperation];

/** Terminology over what R4, US Core and uploaded resources define. Global: search asks it for the codes of value sets. */
@Global()
@Module({
  providers: [DefinitionStore, Definitions, SearchTerminology, { provide: SearchCodes, useExisting: SearchTerminology }, ...OPERATIONS],
  exports: [Definitions, SearchTerminology, SearchCodes],
})
export class TerminologyModule {}
