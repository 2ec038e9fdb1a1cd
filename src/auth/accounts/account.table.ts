import type { TableDefinition } from '../../database';

const person = {
  username: 'string(150)!',
  password_hash: 'string(255)!',
  enabled: 'int!',
  display_name: 'string(255)!',
  given: 'string(100)',
  family: 'string(100)',
  email: 'string(190)',
  phone: 'string(50)',
  address: 'string(255)',
  created_at: 'bigint!',
  password_changed_at: 'bigint!',
};

/** People who work here. */
export const accountTable: TableDefinition = {
  name: 'account',
  columns: { id: 'string(40)!', ...person, acl_group: 'string(40)!', fhir_user: 'string(100)!' },
  key: ['id'],
  indexes: [{ name: 'account_username', columns: ['username'], unique: true }],
};

/** Patients with access to their own record. */
export const portalAccountTable: TableDefinition = {
  name: 'portal_account',
  columns: { id: 'string(40)!', ...person, patient: 'string(64)!' },
  key: ['id'],
  indexes: [
    { name: 'portal_account_username', columns: ['username'], unique: true },
    { name: 'portal_account_patient', columns: ['patient'] },
  ],
};

/**
 * Failed sign-ins by name tried, whether or not the account exists: both cost the same, so the answer's time
 * tells nothing.
 */
export const signInFailureTable: TableDefinition = {
  name: 'sign_in_failure',
  columns: { name_hash: 'string(64)!', failures: 'int!', last_at: 'bigint!', locked_until: 'bigint!' },
  key: ['name_hash'],
  indexes: [{ name: 'sign_in_failure_last', columns: ['last_at'] }],
};

export const accountTables = [accountTable, portalAccountTable, signInFailureTable];
