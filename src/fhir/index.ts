import { bulkMigrations, bulkTables } from './bulk';
import { CreateCriteriaLock, criteriaLockTable } from './bundle';
import { searchMigrations, searchTables } from './search';
import { storeMigrations, storeTables } from './store';

export type { Domain } from './domain';
export { FhirModule } from './fhir.module';
export { installAnswerFormats, sendFhir } from './http/answer-format';
export { SearchService } from './search';
export * from './store';

export const fhirTables = [...storeTables, criteriaLockTable, ...searchTables, ...bulkTables];
export const fhirMigrations = [...storeMigrations, CreateCriteriaLock, ...searchMigrations, ...bulkMigrations];
