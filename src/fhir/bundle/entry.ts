import type { FhirResource } from '#libs/fhir';

export type EntryMethod = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Where `request.url` points, relative to the FHIR base. */
export interface EntryAddress {
  type: string;
  id?: string;
  version?: number;
  /** What follows the question mark: criteria of a write, parameters of a search. */
  query?: string;
}

/** One entry of a transaction or batch (R4 §3.1.0.11), its request read and found sound. */
export interface Entry {
  /** Position in the Bundle. */
  index: number;
  method: EntryMethod;
  address: EntryAddress;
  fullUrl?: string;
  resource?: FhirResource;
  ifMatch?: number;
  ifNoneMatch?: string;
  ifNoneExist?: string;
}

/** FHIRPath of an entry, or of something in it. */
export const entryPath = (index: number, rest = ''): string => `Bundle.entry[${index}]${rest}`;
