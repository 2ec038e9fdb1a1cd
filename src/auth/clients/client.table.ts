import type { TableDefinition } from '../../database';

/** Registered applications. Secrets and registration tokens are kept as hashes. */
export const clientTable: TableDefinition = {
  name: 'oauth_client',
  columns: {
    client_id: 'string(64)!',
    role: 'string(10)!',
    name: 'string(255)!',
    secret_hash: 'string(64)',
    confidential: 'int!',
    enabled: 'int!',
    auth_method: 'string(30)',
    /** Space-separated. */
    scope: 'text!',
    /** JSON arrays. */
    redirect_uris: 'text!',
    logout_redirect_uris: 'text!',
    grant_types: 'text',
    contacts: 'text!',
    jwks: 'text',
    jwks_uri: 'string(2000)',
    initiate_login_uri: 'string(2000)',
    logo_uri: 'string(2000)',
    policy_uri: 'string(2000)',
    tos_uri: 'string(2000)',
    dsi_type: 'string(20)!',
    dsi_source_attributes: 'text',
    skip_ehr_launch_authorization_flow: 'int!',
    registration_token_hash: 'string(64)!',
    registration_path: 'string(64)!',
    registered_at: 'bigint!',
    /** Set once an administrator (or the approval rule) has enabled it; never-approved registrations expire. */
    approved_at: 'bigint',
    revoked_at: 'bigint',
  },
  key: ['client_id'],
  indexes: [
    { name: 'oauth_client_path', columns: ['registration_path'], unique: true },
    { name: 'oauth_client_pending', columns: ['approved_at', 'registered_at'] },
  ],
};

/** Assertion ids already used: one row each, so that the second use of a `jti` meets the key. */
export const assertionTable: TableDefinition = {
  name: 'oauth_assertion',
  columns: { jti_hash: 'string(64)!', client_id: 'string(64)!', expires_at: 'bigint!' },
  key: ['jti_hash'],
  indexes: [{ name: 'oauth_assertion_expiry', columns: ['expires_at'] }],
};

export const clientTables = [clientTable, assertionTable];
