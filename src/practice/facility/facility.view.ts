import { shownColumns } from '../../standard';
import { facilityColumns } from './facility.columns';
import type { FacilityRow } from './facility.entity';

export type FacilityView = Omit<FacilityRow, 'faces'>;

export const facilityView = (row: FacilityRow): FacilityView => shownColumns(row, facilityColumns) as unknown as FacilityView;
