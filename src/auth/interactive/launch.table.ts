import type { TableDefinition } from '../../database';

/** EHR launches under way. The handle is stored as its hash, for one use by one app and one person. */
export const launchTable: TableDefinition = {
  name: 'smart_launch',
  columns: {
    handle_hash: 'string(43)!',
    client_id: 'string(64)!',
    account_kind: 'string(8)!',
    account_id: 'string(64)!',
    /** JSON: patient, encounter, intent, appointment. */
    launch_context: 'text!',
    expires_at: 'bigint!',
    used_at: 'bigint',
  },
  key: ['handle_hash'],
  indexes: [{ name: 'smart_launch_expiry', columns: ['expires_at'] }],
};
