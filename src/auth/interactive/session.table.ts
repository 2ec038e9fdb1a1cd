import type { TableDefinition } from '../../database';

/** Browser sessions, signed in or not. `id` is the hash of what the cookie holds; times are epoch milliseconds. */
export const webSessionTable: TableDefinition = {
  name: 'web_session',
  columns: {
    id: 'string(43)!',
    account_kind: 'string(8)',
    account_id: 'string(64)',
    auth_time: 'bigint',
    csrf: 'string(43)!',
    data: 'text!',
    seen_at: 'bigint!',
    expires_at: 'bigint!',
  },
  key: ['id'],
  indexes: [
    { name: 'web_session_account', columns: ['account_kind', 'account_id'] },
    { name: 'web_session_expiry', columns: ['expires_at'] },
  ],
};
