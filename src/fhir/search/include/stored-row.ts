import { PAGE_COLUMNS } from '../page/page-columns';

/** A resource as an answer needs it; the body is sent as it is. */
export interface StoredRow {
  id: number;
  type: string;
  fhirId: string;
  patient: number;
  body: Buffer;
}

export const storedRow = (row: readonly unknown[]): StoredRow => ({
  id: row[PAGE_COLUMNS.id] as number,
  type: row[PAGE_COLUMNS.type] as string,
  fhirId: row[PAGE_COLUMNS.fhirId] as string,
  patient: row[PAGE_COLUMNS.patient] as number,
  body: row[PAGE_COLUMNS.body] as Buffer,
});

export const nameOf = (row: StoredRow): string => `${row.type}/${row.fhirId}`;
