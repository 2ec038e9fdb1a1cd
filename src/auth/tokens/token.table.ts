import type { TableDefinition } from '../../database';

/** What was agreed to, once: every code and token of one authorization belongs to its grant and dies with it. */
export const grantTable: TableDefinition = {
  name: 'oauth_grant',
  columns: {
    id: 'string(40)!',
    client_id: 'string(64)!',
    account_kind: 'string(10)!',
    account_id: 'string(64)!',
    /** Space-separated; the widest that any token of this grant may carry. */
    scope: 'text!',
    patient: 'string(64)',
    encounter: 'string(64)',
    /** JSON of the launch context beyond patient and encounter. */
    launch: 'text',
    nonce: 'string(512)',
    auth_time: 'bigint!',
    session_id: 'string(64)',
    created_at: 'bigint!',
    used_at: 'bigint!',
    revoked_at: 'bigint',
  },
  key: ['id'],
  indexes: [
    { name: 'oauth_grant_account', columns: ['account_kind', 'account_id'] },
    { name: 'oauth_grant_client', columns: ['client_id'] },
    { name: 'oauth_grant_session', columns: ['session_id'] },
    { name: 'oauth_grant_used', columns: ['account_kind', 'used_at'] },
  ],
};

export const codeTable: TableDefinition = {
  name: 'oauth_code',
  columns: {
    code_hash: 'string(64)!',
    grant_id: 'string(40)!',
    redirect_uri: 'string(2000)!',
    redirect_uri_given: 'int!',
    code_challenge: 'string(128)',
    expires_at: 'bigint!',
    used: 'int!',
  },
  key: ['code_hash'],
  indexes: [{ name: 'oauth_code_expiry', columns: ['expires_at'] }],
};

/** Access and refresh tokens, by the hash of the token. */
export const tokenTable: TableDefinition = {
  name: 'oauth_token',
  columns: {
    token_hash: 'string(64)!',
    kind: 'string(10)!',
    grant_id: 'string(40)!',
    scope: 'text!',
    issued_at: 'bigint!',
    expires_at: 'bigint!',
    /** Refresh tokens: 1 once rotated. */
    used: 'int!',
    revoked_at: 'bigint',
  },
  key: ['token_hash'],
  indexes: [
    { name: 'oauth_token_grant', columns: ['grant_id', 'kind'] },
    { name: 'oauth_token_expiry', columns: ['expires_at'] },
  ],
};

export const tokenTables = [grantTable, codeTable, tokenTable];
