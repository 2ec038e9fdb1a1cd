import { Module } from '@nestjs/common';
import { ReferenceRules } from '../integrity/reference-rules';
import { HistoryModule } from '../history';
import { SearchModule } from '../search';
import { StoreModule } from '../store';
import { BatchProcessor } from './batch';
import { BundleService } from './bundle.service';
import { EntryOperations } from './entry-operations';
import { EntryReads } from './entry-reads';
import { TransactionProcessor } from './transaction-processor';

@Module({ imports: [StoreModule, SearchModule, HistoryModule], providers: [BundleService, TransactionProcessor, EntryReads, EntryOperations, BatchProcessor, ReferenceRules], exports: [BundleService, TransactionProcessor] })
export class BundleModule {}
