import { Module } from '@nestjs/common';
import { CursorSecret } from './page/secret';
import { SearchService } from './search.service';

@Module({ providers: [SearchService, CursorSecret], exports: [SearchService, CursorSecret] })
export class SearchModule {}
