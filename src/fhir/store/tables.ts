import { createIndexes, createTables, type TableDefinition } from '../../database';

/**
 * The current version of every resource. `body` is what a read returns, byte for byte.
 * `patient` is the surrogate key of the one Patient whose compartment holds it, NO_PATIENT where there is none,
 * SEVERAL_PATIENTS where there are more (those are invisible to anyone confined to one patient).
 */
export const resourceTable: TableDefinition = {
  name: 'fhir_resource',
  columns: {
    id: 'bigint!',
    type: 'string(40)!',
    fhir_id: 'string(64)!',
    version: 'int!',
    deleted: 'int!',
    patient: 'bigint!',
    restricted: 'int!',
    last_updated: 'bigint!',
    source: 'string(30)',
    source_key: 'string(64)',
    source_part: 'string(40)',
    source_version: 'int',
    body: 'blob!',
  },
  key: ['id'],
  indexes: [
    { name: 'fhir_resource_logical', columns: ['type', 'fhir_id'], unique: true },
    { name: 'fhir_resource_walk', columns: ['type', 'id', 'deleted'] },
    { name: 'fhir_resource_updated', columns: ['type', 'last_updated', 'id'] },
    { name: 'fhir_resource_patient', columns: ['patient', 'type', 'id'] },
    { name: 'fhir_resource_source', columns: ['source', 'source_key', 'source_part'] },
  ],
};

export const NO_PATIENT = 0;
export const SEVERAL_PATIENTS = -1;

const historyAtFirst: TableDefinition = {
  name: 'fhir_history',
  columns: {
    resource: 'bigint!',
    version: 'int!',
    type: 'string(40)!',
    fhir_id: 'string(64)!',
    operation: 'string(6)!',
    patient: 'bigint!',
    restricted: 'int!',
    last_updated: 'bigint!',
    author: 'string(128)!',
    author_name: 'string(190)!',
    client: 'string(64)',
    reason: 'string(255)',
    request_id: 'string(64)',
    body: 'blob!',
  },
  key: ['resource', 'version'],
  indexes: [{ name: 'fhir_history_updated', columns: ['type', 'last_updated', 'resource'] }],
};

/** The order in which the history of all types, and that of one chart, are read. */
const HISTORY_ORDERS = [
  { name: 'fhir_history_time', columns: ['last_updated', 'resource'] },
  { name: 'fhir_history_patient', columns: ['patient', 'last_updated', 'resource'] },
];

/** Every version ever, deletions included (their body is empty). Never updated. */
export const historyTable: TableDefinition = { ...historyAtFirst, indexes: [...historyAtFirst.indexes!, ...HISTORY_ORDERS] };

/**
 * Search indexes, one table per parameter type, clustered by patient: one patient's chart is one range of pages.
 * The second key serves searches over the whole population. `param` names a search parameter of one resource type.
 */
const index = (kind: string, columns: TableDefinition['columns'], value: string[]): TableDefinition => ({
  name: `fhir_index_${kind}`,
  columns: { patient: 'bigint!', param: 'int!', ...columns, resource: 'bigint!' },
  key: ['patient', 'param', ...value, 'resource'],
  indexes: [{ name: `fhir_index_${kind}_all`, columns: ['param', ...value, 'resource'] }],
});

/** `system` is a 52-bit hash of the system's URL (0 for none): short keys, compared exactly. */
export const tokenTable = index('token', { code: 'string(128)!', system: 'bigint!' }, ['code', 'system']);
export const stringTable = index('string', { folded: 'string(128)!', exact: 'string(128)!' }, ['folded', 'exact']);
/** Half-open [lo, hi) in milliseconds since the epoch. */
const dateAtFirst = index('date', { lo: 'bigint!', hi: 'bigint!' }, ['lo', 'hi']);
/** `Type/id` for a local reference, else the URL. */
export const referenceTable = index('reference', { target: 'string(190)!' }, ['target']);
const quantityAtFirst = index('quantity', { lo: 'double!', hi: 'double!', code: 'string(64)!', system: 'bigint!' }, ['lo', 'hi', 'code', 'system']);
export const uriTable = index('uri', { uri: 'string(190)!' }, ['uri']);

/** “After” and “more than” ask for the upper end, and are asked of the whole population more than anything else. */
const DATE_ENDS = [{ name: 'fhir_index_date_end', columns: ['param', 'hi', 'lo', 'resource'] }];
const QUANTITY_ENDS = [{ name: 'fhir_index_quantity_end', columns: ['param', 'hi', 'lo', 'code', 'system', 'resource'] }];
export const dateTable: TableDefinition = { ...dateAtFirst, indexes: [...dateAtFirst.indexes!, ...DATE_ENDS] };
export const quantityTable: TableDefinition = { ...quantityAtFirst, indexes: [...quantityAtFirst.indexes!, ...QUANTITY_ENDS] };

/**
 * What stands in one repeating element together. `code` and `system` are its token; beside it `text` and `system2` are
 * a second token, an identifier's value or a reference, `lo` and `hi` a quantity whose unit they then are, or two numbers.
 */
export const compositeTable = index(
  'composite',
  { code: 'string(128)!', system: 'bigint!', lo: 'double!', hi: 'double!', text: 'string(190)!', system2: 'bigint!' },
  ['code', 'system', 'lo', 'hi', 'text', 'system2'],
);
/** Places on the unit sphere; north and south first, so that a search reads one belt of it. */
export const positionTable = index('position', { z: 'double!', x: 'double!', y: 'double!' }, ['z', 'x', 'y']);
/** The folded words of a resource, each between two spaces. No key holds them: they are read resource by resource. */
export const textTable = index('text', { words: 'text!' }, []);

const firstIndexTables = { token: tokenTable, string: stringTable, date: dateTable, reference: referenceTable, quantity: quantityTable, uri: uriTable } as const;
const elementIndexTables = { composite: compositeTable, position: positionTable, text: textTable } as const;
export const indexTables = { ...firstIndexTables, ...elementIndexTables } as const;

export const storeTables: TableDefinition[] = [resourceTable, historyTable, ...Object.values(indexTables)];

export const CreateResourceStore = createTables(1762000001000, 'CreateResourceStore', [resourceTable, historyAtFirst, ...Object.values({ ...firstIndexTables, date: dateAtFirst, quantity: quantityAtFirst })]);
export const IndexHistory = createIndexes(1762000001200, 'IndexHistory', historyTable.name, HISTORY_ORDERS);

export const CreateElementIndexes = createTables(1762000001300, 'CreateElementIndexes', Object.values(elementIndexTables));
export const IndexDateEnds = createIndexes(1762000001310, 'IndexDateEnds', dateTable.name, DATE_ENDS);
export const IndexQuantityEnds = createIndexes(1762000001320, 'IndexQuantityEnds', quantityTable.name, QUANTITY_ENDS);

export const storeMigrations = [CreateResourceStore, IndexHistory, CreateElementIndexes, IndexDateEnds, IndexQuantityEnds];
