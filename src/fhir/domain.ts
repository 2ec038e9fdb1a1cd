import type { DynamicModule, Type } from '@nestjs/common';
import type { MigrationInterface } from 'typeorm';
import type { TableDefinition } from '../database';

/** Everything a domain contributes to the house, in one value: the line in `clinical/index.ts` or `practice/index.ts`. */
export interface Domain {
  name: string;
  module: Type<unknown> | DynamicModule;
  tables: TableDefinition[];
  migrations: (new () => MigrationInterface)[];
}
