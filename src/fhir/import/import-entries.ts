import type { FhirResource } from '#libs/fhir';
import { invalid, SalusError, unsupported } from '../../kernel';
import { type Entry, type Envelope, entryPath, type RawEntry, readEntry, refusal, refusedInEntry } from '../bundle';

/** The entries of a Bundle as an import takes them. */
export interface ImportEntries {
  sound: Entry[];
  refused: { index: number; error: SalusError }[];
  /** All entries are stored or none. */
  atomic: boolean;
}

const REQUESTS = ['transaction', 'batch'];
/** Bundles that hold resources rather than requests (R4 §2.36.1): each is stored as it is. */
const RESOURCES = ['collection', 'searchset', 'document'];

/** Reads and validates every entry; throws `unsupported` for a kind of Bundle that holds nothing to store. */
export function importEntries({ type, entry }: Envelope, baseUrl: string): ImportEntries {
  const isRequests = REQUESTS.includes(type);
  if (!isRequests && !RESOURCES.includes(type)) throw unsupported(`A Bundle of type ${type} is not imported; transaction, batch, collection, searchset and document are.`);
  const read = entry.flatMap((raw, index) => (raw.search?.mode === 'outcome' ? [] : [judged(raw, index, isRequests, baseUrl)]));
  return {
    sound: read.filter((one): one is Entry => !('error' in one)),
    refused: read.filter((one): one is { index: number; error: SalusError } => 'error' in one),
    atomic: type === 'transaction',
  };
}

function judged(raw: RawEntry, index: number, isRequest: boolean, baseUrl: string): Entry | { index: number; error: SalusError } {
  try {
    const entry = isRequest ? request(raw, index, baseUrl) : storing(raw, index);
    const error = entry.resource && refusedInEntry(entry.resource, entry.address.type, index);
    return error ? { index, error } : entry;
  } catch (error) {
    if (error instanceof SalusError) return { index, error };
    throw error;
  }
}

function request(raw: RawEntry, index: number, baseUrl: string): Entry {
  const entry = readEntry(raw, index, baseUrl);
  if (entry.method === 'GET' || entry.method === 'HEAD') throw refusal('unsupported', index, '.request.method', 'A read has no place in an import.', 'not-supported');
  return entry;
}

function storing({ resource, fullUrl }: RawEntry, index: number): Entry {
  if (!resource) throw refusal('invalid', index, '.resource', 'There is no resource to store.', 'required');
  return storingEntry(resource, index, fullUrl);
}

/** The resource is to be stored, under its own id if it has one. */
export function storingEntry(resource: FhirResource, index: number, fullUrl?: string): Entry {
  if (typeof resource.resourceType !== 'string') throw invalid('There is no resource to store.', [{ path: entryPath(index, '.resource.resourceType'), rule: 'structure', message: 'Expected a resourceType of FHIR R4.' }]);
  return { index, method: 'POST', address: { type: resource.resourceType }, resource, ...(fullUrl !== undefined && { fullUrl }) };
}
