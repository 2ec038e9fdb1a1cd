import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Test, type TestingModule } from '@nestjs/testing';
import { createConnection } from 'mysql2/promise';
import { AuditModule, auditTable, CreateAudit } from '../../src/audit';
import { ConfigModule, loadConfig } from '../../src/config';
import { CreateSequence, DatabaseModule, Db, mysqlAddress, type Schema, sequenceTable } from '../../src/database';
import { BundleModule, CreateCriteriaLock, criteriaLockTable } from '../../src/fhir/bundle';
import { ImportModule } from '../../src/fhir/import';
import { searchMigrations, searchTables } from '../../src/fhir/search';
import { storeMigrations, StoreModule, storeTables } from '../../src/fhir/store';
import { runInContext } from '../../src/kernel';

const schema: Schema = {
  tables: [sequenceTable, auditTable, ...storeTables, criteriaLockTable, ...searchTables],
  migrations: [CreateSequence, CreateAudit, ...storeMigrations, CreateCriteriaLock, ...searchMigrations],
};

export interface OpenStore {
  module: TestingModule;
  /** Runs `work` as a request of site `default`. */
  run<T>(work: () => Promise<T>): Promise<T>;
  /** Rows of a statement on committed state. */
  query<Row>(sql: string, params?: (string | number)[]): Promise<Row[]>;
  close(): Promise<void>;
}

/** The resource store on a real database of its own (DB=mysql: MariaDB), without domains and without HTTP. */
export async function openStore(): Promise<OpenStore> {
  const folder = mkdtempSync(join(tmpdir(), 'salus-store-'));
  const server = process.env.TEST_MYSQL_URL ?? 'mysql://root@127.0.0.1:3306';
  const config = loadConfig({
    DATA_DIR: folder, LOG_LEVEL: 'silent', BASE_URL: 'https://salus.test',
    ...(process.env.DB === 'mysql' && { DATABASE_URL: `${server}/salus_test_${randomBytes(5).toString('hex')}` }),
  });
  const module = await Test.createTestingModule({ imports: [ConfigModule.with(config), DatabaseModule.with(schema), AuditModule, StoreModule, BundleModule, ImportModule] }).compile();
  await module.init();
  const run = <T>(work: () => Promise<T>): Promise<T> => runInContext({ requestId: 'test', site: 'default', audit: {} }, work);
  const query = async <Row>(sql: string, params: (string | number)[] = []): Promise<Row[]> => run(async () => (await module.get(Db).sql()).query<Row>(sql, params));
  const close = async (): Promise<void> => {
    await module.close();
    if (config.DATABASE_URL.startsWith('mysql:')) await drop(config);
    rmSync(folder, { recursive: true, force: true });
  };
  return { module, run, query, close };
}

async function drop(config: Parameters<typeof mysqlAddress>[0]): Promise<void> {
  const { database, ...address } = mysqlAddress(config, 'default');
  const connection = await createConnection(address);
  await connection.query(`DROP DATABASE IF EXISTS \`${database}\``);
  await connection.end();
}
