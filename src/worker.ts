import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app/app.module';
import { ConfigError, loadConfig } from './config';
import { log } from './kernel';

/** Runs jobs and nothing else. Needs REDIS_URL: without it the HTTP process runs its own. */
async function main(): Promise<void> {
  const config = loadConfig();
  if (!config.REDIS_URL) throw new ConfigError('The worker needs REDIS_URL; without it the server process runs the jobs itself.');
  log.level = config.LOG_LEVEL;
  const app = await NestFactory.createApplicationContext(AppModule.with(config, true), { logger: ['error', 'warn'], abortOnError: false });
  app.enableShutdownHooks();
  log.info({ sites: config.SITES }, 'worker ready');
}

main().catch((error: unknown) => {
  if (error instanceof ConfigError) process.stderr.write(`${error.message}\n`);
  else log.fatal({ err: error }, 'could not start');
  process.exitCode = 2;
});
