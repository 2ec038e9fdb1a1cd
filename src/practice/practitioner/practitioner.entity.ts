import { createTables, type RowOf, type TableDefinition } from '../../database';
import type { SourceRow } from '../../fhir';
import { hiddenColumns, userColumns } from './practitioner.columns';

/** A row of `users`: a Practitioner, or a Person where someone works here without a provider number. */
export interface PractitionerRow extends RowOf<typeof userColumns>, RowOf<typeof hiddenColumns>, SourceRow {
  uuid: string;
}

export const userTable: TableDefinition = {
  name: 'users',
  columns: { ...userColumns, ...hiddenColumns },
  key: ['id'],
  indexes: [{ name: 'users_uuid', columns: ['uuid'], unique: true }],
};

export const CreatePractitioner = createTables(1762000060000, 'CreatePractitioner', [userTable]);
