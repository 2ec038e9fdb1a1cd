import { cloneJson, type FhirResource } from '#libs/fhir';
import type { PatchDocument } from '../patch/patch-document';
import type { VersionCondition } from '../store';

export type EntryMethod = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Where `request.url` points, relative to the FHIR base. */
export interface EntryAddress {
  /** Empty for what concerns several types: an operation, a search or the history of the whole system. */
  type: string;
  /** The resource in whose compartment is searched (R4 §3.1.1.2.2). */
  compartment?: { type: string; id: string };
  id?: string;
  version?: number;
  /** The history of the resource, of the type, or (with neither) of everything. */
  history?: boolean;
  /** Name of an operation, without the dollar sign. */
  operation?: string;
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
  /** What a PATCH does; in a Bundle it came inside of `resource`. */
  patch?: PatchDocument;
  ifMatch?: VersionCondition;
  ifNoneMatch?: string;
  ifModifiedSince?: string;
  ifNoneExist?: string;
  /** Of a DELETE: what refers to the resource goes as well. */
  cascade?: boolean;
}

/**
 * The same entry, with content of its own: what carries it out rewrites references in place, and may have to begin
 * again on the content as it was given.
 */
export function ownCopy(entry: Entry): Entry {
  const { resource, patch } = entry;
  return { ...entry, ...(resource && { resource: cloneJson(resource) }), ...(patch && { patch: cloneJson(patch) }) };
}

/** FHIRPath of an entry, or of something in it. */
export const entryPath = (index: number, rest = ''): string => `Bundle.entry[${index}]${rest}`;
