import { shownColumns, shownJson } from '../../standard';
import { patientColumns } from './patient.columns';
import { type PreviousName, previousNames } from './patient-names';
import type { PatientRow } from './patient.entity';

export interface PatientAddress {
  id: number;
  contact_id: number | null;
  contact_address_id: number | null;
  period_start: string | null;
  period_end: string | null;
  type: string;
  use: string;
  priority: number;
  line1: string | null;
  line2: string | null;
  city: string | null;
  district: string | null;
  state: string | null;
  postal_code: string | null;
  country_code: string | null;
}

export type PatientView = Partial<PatientRow> & { previous_names: PreviousName[]; addresses: PatientAddress[] };

/** The record as the standard and the portal API show it: every column, former names, addresses. */
export function patientView(row: PatientRow): PatientView {
  // A hundred columns are not copied once more.
  return Object.assign(shownColumns(row, patientColumns), { previous_names: previousNames(row), addresses: [mainAddress(row)] }) as PatientView;
}

const ADDRESS = ['id', 'street', 'street_line_2', 'city', 'county', 'state', 'postal_code', 'country_code'] as const satisfies (keyof PatientRow)[];

/** What `recordJson` is made of, fetched as it is. */
export interface PatientRecord extends Pick<PatientRow, 'uuid' | 'previous_names' | (typeof ADDRESS)[number]> {
  /** The shown columns, as a JSON object. */
  shown: string;
}

/** The columns of a `PatientRecord`. */
export const recordColumns = `${shownJson(patientColumns)} AS shown, uuid, previous_names, ${ADDRESS.join(', ')}`;

/** The text of the same view, for a record that is only shown. */
export function recordJson(record: PatientRecord): string {
  const beside = JSON.stringify({ previous_names: previousNames(record), addresses: [mainAddress(record)] });
  return `${record.shown.slice(0, -1)},${beside.slice(1)}`;
}

function mainAddress(row: Pick<PatientRow, (typeof ADDRESS)[number]>): PatientAddress {
  return {
    id: row.id, contact_id: null, contact_address_id: null, period_start: null, period_end: null, type: 'physical', use: 'home', priority: 1,
    line1: row.street, line2: row.street_line_2, city: row.city, district: row.county, state: row.state, postal_code: row.postal_code, country_code: row.country_code,
  };
}
