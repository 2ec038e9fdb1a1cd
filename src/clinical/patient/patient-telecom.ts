import { type FhirResource, reading } from '#libs/fhir';
import type { PatientRow } from './patient.entity';

const { text, list } = reading;

type Column = 'phone_home' | 'phone_biz' | 'phone_cell' | 'email' | 'email_direct';

/** Which column is which kind of contact point. */
const KINDS: readonly { column: Column; system: string; use: string }[] = [
  { column: 'phone_home', system: 'phone', use: 'home' },
  { column: 'phone_biz', system: 'phone', use: 'work' },
  { column: 'phone_cell', system: 'phone', use: 'mobile' },
  { column: 'email', system: 'email', use: 'home' },
  { column: 'email_direct', system: 'email', use: 'mobile' },
];

export const telecomOf = (row: PatientRow): unknown[] =>
  KINDS.flatMap(({ column, system, use }) => (row[column] ? [{ system, value: row[column], use }] : []));

/** First contact point of each kind; one without a use counts as home. */
export function telecomColumns(resource: FhirResource): Partial<PatientRow> {
  const points = list(resource.telecom).filter((one) => one.use !== 'old');
  const columns = KINDS.map(({ column, system, use }) => {
    const found = points.find((one) => one.system === system && (one.use ?? 'home') === use) ?? fallback(points, column);
    return [column, text(found?.value)] as const;
  });
  return Object.fromEntries(columns);
}

/** A work e-mail is still the person's e-mail when there is no other. */
const fallback = (points: Record<string, unknown>[], column: Column) => (column === 'email' ? points.find((one) => one.system === 'email' && one.use !== 'mobile') : undefined);
