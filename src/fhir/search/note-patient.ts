import { type Expression, LOGICAL_ID } from '#libs/fhir';
import { contextOrNone } from '../../kernel';
import { patientsFilteredBy } from './access/patients-named';

/** Requests that are one search; those that are several speak of whom they will. */
const ONE_SEARCH: ReadonlySet<string | undefined> = new Set(['search', '$lastn']);

/** A search that is confined to one patient's record is in the audit as access to that record. */
export function noteSearched(filters: readonly Expression[]): void {
  const audit = contextOrNone()?.audit;
  if (!audit || audit.patient !== undefined || !ONE_SEARCH.has(audit.action)) return;
  const named = new Set(filters.flatMap((filter) => patientsFilteredBy(filter) ?? []));
  const [patient] = named;
  if (named.size === 1 && LOGICAL_ID.test(patient!)) audit.patient = patient;
}
