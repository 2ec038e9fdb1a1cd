export { accessCondition, accessPatients, type SqlCondition } from './access/access-condition';
export { type CapabilityParameters, capabilityParameters } from './capability-parameters';
export { readPosition, signPosition } from './page/page-link';
export { CursorSecret } from './page/secret';
export { type SearchCode, SearchCodes } from './open/search-codes';
export { SearchModule } from './search.module';
export { type CriteriaOptions, type Parameters, type SearchOptions, SearchService } from './search.service';
import { CreateFhirSecret, secretTable } from './page/secret';

export const searchTables = [secretTable];
export const searchMigrations = [CreateFhirSecret];
