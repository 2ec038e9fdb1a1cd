import { shownColumns } from '../../standard';
import { userColumns } from './practitioner.columns';
import type { PractitionerRow } from './practitioner.entity';

export type PractitionerView = Omit<PractitionerRow, 'fhir_type'> & { abook_title: string | null; physician_title: string | null; physician_code: string | null };

const BOOK_TITLES: Record<string, string> = { external_provider: 'External Provider', spe: 'Specialist', ord_lab: 'Lab Service' };

/** Every column but the password, which is kept elsewhere. */
export function practitionerView(row: PractitionerRow): PractitionerView {
  return { ...shownColumns(row, userColumns), abook_title: BOOK_TITLES[row.abook_type ?? ''] ?? null, physician_title: null, physician_code: null } as unknown as PractitionerView;
}
