import { createTables, type RowOf, type TableDefinition } from '../../database';
import type { SourceRow } from '../../fhir';
import { hiddenColumns, issueColumns } from './issue.columns';

/**
 * A row of `lists`: a problem, an allergy or another issue of a patient, told apart by `type`.
 * Columns ending in `_uuid` are logical ids of FHIR resources. `recorded` is the recordedDate as it was given,
 * `category` the codes of FHIR's category, `given` what else FHIR said that no column can (see `Given`).
 */
export interface IssueRow extends RowOf<typeof issueColumns>, RowOf<typeof hiddenColumns>, SourceRow {
  uuid: string;
}

/** Resources of different types may share a logical id, so a row is named by `uuid` within its `type`. */
export const issueTable: TableDefinition = {
  name: 'lists',
  columns: { ...issueColumns, ...hiddenColumns },
  key: ['pid', 'id'],
  indexes: [
    { name: 'lists_uuid', columns: ['uuid', 'type'], unique: true },
    { name: 'lists_type', columns: ['type', 'id'] },
  ],
};

export const CreateIssue = createTables(1762000130000, 'CreateIssue', [issueTable]);
