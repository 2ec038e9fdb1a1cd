import { createTables, type RowOf, type TableDefinition } from '../../database';
import type { SourceRow } from '../../fhir';
import { encounterColumns, hiddenColumns } from './encounter.columns';

/** A row of `form_encounter`. `encounter` is the number people use; columns ending in `_uuid` are logical ids of FHIR resources. */
export interface EncounterRow extends RowOf<typeof encounterColumns>, RowOf<typeof hiddenColumns>, SourceRow {
  uuid: string;
}

export const encounterTable: TableDefinition = {
  name: 'form_encounter',
  columns: { ...encounterColumns, ...hiddenColumns },
  key: ['pid', 'encounter'],
  indexes: [
    { name: 'form_encounter_uuid', columns: ['uuid'], unique: true },
    { name: 'form_encounter_number', columns: ['encounter'] },
  ],
};

export const CreateEncounter = createTables(1762000110000, 'CreateEncounter', [encounterTable]);
