import { type Fragment, joined, name } from '../sql/fragment';

/** Columns of a page, in this order; the values it is sorted by follow. */
export const PAGE_COLUMNS = { id: 0, type: 1, fhirId: 2, patient: 3, body: 4, sort: 5 } as const;

export const pageColumns = (r: string): Fragment => joined(['id', 'type', 'fhir_id', 'patient', 'body'].map((column) => name(`${r}.${column}`)), ', ');
