import { createTables, type RowOf, type TableDefinition } from '../../database';
import type { SourceRow } from '../../fhir';
import { facilityColumns, hiddenColumns } from './facility.columns';

/** Which FHIR resources a facility is: written through the standard API it is both. */
export type Faces = 'both' | 'organization';

/** A row of `facility`: an Organization, and the Location it works at. */
export interface FacilityRow extends RowOf<typeof facilityColumns>, SourceRow {
  uuid: string;
  faces: Faces;
}

export const facilityTable: TableDefinition = {
  name: 'facility',
  columns: { ...facilityColumns, ...hiddenColumns },
  key: ['id'],
  indexes: [{ name: 'facility_uuid', columns: ['uuid'], unique: true }],
};

export const CreateFacility = createTables(1762000050000, 'CreateFacility', [facilityTable]);
