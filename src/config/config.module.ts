import { type DynamicModule, Module } from '@nestjs/common';
import type { Config } from './schema';

/** Injection token of the validated configuration. */
export const CONFIG = Symbol('CONFIG');

@Module({})
export class ConfigModule {
  static with(config: Config): DynamicModule {
    return { module: ConfigModule, global: true, providers: [{ provide: CONFIG, useValue: config }], exports: [CONFIG] };
  }
}
