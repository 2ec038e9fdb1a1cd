import { createTables, type TableDefinition } from '../database';
import { accountTables } from './accounts/account.table';
import { clientTables } from './clients/client.table';
import { interactiveTables } from './interactive/interactive.tables';
import { signingKeyTable } from './keys/signing-key.table';
import { tokenTables } from './tokens/token.table';

const oauthTables: TableDefinition[] = [...clientTables, ...accountTables, signingKeyTable, ...tokenTables];

/** All tables of the authorization server. */
export const authTables: TableDefinition[] = [...oauthTables, ...interactiveTables];

export const authMigrations = [
  createTables(1762100000000, 'CreateAuthorization', oauthTables),
  createTables(1762100100000, 'CreateSignIn', interactiveTables),
];
