import { createTables, type TableDefinition } from '../../database';

/** Whose records a Group export holds: surrogate keys of the patients, as the Group named them at the transaction time. */
export const bulkPatientTable: TableDefinition = {
  name: 'bulk_patient',
  columns: { job: 'string(36)!', patient: 'bigint!' },
  key: ['job', 'patient'],
};

export const bulkTables: TableDefinition[] = [bulkPatientTable];

export const bulkMigrations = [createTables(1762000011000, 'CreateBulkPatient', bulkTables)];
