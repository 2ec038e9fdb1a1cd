import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Config } from '../config';
import { Sites } from '../database';
import { createApp } from './create-app';

/** Starts the HTTP server; resolves once it answers. Databases are opened first, so that the first request is not the one that waits. */
export async function serve(config: Config): Promise<NestFastifyApplication> {
  const app = await createApp(config);
  const sites = app.get(Sites);
  for (const site of sites.keys) await sites.database(site);
  await app.listen({ port: config.PORT, host: config.HOST });
  return app;
}
