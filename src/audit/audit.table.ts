import { createTables, type TableDefinition } from '../database';

/** One row per request: who did what to whose record, with what outcome. Holds no clinical value, token or query text. */
export const auditTable: TableDefinition = {
  name: 'audit_event',
  columns: {
    id: 'string(36)!',
    recorded: 'bigint!',
    request_id: 'string(64)!',
    actor_kind: 'string(10)!',
    actor: 'string(128)!',
    actor_name: 'string(190)!',
    client: 'string(64)',
    patient: 'string(64)',
    action: 'string(40)!',
    entity: 'string(128)',
    method: 'string(10)!',
    route: 'string(190)!',
    status: 'int!',
    outcome: 'string(10)!',
    address: 'string(64)',
  },
  key: ['id'],
  indexes: [
    { name: 'audit_event_recorded', columns: ['recorded'] },
    { name: 'audit_event_patient', columns: ['patient', 'recorded'] },
    { name: 'audit_event_actor', columns: ['actor', 'recorded'] },
  ],
};

export const CreateAudit = createTables(1762000002000, 'CreateAudit', [auditTable]);
