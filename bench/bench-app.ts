import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Type } from '@nestjs/common';
import { createConnection } from 'mysql2/promise';
import { createApp } from '../src/app/create-app';
import { type Config, loadConfig } from '../src/config';
import { mysqlAddress, type SiteDatabase, Sites } from '../src/database';
import { runInContext } from '../src/kernel';
import { parseAgain } from './regression';
import type { BenchSettings } from './settings';

/** The real application on scratch databases, one per site, reachable on loopback alone. */
export class BenchApp {
  private constructor(
    readonly nest: NestFastifyApplication,
    readonly config: Config,
    private readonly folder: string,
  ) {}

  static async start(settings: BenchSettings, sites: readonly string[]): Promise<BenchApp> {
    const folder = mkdtempSync(join(tmpdir(), 'salus-bench-'));
    const port = await freePort();
    const server = process.env.TEST_MYSQL_URL ?? 'mysql://root@127.0.0.1:3306';
    const config = loadConfig({
      PORT: String(port), HOST: '127.0.0.1', BASE_URL: `http://127.0.0.1:${port}`, TLS: 'off', DATA_DIR: folder, SITES: sites.join(','), LOG_LEVEL: 'error',
      OAUTH_PASSWORD_GRANT: 'users', CLIENT_APPROVAL: 'auto',
      ...(settings.database === 'mysql' && { DATABASE_URL: `${server}/salus_bench_${randomBytes(4).toString('hex')}` }),
    });
    const nest = await createApp(config);
    if (settings.regression) parseAgain(nest);
    await nest.listen({ port, host: '127.0.0.1' });
    return new BenchApp(nest, config, folder);
  }

  get url(): string {
    return this.config.BASE_URL;
  }

  database(site: string): Promise<SiteDatabase> {
    return this.nest.get(Sites).database(site);
  }

  /** Runs `work` with a service of the application, at a site. */
  at<S, T>(site: string, service: Type<S>, work: (service: S) => Promise<T>): Promise<T> {
    return runInContext({ requestId: 'bench', site, audit: {} }, () => work(this.nest.get(service, { strict: false })));
  }

  async stop(): Promise<void> {
    await this.nest.close();
    if (this.config.DATABASE_URL.startsWith('mysql:')) for (const site of this.config.SITES) await dropDatabase(this.config, site);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

async function dropDatabase(config: Config, site: string): Promise<void> {
  const { database, ...server } = mysqlAddress(config, site);
  const connection = await createConnection(server);
  await connection.query(`DROP DATABASE IF EXISTS \`${database}\``);
  await connection.end();
}
