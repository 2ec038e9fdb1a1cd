import { createTables, type TableDefinition } from '../../database';
import type { SourceRow } from '../../fhir';
import { hiddenColumns, patientColumns } from './patient.columns';

type Shown = { -readonly [K in keyof typeof patientColumns]: string | null };

/** A row of `patient_data`. `uuid` is the Patient's logical id, `pid` the number people use. */
export interface PatientRow extends Omit<Shown, 'id' | 'pid' | 'uuid' | 'providerID' | 'created_by' | 'updated_by'>, SourceRow {
  id: number;
  pid: number;
  providerID: number | null;
  created_by: number | null;
  updated_by: number | null;
  /** JSON array of former names. */
  previous_names: string | null;
  /** Logical id of the general practitioner. */
  provider_uuid: string | null;
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
