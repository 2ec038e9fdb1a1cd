import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import cookie from '@fastify/cookie';
import { type DynamicModule, Global, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { createConnection } from 'mysql2/promise';
import { installBodyParsers } from '../../src/app/body-parsers';
import { ErrorFilter } from '../../src/app/error.filter';
import { installRequestContext } from '../../src/app/request-context';
import { AuditLog, AuditModule, auditTable, CreateAudit } from '../../src/audit';
import { AuthModule, authMigrations, authTables, PATIENT_DIRECTORY } from '../../src/auth';
import { type Config, ConfigModule, loadConfig } from '../../src/config';
import { CreateSequence, DatabaseModule, mysqlAddress, sequenceTable } from '../../src/database';
import { log, runInContext } from '../../src/kernel';

const schema = { tables: [sequenceTable, auditTable, ...authTables], migrations: [CreateSequence, CreateAudit, ...authMigrations] };

const nobody = { search: async () => ({ patients: [], more: false }), byId: async () => undefined };

@Global()
@Module({ providers: [{ provide: PATIENT_DIRECTORY, useValue: nobody }], exports: [PATIENT_DIRECTORY] })
class NoPatients {}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers freely.
  json: any;
}

/** The authorization server with the house's own hooks, on real databases of two sites, and `controllers` to try it on. */
export class AuthApp {
  private constructor(
    readonly nest: NestFastifyApplication,
    readonly config: Config,
    readonly url: string,
    private readonly folder: string | undefined,
  ) {}

  static async start(settings: Record<string, string> = {}, controllers: Type[] = [], imports: DynamicModule[] = []): Promise<AuthApp> {
    const port = 20_000 + Math.floor(Math.random() * 40_000);
    const folder = settings.DATA_DIR ? undefined : mkdtempSync(join(tmpdir(), 'salus-auth-'));
    const url = `http://127.0.0.1:${port}`;
    const config = loadConfig({
      BASE_URL: url, TLS: 'off', ...(folder && { DATA_DIR: folder }), SITES: 'default,alternate', OAUTH_PASSWORD_GRANT: 'both', CLIENT_APPROVAL: 'auto', ...database(), ...settings,
    });
    log.level = 'silent';
    const nest = await create(config, controllers, imports);
    await nest.listen(port, '127.0.0.1');
    return new AuthApp(nest, config, url, folder);
  }

  async stop(): Promise<void> {
    await this.nest.close();
    await dropDatabases(this.config);
    if (this.folder) rmSync(this.folder, { recursive: true, force: true });
  }

  /** Runs `work` with a service of the application, at a site. */
  at<S, T>(service: Type<S>, work: (service: S) => Promise<T>, site = 'default'): Promise<T> {
    return runInContext({ requestId: 'test', site, audit: {} }, () => work(this.nest.get(service)));
  }

  async send(method: string, path: string, init: RequestInit = {}): Promise<Answer> {
    const response = await fetch(path.startsWith('http') ? path : this.url + path, { method, redirect: 'manual', ...init });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: parse(text) };
  }

  get(path: string, token?: string): Promise<Answer> {
    return this.send('GET', path, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } });
  }

  form(path: string, fields: Record<string, string> | [string, string][], headers: Record<string, string> = {}): Promise<Answer> {
    return this.send('POST', path, { headers, body: new URLSearchParams(fields) });
  }

  token(fields: Record<string, string>, headers: Record<string, string> = {}, site = 'default'): Promise<Answer> {
    return this.form(`/oauth2/${site}/token`, fields, headers);
  }

  register(metadata: Record<string, unknown>, site = 'default'): Promise<Answer> {
    const body = JSON.stringify({ redirect_uris: ['https://app.example.org/cb'], client_name: 'Test app', ...metadata });
    return this.send('POST', `/oauth2/${site}/registration`, { headers: { 'content-type': 'application/json' }, body });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function dropDatabases(config: Config): Promise<void> {
  if (!config.DATABASE_URL.startsWith('mysql:')) return;
  for (const site of config.SITES) {
    const { database: name, ...server } = mysqlAddress(config, site);
    const connection = await createConnection(server);
    await connection.query(`DROP DATABASE IF EXISTS \`${name}\``);
    await connection.end();
  }
}

/** Each application gets schemas of its own on MariaDB. */
const database = (): Record<string, string> =>
  process.env.DB === 'mysql' ? { DATABASE_URL: `${process.env.TEST_MYSQL_URL ?? 'mysql://root@127.0.0.1:3306'}/salus_test_${randomBytes(5).toString('hex')}` } : {};

async function create(config: Config, controllers: Type[], imports: DynamicModule[]): Promise<NestFastifyApplication> {
  const probe: DynamicModule = { module: class Probe {}, controllers };
  const house = { module: class House {}, imports: [ConfigModule.with(config), DatabaseModule.with(schema), AuditModule, NoPatients, ...imports, AuthModule, probe] };
  const nest = await NestFactory.create<NestFastifyApplication>(house, new FastifyAdapter(), { logger: false, bodyParser: false, abortOnError: false });
  const server = nest.getHttpAdapter().getInstance();
  installRequestContext(server as never, config, nest.get(AuditLog));
  installBodyParsers(server as never);
  await nest.register(cookie as never);
  nest.useGlobalFilters(new ErrorFilter());
  return nest;
}
