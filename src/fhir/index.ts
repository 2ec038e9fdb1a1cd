import { bulkMigrations, bulkTables } from './bulk';
import { CreateCriteriaLock, criteriaLockTable } from './bundle';
import { searchMigrations, searchTables } from './search';
import { storeMigrations, storeTables } from './store';
import { CreateSubscriptions, subscriptionTables } from './subscriptions';

export { CapabilityStatement } from './capability/capability-statement';
export type { Domain } from './domain';
export { FhirModule } from './fhir.module';
export { installAnswerFormats, sendFhir } from './http/answer-format';
export { methodsAt } from './http/methods-at';
export { SearchService } from './search';
export * from './store';

export const fhirTables = [...storeTables, criteriaLockTable, ...searchTables, ...bulkTables, ...subscriptionTables];
export const fhirMigrations = [...storeMigrations, CreateCriteriaLock, ...searchMigrations, ...bulkMigrations, CreateSubscriptions];
