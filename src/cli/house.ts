import 'reflect-metadata';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../app/app.module';
import { type Config, loadConfig } from '../config';
import { Sites } from '../database';
import { internalAccess, invalid, log, newUuid, runInContext } from '../kernel';

/** The house without its HTTP server. */
export interface House {
  config: Config;
  app: INestApplicationContext;
}

export interface HouseOptions {
  verb: string;
  /** Settings that the command decides, over the environment. */
  settings?: Record<string, string>;
  /** Does this process run jobs? Commands do not. */
  work?: boolean;
}

/** Opens the house for one command and closes it again, whatever happens. */
export async function inHouse<T>({ settings = {}, work = false }: HouseOptions, run: (house: House) => Promise<T>): Promise<T> {
  const config = loadConfig({ ...process.env, ...settings });
  log.level = process.env.LOG_LEVEL ? config.LOG_LEVEL : 'warn';
  // Without the queue server: a command must work while Redis is away. A job it stores is a row that the sweeper finds.
  const { REDIS_URL: _queue, ...embedded } = config;
  const app = await NestFactory.createApplicationContext(AppModule.with(embedded, work), { logger: ['error'], abortOnError: false });
  try {
    return await run({ app, config });
  } finally {
    await app.close();
  }
}

/** Runs `work` at a site as the server's own work, under the name of the verb. */
export function atSite<T>({ app }: House, site: string, verb: string, work: () => Promise<T>): Promise<T> {
  if (!app.get(Sites).has(site)) throw invalid(`There is no site “${site}”; SITES names ${app.get(Sites).keys.join(', ')}.`);
  const access = internalAccess(site, `salus ${verb}`);
  return runInContext({ site, requestId: newUuid(), audit: {}, access }, work);
}
