import type { TableDefinition } from '../../database';

/** Keys that sign id tokens. One row per algorithm and generation, so that two processes starting at once agree on one. */
export const signingKeyTable: TableDefinition = {
  name: 'signing_key',
  columns: { alg: 'string(10)!', generation: 'int!', kid: 'string(64)!', private_jwk: 'text!', public_jwk: 'text!', created_at: 'bigint!' },
  key: ['alg', 'generation'],
};
