export { BulkModule } from './bulk.module';
export { EXPORT_OPERATIONS } from './export.operations';
export { bulkMigrations, bulkTables } from './schema';
