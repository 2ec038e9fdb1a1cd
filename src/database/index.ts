export { DatabaseModule } from './database.module';
export { schemaDrift } from './drift';
export { dataSourceOptions, mysqlAddress, type Schema } from './options';
export { CreateSequence, sequenceTable } from './sequence.table';
export { SiteDatabase } from './site-database';
export { Db, Sites } from './sites';
export { placeholders, type Sql, type SqlValue, type SqlWriter } from './sql';
export { createTables, entityOf, type TableDefinition } from './table';
export { Tx } from './transaction';
