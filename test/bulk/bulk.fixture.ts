import { createHash } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import type { FhirResource } from '#libs/fhir';
import { AppModule } from '../../src/app/app.module';
import { Db } from '../../src/database';
import { ResourceWriter } from '../../src/fhir';
import { NdjsonPart } from '../../src/fhir/bulk/ndjson.part';
import { clock, internalAccess, newUuid, runInContext } from '../../src/kernel';
import { JobSweeper } from '../../src/queue';
import { startApp, type TestAnswer, type TestApp } from '../harness/start-app';

export const FHIR = '/apis/default/fhir';
const BATCH = 500;

export interface Manifest {
  transactionTime: string;
  request: string;
  requiresAccessToken: boolean;
  output: { type: string; url: string; count: number }[];
  deleted: { type: string; url: string; count: number }[];
  error: unknown[];
}

/** An export that has ended: its manifest and every line of its files, by type. */
export interface Exported {
  job: string;
  manifest: Manifest;
  headers: Headers;
  lines: Map<string, string[]>;
}

/** The application, backend clients on it, and a way to fill it fast. */
export class BulkApp {
  private constructor(
    readonly app: TestApp,
    /** Where the jobs run: a worker of its own where there is Redis (QUEUE=bullmq), else the server itself. */
    readonly worker: INestApplicationContext,
  ) {}

  static async start(): Promise<BulkApp> {
    const app = await startApp({ LOG_LEVEL: 'silent' });
    const worker = app.config.REDIS_URL ? await NestFactory.createApplicationContext(AppModule.with(app.config, true), { logger: false }) : app.app;
    return new BulkApp(app, worker);
  }

  async stop(): Promise<void> {
    if (this.worker !== this.app.app) await this.worker.close();
    await this.app.stop();
  }

  async client(scope: string): Promise<BackendClient> {
    return BackendClient.register(this.app, scope);
  }

  /** Stores resources through the one write path. */
  async store(resources: readonly FhirResource[]): Promise<void> {
    for (let from = 0; from < resources.length; from += BATCH) {
      const changes = resources.slice(from, from + BATCH).map((resource) => ({ op: 'update' as const, type: resource.resourceType, id: resource.id!, resource }));
      await this.write(changes);
    }
  }

  async remove(...names: string[]): Promise<void> {
    await this.write(names.map((name) => ({ op: 'delete' as const, type: name.split('/')[0]!, id: name.split('/')[1]! })));
  }

  inSite<T>(work: () => Promise<T>): Promise<T> {
    return runInContext({ site: 'default', requestId: 'test', audit: {} }, work);
  }

  sweep(): Promise<void> {
    return this.worker.get(JobSweeper).sweep();
  }

  query<Row>(sql: string, params: (string | number)[] = []): Promise<Row[]> {
    return this.inSite(async () => (await this.app.app.get(Db).sql()).query<Row>(sql, params));
  }

  /** `Type/id` of what the store holds now, per type. */
  async live(): Promise<Map<string, Set<string>>> {
    const rows = await this.query<{ type: string; fhir_id: string }>('SELECT type, fhir_id FROM fhir_resource WHERE deleted = 0');
    const found = new Map<string, Set<string>>();
    for (const row of rows) found.set(row.type, (found.get(row.type) ?? new Set()).add(row.fhir_id));
    return found;
  }

  kickoff(token: string | undefined, path = '$export', headers: Record<string, string> = {}): Promise<TestAnswer> {
    return this.app.request('GET', `${FHIR}/${path}`, { ...(token && { token }), headers: { accept: 'application/fhir+json', prefer: 'respond-async', ...headers } });
  }

  /** Starts an export; the address to poll. */
  async begin(token: string, path = '$export'): Promise<string> {
    const answer = await this.kickoff(token, path);
    if (answer.status !== 202) throw new Error(`Kick-off answered ${answer.status}: ${answer.text}`);
    return answer.headers.get('content-location')!;
  }

  /** Polls until the export has ended, then fetches every file. */
  async finish(token: string, location: string, patience = 60_000): Promise<Exported> {
    for (const end = Date.now() + patience; Date.now() < end; await pause(50)) {
      const answer = await this.app.request('GET', location, { token });
      if (answer.status === 202) continue;
      if (answer.status !== 200) throw new Error(`Status answered ${answer.status}: ${answer.text}`);
      return { job: jobOf(location), manifest: answer.json, headers: answer.headers, lines: await this.lines(token, answer.json) };
    }
    throw new Error('The export did not end in time.');
  }

