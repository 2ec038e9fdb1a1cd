import { facilityColumns } from './facility.columns';
import type { FacilityRow } from './facility.entity';

const SHOWN = Object.keys(facilityColumns) as (keyof FacilityRow)[];

export type FacilityView = Omit<FacilityRow, 'faces'>;

export const facilityView = (row: FacilityRow): FacilityView => Object.fromEntries(SHOWN.map((name) => [name, row[name]])) as unknown as FacilityView;
