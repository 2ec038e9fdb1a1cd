import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import type { FhirResource } from '#libs/fhir';
import { AuditLog } from '../../src/audit';
import { loadConfig } from '../../src/config';
import { CreateSequence, Db, mysqlAddress, sequenceTable, Sites, type Sql } from '../../src/database';
import { searchMigrations, searchTables, SearchService } from '../../src/fhir/search';
import { SearchReads } from '../../src/fhir/search/cost/search-reads';
import { CursorSecret } from '../../src/fhir/search/page/secret';
import { ResourceReader, ResourceWriter, SourceRegistry, storeMigrations, storeTables } from '../../src/fhir/store';
import { type Access, type AccessRule, ALL_VERBS, runInContext, type Verb } from '../../src/kernel';

export const BASE = 'https://salus.test/apis/default/fhir';

type Params = readonly (readonly [string, string])[];

/** A store and the search over it, on a database of its own, written through the production write path. */
export interface SearchWorld {
  search: SearchService;
  reader: ResourceReader;
  db: Db;
  put(...resources: FhirResource[]): Promise<void>;
  remove(type: string, id: string): Promise<void>;
  run<T>(work: () => Promise<T>): Promise<T>;
  /** The Bundle that `Type?query` gives. */
  bundle(query: string, options?: { access?: Access; strict?: boolean }): Promise<TestBundle>;
  /** Ids of the matches, in their order. */
  ids(query: string, access?: Access): Promise<string[]>;
  /** Statements that reached the database during `work`. */
  statements(work: () => Promise<unknown>): Promise<string[]>;
  close(): Promise<void>;
}

export interface TestBundle {
  total?: number;
  link: { relation: string; url: string }[];
  entry?: { fullUrl?: string; resource: FhirResource; search: { mode: string } }[];
}

export const staff: Access = {
  site: 'default', actor: { kind: 'user', id: 'u1', name: 'physician', clientId: 'c1' }, rules: [{ type: '*', verbs: ALL_VERBS }], seesSensitive: true, scopes: new Set(['user/*.cruds']),
};

/** A token confined to one patient; by default to everything of theirs. */
export function patientAccess(patient: string, rules: Partial<AccessRule>[] = [{}], verbs: readonly Verb[] = ['r', 's']): Access {
  return {
    site: 'default', actor: { kind: 'patient', id: patient, name: patient, clientId: 'c1' }, patient, seesSensitive: false, scopes: new Set(['patient/*.rs']),
    rules: rules.map((rule) => ({ type: '*', verbs: new Set(verbs), patient, ...rule })),
  };
}

export const idsOf = (bundle: TestBundle, mode = 'match'): string[] => (bundle.entry ?? []).filter((entry) => entry.search.mode === mode).map((entry) => entry.resource.id ?? '');
export const namesOf = (bundle: TestBundle, mode: string): string[] => (bundle.entry ?? []).filter((entry) => entry.search.mode === mode).map((entry) => `${entry.resource.resourceType}/${entry.resource.id}`).sort();
export const linkOf = (bundle: TestBundle, relation: string): string | undefined => bundle.link.find((link) => link.relation === relation)?.url;

export async function searchWorld(): Promise<SearchWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'salus-search-'));
  const mysql = process.env.TEST_MYSQL_URL ?? 'mysql://root@127.0.0.1:3306';
  const config = loadConfig({ DATA_DIR: folder, ...(process.env.DB === 'mysql' && { DATABASE_URL: `${mysql}/salus_search_${randomBytes(5).toString('hex')}` }) });
  const sites = new Sites(config, { tables: [sequenceTable, ...storeTables, ...searchTables], migrations: [CreateSequence, ...storeMigrations, ...searchMigrations] });
  const db = new Db(sites);
  const search = new SearchService(new SearchReads(db), new CursorSecret(db), config);
  const writer = new ResourceWriter(new SourceRegistry(), new AuditLog(sites));
  const run = <T>(work: () => Promise<T>) => runInContext({ requestId: 'test', site: 'default', audit: {} }, work);
  const bundle: SearchWorld['bundle'] = async (query, { access = staff, strict = false } = {}) => {
    const [type, parameters] = split(query);
    return JSON.parse((await run(() => search.search(access, type, parameters, { baseUrl: BASE, strict }))).toString()) as TestBundle;
  };
  return {
    search, db, run, bundle,
    reader: new ResourceReader(db),
    put: (...resources) => run(() => db.transaction(async (tx) => void (await writer.apply(tx, staff, resources.map((resource) => ({ op: 'update', type: resource.resourceType, id: resource.id!, resource })))))),
    remove: (type, id) => run(() => db.transaction(async (tx) => void (await writer.apply(tx, staff, [{ op: 'delete', type, id }])))),
    ids: async (query, access) => idsOf(await bundle(query, access ? { access } : {})),
    statements: async (work) => statementsDuring((await run(() => db.here())).sql, work),
    close: async () => {
      await sites.onModuleDestroy();
      if (config.DATABASE_URL.startsWith('mysql:')) await drop(mysqlAddress(config, 'default'));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function statementsDuring(sql: Sql, work: () => Promise<unknown>): Promise<string[]> {
  const query = jest.spyOn(sql, 'query');
  const rows = jest.spyOn(sql, 'rows');
  try {
    await work();
    return [...query.mock.calls, ...rows.mock.calls].map(([text]) => text);
  } finally {
    query.mockRestore();
    rows.mockRestore();
  }
}

async function drop({ database, ...server }: ReturnType<typeof mysqlAddress>): Promise<void> {
  const connection = await createConnection(server);
  await connection.query(`DROP DATABASE IF EXISTS \`${database}\``);
  await connection.end();
}

/** `Patient?name=a` → Patient, [[name, a]]; full URLs of page links too. */
function split(query: string): [string, Params] {
  const [path, text] = [query.split('?')[0]!, query.slice(query.indexOf('?') + 1)];
  return [path.slice(path.lastIndexOf('/') + 1), query.includes('?') ? [...new URLSearchParams(text)] : []];
}
