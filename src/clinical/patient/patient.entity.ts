import { createTables, type RowOf, type TableDefinition } from '../../database';
import type { SourceRow } from '../../fhir';
import { hiddenColumns, patientColumns } from './patient.columns';

/**
 * A row of `patient_data`. `uuid` is the Patient's logical id, `pid` the number people use; `previous_names` a JSON
 * array of former names, `provider_uuid` the logical id of the general practitioner.
 */
export interface PatientRow extends RowOf<typeof patientColumns>, RowOf<typeof hiddenColumns>, SourceRow {
  uuid: string;
}

export const patientTable: TableDefinition = {
  name: 'patient_data',
  columns: { ...patientColumns, ...hiddenColumns },
  key: ['pid'],
  indexes: [
    { name: 'patient_data_uuid', columns: ['uuid'], unique: true },
    { name: 'patient_data_name', columns: ['lname_folded', 'fname_folded'] },
  ],
};

export const CreatePatient = createTables(1762000100000, 'CreatePatient', [patientTable]);
