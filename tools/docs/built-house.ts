import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type * as CreateApp from '../../src/app/create-app';
import type * as ConfigModule from '../../src/config';
import type * as Fhir from '../../src/fhir';
import type * as Web from '../../src/web';

const BUILT = join(__dirname, '..', '..', 'dist', 'src');

/** Modules as they ship: decorators and the OpenAPI plugin have done their part at build time. */
export interface BuiltHouse {
  app: NestFastifyApplication;
  config: ConfigModule.Config;
  fhir: typeof Fhir;
  web: typeof Web;
}

/** Boots the built application with its default settings on a scratch folder, without listening, and closes it after `work`. */
export async function inBuiltHouse<T>(work: (house: BuiltHouse) => T | Promise<T>): Promise<T> {
  if (!existsSync(BUILT)) throw new Error('The documents are made from the built application: run npm run build first.');
  const folder = mkdtempSync(join(tmpdir(), 'salus-docs-'));
  const { loadConfig } = require(join(BUILT, 'config')) as typeof ConfigModule;
  const { createApp } = require(join(BUILT, 'app', 'create-app')) as typeof CreateApp;
  const config = loadConfig({ DATA_DIR: folder, TLS: 'off', LOG_LEVEL: 'error' });
  const app = await createApp(config);
  try {
    await app.init();
    return await work({ app, config, fhir: require(join(BUILT, 'fhir')) as typeof Fhir, web: require(join(BUILT, 'web')) as typeof Web });
  } finally {
    await app.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
