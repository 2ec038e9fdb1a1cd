import type { TableDefinition } from '../../database';

/** What a person allowed an app, until they withdraw it. `remember`: the page need not be shown again for these scopes. */
export const consentTable: TableDefinition = {
  name: 'oauth_consent',
  columns: {
    account_kind: 'string(8)!',
    account_id: 'string(64)!',
    client_id: 'string(64)!',
    /** Space-separated. */
    scope: 'text!',
    remember: 'int!',
    given_at: 'bigint!',
  },
  key: ['account_kind', 'account_id', 'client_id'],
  indexes: [{ name: 'oauth_consent_client', columns: ['client_id'] }],
};
