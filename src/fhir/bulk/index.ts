export { BulkModule } from './bulk.module';
export { bulkMigrations, bulkTables } from './schema';
