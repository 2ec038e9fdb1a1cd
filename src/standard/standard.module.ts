import { Global, Module } from '@nestjs/common';
import { TableStores } from './table-store';

/** What the standard API's domains share: envelope, field rules, table stores. */
@Global()
@Module({ providers: [TableStores], exports: [TableStores] })
export class StandardModule {}
