import { Module } from '@nestjs/common';
import { SearchModule } from '../search';
import { StoreModule } from '../store';
import { HistoryService } from './history.service';

@Module({ imports: [SearchModule, StoreModule], providers: [HistoryService], exports: [HistoryService] })
export class HistoryModule {}
