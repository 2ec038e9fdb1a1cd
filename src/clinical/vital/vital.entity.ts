import { createTables, type RowOf, type TableDefinition } from '../../database';
import type { SourceRow } from '../../fhir';
import { hiddenColumns, vitalColumns } from './vital.columns';

/** A row of `form_vitals`: what was measured at one moment of one encounter. */
export interface VitalRow extends RowOf<typeof vitalColumns>, RowOf<typeof hiddenColumns>, SourceRow {
  uuid: string;
}

export const vitalTable: TableDefinition = {
  name: 'form_vitals',
  columns: { ...vitalColumns, ...hiddenColumns },
  key: ['pid', 'encounter', 'id'],
  indexes: [
    { name: 'form_vitals_uuid', columns: ['uuid'], unique: true },
    { name: 'form_vitals_encounter', columns: ['encounter_uuid'] },
  ],
};

export const CreateVital = createTables(1762000120000, 'CreateVital', [vitalTable]);
