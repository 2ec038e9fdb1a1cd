import type { OperationDeclaration, OperationParameter } from '../operations/operation';

const parameter = (name: string, type: string, documentation: string, max: '1' | '*' = '1'): OperationParameter => ({ name, use: 'in', min: 0, max, type, documentation });

const PARAMETERS: readonly OperationParameter[] = [
  parameter('_outputFormat', 'string', 'application/fhir+ndjson, application/ndjson or ndjson.'),
  parameter('_since', 'instant', 'Only what was changed after this instant, and what was deleted.'),
  parameter('_type', 'string', 'Resource types, with commas between them.', '*'),
];

const CANONICAL = 'http://hl7.org/fhir/uv/bulkdata/OperationDefinition';

const declare = (level: string, title: string, description: string, place: Pick<OperationDeclaration, 'levels' | 'types'>): OperationDeclaration => ({
  name: 'export', title, description, definition: `${CANONICAL}/${level}`, affectsState: false, parameters: PARAMETERS, ...place,
});

/** What exports say of themselves (Bulk Data Access 2.0); their routes are their own, since they answer later. */
export const EXPORT_OPERATIONS: readonly OperationDeclaration[] = [
  declare('export', 'System level export', 'Everything the client may read, as files of one type each.', { levels: ['system'] }),
  declare('patient-export', 'Patient level export', 'The charts of all patients the client may read, as files of one type each.', { levels: ['type'], types: ['Patient'] }),
  declare('group-export', 'Group level export', 'The charts of the members of a Group, as files of one type each.', { levels: ['instance'], types: ['Group'] }),
];
