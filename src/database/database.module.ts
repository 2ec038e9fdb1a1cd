import { type DynamicModule, Module } from '@nestjs/common';
import type { Schema } from './options';
import { Db, SCHEMA, Sites } from './sites';

@Module({})
export class DatabaseModule {
  static with(schema: Schema): DynamicModule {
    return { module: DatabaseModule, global: true, providers: [{ provide: SCHEMA, useValue: schema }, Sites, Db], exports: [Sites, Db] };
  }
}
