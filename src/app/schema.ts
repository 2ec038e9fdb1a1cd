import { auditTable, CreateAudit } from '../audit';
import { authMigrations, authTables } from '../auth';
import { clinicalDomains } from '../clinical';
import { CreateSequence, type Schema, sequenceTable } from '../database';
import { fhirMigrations, fhirTables } from '../fhir';
import { practiceDomains } from '../practice';
import { queueMigrations, queueTables } from '../queue';

const domains = [...practiceDomains, ...clinicalDomains];

/** Every table and migration of the house. Migrations run in the order of their stamps. */
export const schema: Schema = {
  tables: [sequenceTable, auditTable, ...authTables, ...queueTables, ...fhirTables, ...domains.flatMap((domain) => domain.tables)],
  migrations: [CreateSequence, CreateAudit, ...authMigrations, ...queueMigrations, ...fhirMigrations, ...domains.flatMap((domain) => domain.migrations)],
};