  async export(token: string, path = '$export'): Promise<Exported> {
    return this.finish(token, await this.begin(token, path));
  }

  private async lines(token: string, manifest: Manifest): Promise<Map<string, string[]>> {
    const lines = new Map<string, string[]>();
    for (const { type, url } of [...manifest.output, ...manifest.deleted]) {
      const { text } = await this.app.request('GET', url, { token });
      if (!text.endsWith('\n')) throw new Error(`The last line of ${url} is not ended.`);
      lines.set(type, [...(lines.get(type) ?? []), ...text.slice(0, -1).split('\n')]);
    }
    return lines;
  }

  private async write(changes: Parameters<ResourceWriter['apply']>[2]): Promise<void> {
    await this.inSite(() => this.app.app.get(Db).transaction((tx) => this.app.app.get(ResourceWriter).apply(tx, internalAccess('default', 'test'), changes)));
  }
}

export const jobOf = (location: string): string => new URL(location).searchParams.get('job')!;

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The ids in NDJSON lines; fails where one comes twice. */
export function idsOf(lines: readonly string[] = []): Set<string> {
  const ids = lines.map((line) => (JSON.parse(line) as { id: string }).id);
  const once = new Set(ids);
  if (once.size < ids.length) throw new Error(`${ids.length - once.size} lines came twice.`);
  return once;
}

/**
 * Interferes with the engine's writes to its files: `before` runs ahead of each, with its number from 1. The return
 * value ends the interference.
 */
export function onWrite(before: (nth: number) => Promise<void> | void): () => void {
  const write = NdjsonPart.prototype.write;
  let count = 0;
  const spy = jest.spyOn(NdjsonPart.prototype, 'write').mockImplementation(async function (this: NdjsonPart, bodies) {
    await before(++count);
    return write.call(this, bodies);
  });
  return () => spy.mockRestore();
}

/** Every export stops before its first byte until the gate opens. */
export function holdWrites(): { open(): void } {
  let resolve!: () => void;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  const restore = onWrite(() => promise);
  return {
    open: () => {
      restore();
      resolve();
    },
  };
}

/** A client that signs its own assertions (SMART Backend Services). */
export class BackendClient {
  private constructor(
    private readonly app: TestApp,
    readonly id: string,
    private readonly scope: string,
    private readonly key: CryptoKey,
  ) {}

  static async register(app: TestApp, scope: string): Promise<BackendClient> {
    const { publicKey, privateKey } = await generateKeyPair('ES384', { extractable: true });
    const jwk: JWK = { ...(await exportJWK(publicKey)), kid: 'bulk', alg: 'ES384', use: 'sig' };
    const body = {
      application_type: 'private', client_name: `Bulk ${createHash('sha256').update(scope).digest('hex').slice(0, 6)}`, redirect_uris: ['https://bulk.example.org/cb'],
      token_endpoint_auth_method: 'private_key_jwt', grant_types: ['client_credentials'], jwks: { keys: [jwk] }, scope,
    };
    const { status, json, text } = await app.request('POST', '/oauth2/default/registration', { body });
    if (status !== 200 && status !== 201) throw new Error(`Registration answered ${status}: ${text}`);
    return new BackendClient(app, json.client_id, scope, privateKey);
  }

  async token(scope = this.scope): Promise<string> {
    const endpoint = `${this.app.url}/oauth2/default/token`;
    const assertion = await new SignJWT({ jti: newUuid() })
      .setProtectedHeader({ alg: 'ES384', kid: 'bulk', typ: 'JWT' })
      .setIssuer(this.id).setSubject(this.id).setAudience(endpoint).setExpirationTime(Math.floor(clock.now() / 1000) + 240)
      .sign(this.key);
    const form = { grant_type: 'client_credentials', scope, client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer', client_assertion: assertion };
    const { status, json, text } = await this.app.request('POST', '/oauth2/default/token', { form });
    if (status !== 200) throw new Error(`Token endpoint answered ${status}: ${text}`);
    return json.access_token;
  }
}

export const patient = (id: string, family = `Family ${id}`): FhirResource => ({ resourceType: 'Patient', id, name: [{ family }] }) as FhirResource;

export const observation = (id: string, patientId: string, value = 70, extra: object = {}): FhirResource => ({
  resourceType: 'Observation', id, status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] },
  subject: { reference: `Patient/${patientId}` },
  valueQuantity: { value, unit: '/min' },
  ...extra,
}) as FhirResource;
