import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import type { DataSourceOptions, MigrationInterface } from 'typeorm';
import type { Config } from '../config';
import { entityOf, type TableDefinition } from './table';
import { tuneSqlite } from './tune-sqlite';

export { tuneSqlite };

/** Tables and migrations of the whole house, handed down by the entry points. */
export interface Schema {
  tables: TableDefinition[];
  migrations: (new () => MigrationInterface)[];
}

const common = (schema: Schema, mysql: boolean) => ({
  entities: schema.tables.map((table) => entityOf(table, mysql)),
  migrations: schema.migrations,
  migrationsTableName: 'salus_migration',
  // A lookup by nothing must throw, never mean “any row” (typeorm#9316).
  invalidWhereValuesBehavior: { null: 'throw', undefined: 'throw' } as const,
});

export function sqliteFile(config: Config, site: string): string {
  const folder = config.DATABASE_URL.slice('sqlite:'.length) || join(config.DATA_DIR, 'sites');
  return join(folder, site, 'salus.sqlite');
}

function sqliteOptions(config: Config, site: string, schema: Schema): DataSourceOptions {
  const database = sqliteFile(config, site);
  mkdirSync(join(database, '..'), { recursive: true, mode: 0o700 });
  return { type: 'better-sqlite3', database, enableWAL: true, prepareDatabase: tuneSqlite, ...common(schema, false) };
}

export interface MysqlAddress { host: string; port: number; user: string; password: string; database: string }

export function mysqlAddress(config: Config, site: string): MysqlAddress {
  const url = new URL(config.DATABASE_URL);
  const prefix = decodeURIComponent(url.pathname.slice(1)) || 'salus';
  return {
    host: url.hostname,
    port: Number(url.port || 3306),
    user: decodeURIComponent(url.username || 'root'),
    password: decodeURIComponent(url.password),
    database: `${prefix}_${site.replaceAll('-', '_')}`,
  };
}

/** Creates the schema if it is missing, and asks which server this is: TypeORM must be told the truth. */
async function prepareMysql(address: MysqlAddress): Promise<'mariadb' | 'mysql'> {
  const { database, ...server } = address;
  const connection = await createConnection(server);
  try {
    if (!/^[A-Za-z0-9_]+$/.test(database)) throw new Error('The database name may hold letters, digits and _ only.');
    await connection.query(`CREATE DATABASE IF NOT EXISTS \`${database}\` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
    const [rows] = await connection.query('SELECT VERSION() AS version');
    const version = (rows as { version: string }[])[0]?.version ?? '';
    return /mariadb/i.test(version) ? 'mariadb' : 'mysql';
  } finally {
    await connection.end();
  }
}

async function mysqlOptions(config: Config, site: string, schema: Schema): Promise<DataSourceOptions> {
  const address = mysqlAddress(config, site);
  const type = await prepareMysql(address);
  const { user, ...rest } = address;
  return {
    type,
    ...rest,
    username: user,
    charset: 'utf8mb4_bin',
    timezone: 'Z',
    dateStrings: true,
    // Keys, hashes and times stay below 2^53; as text they would not compare or add up.
    supportBigNumbers: true,
    bigNumberStrings: false,
    poolSize: 20,
    extra: { maxPreparedStatements: 500, connectTimeout: 10_000 },
    ...common(schema, true),
  };
}

export function dataSourceOptions(config: Config, site: string, schema: Schema): Promise<DataSourceOptions> {
  return config.DATABASE_URL.startsWith('sqlite:') ? Promise.resolve(sqliteOptions(config, site, schema)) : mysqlOptions(config, site, schema);
}
