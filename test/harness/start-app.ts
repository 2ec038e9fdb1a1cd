import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createConnection } from 'mysql2/promise';
import { createApp } from '../../src/app/create-app';
import { type Config, loadConfig } from '../../src/config';
import { mysqlAddress } from '../../src/database';

export interface TestApp {
  app: NestFastifyApplication;
  config: Config;
  /** Base of the running server, e.g. for real clients: http://127.0.0.1:port */
  url: string;
  /** `fetch` below `url`; a JSON body is sent as such. */
  request(method: string, path: string, options?: RequestOptions): Promise<TestAnswer>;
  stop(): Promise<void>;
}

export interface RequestOptions {
  token?: string;
  headers?: Record<string, string>;
  /** An object is sent as JSON, text as it is. */
  body?: unknown;
  form?: Record<string, string> | [string, string][];
  redirect?: 'manual' | 'follow';
}

export interface TestAnswer {
  status: number;
  headers: Headers;
  text: string;
  /** The body as JSON; undefined where it is none. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers freely.
  json: any;
}

const MYSQL = process.env.TEST_MYSQL_URL ?? 'mysql://root@127.0.0.1:3306';
const REDIS = process.env.TEST_REDIS_URL ?? 'redis://127.0.0.1:6379';

/** The real application on a database of its own: SQLite in a scratch folder, or MariaDB where DB=mysql. */
export async function startApp(settings: Record<string, string> = {}): Promise<TestApp> {
  const folder = mkdtempSync(join(tmpdir(), 'salus-test-'));
  const port = 20_000 + Math.floor(Math.random() * 40_000);
  const url = `http://127.0.0.1:${port}`;
  const env = {
    PORT: String(port), HOST: '127.0.0.1', BASE_URL: url, TLS: 'off', DATA_DIR: folder, SITES: 'default,alternate', LOG_LEVEL: 'error',
    OAUTH_PASSWORD_GRANT: 'both', CLIENT_APPROVAL: 'auto', ...services(), ...settings,
  };
  const config = loadConfig(env);
  const app = await createApp(config);
  await app.listen({ port, host: '127.0.0.1' });
  const stop = async () => {
    await app.close();
    await dropDatabases(config);
    rmSync(folder, { recursive: true, force: true });
  };
  return { app, config, url, stop, request: (method, path, options) => send(url, method, path, options) };
}

export function services(): Record<string, string> {
  const scratch = `salus_test_${randomBytes(5).toString('hex')}`;
  return {
    ...(process.env.DB === 'mysql' && { DATABASE_URL: `${MYSQL}/${scratch}` }),
    ...(process.env.QUEUE === 'bullmq' && { REDIS_URL: REDIS }),
  };
}

export async function dropDatabases(config: Config): Promise<void> {
  if (!config.DATABASE_URL.startsWith('mysql:')) return;
  for (const site of config.SITES) {
    const { database, ...server } = mysqlAddress(config, site);
    const connection = await createConnection(server);
    await connection.query(`DROP DATABASE IF EXISTS \`${database}\``);
    await connection.end();
  }
}

async function send(base: string, method: string, path: string, options: RequestOptions = {}): Promise<TestAnswer> {
  const { token, headers = {}, body, form, redirect = 'manual' } = options;
  const isText = typeof body === 'string';
  const response = await fetch(path.startsWith('http') ? path : base + path, {
    method,
    redirect,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && !isText && { 'content-type': path.includes('/fhir') ? 'application/fhir+json' : 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: isText ? body : JSON.stringify(body) }),
    ...(form !== undefined && { body: new URLSearchParams(form as Record<string, string>) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: parse(text) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
