import { createTables, type TableDefinition } from './table';

/** Next free number per sequence. */
export const sequenceTable: TableDefinition = { name: 'salus_sequence', columns: { name: 'string(40)!', next: 'bigint!' }, key: ['name'] };

export const CreateSequence = createTables(1762000000000, 'CreateSequence', [sequenceTable]);
