import { EntitySchema, type MigrationInterface, type QueryRunner, Table, TableIndex } from 'typeorm';
import { type ColumnSpecs, entityColumns, tableColumns } from './columns';

/** A table as data: the entity and the migration that creates it are both made from this. */
export interface TableDefinition {
  name: string;
  columns: ColumnSpecs;
  /** Primary key, in clustering order. */
  key: string[];
  indexes?: { name: string; columns: string[]; unique?: boolean }[];
}

/** Entities differ in type names between the databases, so they are made for the dialect in use. */
export function entityOf(table: TableDefinition, mysql: boolean): EntitySchema {
  return new EntitySchema({
    name: table.name,
    tableName: table.name,
    columns: entityColumns(table.columns, table.key, mysql),
    indices: (table.indexes ?? []).map(({ name, columns, unique }) => ({ name, columns, unique: unique ?? false })),
  });
}

const isMysql = (runner: QueryRunner) => runner.connection.options.type !== 'better-sqlite3';

/**
 * The migration that creates `tables`. Definitions handed to it are frozen with it: a later change of a table
 * is a migration of its own, and the drift check fails until it is written.
 * `stamp` is milliseconds since the epoch and orders migrations of all domains.
 */
export function createTables(stamp: number, title: string, tables: TableDefinition[], seed?: (runner: QueryRunner) => Promise<void>): new () => MigrationInterface {
  return class implements MigrationInterface {
    readonly name = `${title}${stamp}`;

    async up(runner: QueryRunner): Promise<void> {
      for (const table of tables) await runner.createTable(tableFor(table, isMysql(runner)));
      await seed?.(runner);
    }

    async down(runner: QueryRunner): Promise<void> {
      for (const table of [...tables].reverse()) await runner.dropTable(table.name);
    }
  };
}

/** The migration that adds `indexes` to a table which an earlier one created without them. */
export function createIndexes(stamp: number, title: string, table: string, indexes: NonNullable<TableDefinition['indexes']>): new () => MigrationInterface {
  return class implements MigrationInterface {
    readonly name = `${title}${stamp}`;

    async up(runner: QueryRunner): Promise<void> {
      for (const { name, columns, unique } of indexes) await runner.createIndex(table, new TableIndex({ name, columnNames: columns, isUnique: unique ?? false }));
    }

    async down(runner: QueryRunner): Promise<void> {
      for (const { name } of indexes) await runner.dropIndex(table, name);
    }
  };
}

function tableFor(table: TableDefinition, mysql: boolean): Table {
  return new Table({
    name: table.name,
    columns: tableColumns(table.columns, table.key, mysql),
    indices: (table.indexes ?? []).map(({ name, columns, unique }) => new TableIndex({ name, columnNames: columns, isUnique: unique ?? false })),
  });
}
