import { Module } from '@nestjs/common';
import { SearchReads } from './cost/search-reads';
import { CursorSecret } from './page/secret';
import { SearchService } from './search.service';

@Module({ providers: [SearchService, SearchReads, CursorSecret], exports: [SearchService, SearchReads, CursorSecret] })
export class SearchModule {}
