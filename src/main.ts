import 'reflect-metadata';
import { serve } from './app/serve';
import { ConfigError, loadConfig } from './config';
import { log } from './kernel';

async function main(): Promise<void> {
  const config = loadConfig();
  await serve(config);
  log.info({ url: config.BASE_URL, sites: config.SITES }, 'serving');
}

main().catch((error: unknown) => {
  if (error instanceof ConfigError) process.stderr.write(`${error.message}\n`);
  else log.fatal({ err: error }, 'could not start');
  process.exitCode = 2;
});
