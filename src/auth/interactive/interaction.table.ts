import type { TableDefinition } from '../../database';

/** Authorization requests that wait for a person: proven, not yet answered. `id` is the hash of what the pages carry. */
export const interactionTable: TableDefinition = {
  name: 'oauth_interaction',
  columns: {
    id: 'string(43)!',
    session_id: 'string(43)!',
    /** JSON of the checked request. */
    request: 'text!',
    /** Chosen by staff in the picker. */
    patient: 'string(64)',
    expires_at: 'bigint!',
  },
  key: ['id'],
  indexes: [
    { name: 'oauth_interaction_session', columns: ['session_id'] },
    { name: 'oauth_interaction_expiry', columns: ['expires_at'] },
  ],
};
