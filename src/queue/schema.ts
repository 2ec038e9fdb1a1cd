import { createTables, type TableDefinition } from '../database';

/**
 * The truth about every job; queues only carry nudges to look here.
 * `lease_until`: until then nobody else may touch the job, either because `holder` runs it or because it waits
 * before a retry. `expires`: from then on what the job left behind may be swept away.
 */
export const jobTable: TableDefinition = {
  name: 'job',
  columns: {
    id: 'string(36)!',
    kind: 'string(40)!',
    state: 'string(10)!',
    owner: 'string(190)!',
    payload: 'text!',
    progress: 'string(100)',
    checkpoint: 'text',
    attempts: 'int!',
    holder: 'string(36)',
    lease_until: 'bigint!',
    request_id: 'string(64)',
    created: 'bigint!',
    updated: 'bigint!',
    expires: 'bigint',
    error: 'text',
  },
  key: ['id'],
  indexes: [
    { name: 'job_due', columns: ['state', 'lease_until'] },
    { name: 'job_owner', columns: ['owner', 'kind', 'state'] },
    { name: 'job_expires', columns: ['expires'] },
  ],
};

export const queueTables: TableDefinition[] = [jobTable];

export const queueMigrations = [createTables(1762000010000, 'CreateJob', queueTables)];
