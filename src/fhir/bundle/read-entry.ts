import type { FhirResource } from '#libs/fhir';
import { SalusError } from '../../kernel';
import { versionCondition } from '../interactions/version-condition';
import { type PatchDocument, patchInResource } from '../patch/patch-document';
import type { VersionCondition } from '../store';
import type { Entry, EntryAddress, EntryMethod } from './entry';
import { entryAddress } from './entry-address';
import { ofEntry, refusal } from './entry-refusal';

/** An entry as the Bundle holds it; its envelope has passed validation. */
export interface RawEntry {
  fullUrl?: string;
  resource?: FhirResource;
  /** Of a searchset. */
  search?: { mode?: string };
  request?: { method: EntryMethod; url: string; ifMatch?: string; ifNoneMatch?: string; ifModifiedSince?: string; ifNoneExist?: string };
}

/** The entry's request, or the reason why it cannot be one. */
export function readEntry(raw: RawEntry, index: number, baseUrl: string): Entry {
  const { request, resource, fullUrl } = raw;
  if (!request) throw refusal('invalid', index, '.request', 'Every entry of a transaction or batch needs a request.', 'required');
  const { method, ifMatch, ifNoneMatch, ifModifiedSince, ifNoneExist } = request;
  const { address, cascade } = readCascade(method, entryAddress(request.url, index, baseUrl));
  const entry: Entry = {
    index, method, address, ...(cascade && { cascade }),
    ...(fullUrl !== undefined && { fullUrl }),
    ...(resource && { resource }),
    ...(ifMatch !== undefined && { ifMatch: versionOf(ifMatch, index) }),
    ...(ifNoneMatch !== undefined && { ifNoneMatch }),
    ...(ifModifiedSince !== undefined && { ifModifiedSince }),
    ...(ifNoneExist !== undefined && { ifNoneExist: ifNoneExist.replace(/^\?/, '') }),
  };
  if (address.operation !== undefined) return entry;
  const several = address.history || address.compartment || address.type === '';
  if (several && method !== 'GET' && method !== 'HEAD') throw refusal('invalid', index, '.request.url', 'Histories, compartments and the whole system are read by GET.');
  CHECKS[method](entry);
  return method === 'PATCH' ? { ...entry, patch: patchOf(entry) } : entry;
}

/** `_cascade=delete` is no criterion: it says what a delete does. */
export function readCascade(method: EntryMethod, address: EntryAddress): { address: EntryAddress; cascade: boolean } {
  const { query, ...path } = address;
  const parts = method === 'DELETE' && query !== undefined ? query.split('&') : [];
  if (!parts.includes(CASCADE)) return { address, cascade: false };
  const rest = parts.filter((part) => part !== CASCADE).join('&');
  return { address: rest === '' && path.id !== undefined ? path : { ...path, query: rest }, cascade: true };
}

const CASCADE = '_cascade=delete';

function versionOf(etag: string, index: number): VersionCondition {
  const version = versionCondition(etag);
  if (version === undefined) throw refusal('invalid', index, '.request.ifMatch', 'Expected a version such as W/"1".');
  return version;
}

const CHECKS: Record<EntryMethod, (entry: Entry) => void> = {
  POST: checkCreate,
  PUT: checkUpdate,
  PATCH: checkPatch,
  DELETE: checkDelete,
  GET: checkRead,
  HEAD: checkRead,
};

function checkCreate({ index, address, ...entry }: Entry): void {
  if (address.id === '_search') throw refusal('unsupported', index, '.request.url', 'Search by GET within a Bundle.', 'not-supported');
  if (address.id !== undefined || address.query !== undefined) throw refusal('invalid', index, '.request.url', 'POST goes to a resource type alone.');
  checkResource({ index, address, ...entry });
}

function checkUpdate(entry: Entry): void {
  const { index, address, resource } = entry;
  checkTarget(entry);
  checkResource(entry);
  checkCreateOnly(entry);
  if (address.id !== undefined && resource?.id !== address.id) throw refusal('invalid', index, '.resource.id', 'The id of the resource must be the id in request.url.');
}

function checkPatch(entry: Entry): void {
  checkTarget(entry);
  if (!entry.resource) throw refusal('invalid', entry.index, '.resource', 'PATCH needs a Binary that holds a JSON Patch, or Parameters that are a FHIRPath Patch.', 'required');
}

function patchOf({ index, resource }: Entry): PatchDocument {
  try {
    return patchInResource(resource!);
  } catch (error) {
    throw error instanceof SalusError ? ofEntry(index, error, '.resource') : error;
  }
}

function checkDelete(entry: Entry): void {
  checkTarget(entry);
  if (entry.resource) throw refusal('invalid', entry.index, '.resource', 'DELETE takes no resource.');
}

function checkRead({ index, resource, address }: Entry): void {
  if (resource) throw refusal('invalid', index, '.resource', 'GET and HEAD take no resource.');
  if (address.id !== undefined && address.query && !address.history) throw refusal('invalid', index, '.request.url', 'A read takes no parameters.');
}

/** On a write `If-None-Match` knows one meaning: only if nothing is there (RFC 9110 §13.1.2). */
function checkCreateOnly({ index, ifNoneMatch }: Entry): void {
  if (ifNoneMatch !== undefined && ifNoneMatch.trim() !== '*') throw refusal('invalid', index, '.request.ifNoneMatch', 'On an update this takes * alone.');
}

/** Either an id, or criteria that may not be empty: they would name every resource of the type. */
function checkTarget({ index, address }: Entry): void {
  const one = (address.id === undefined) !== (address.query === undefined);
  if (!one || address.query === '' || address.version !== undefined) throw refusal('invalid', index, '.request.url', 'Expected Type/id or Type?criteria.');
}

function checkResource({ index, address, resource }: Entry): void {
  if (!resource) throw refusal('invalid', index, '.resource', 'POST and PUT need a resource.', 'required');
  if (resource.resourceType !== address.type) throw refusal('invalid', index, '.resource', `request.url asks for a ${address.type}.`);
  const nested = resource.resourceType === 'Bundle' && (resource.type === 'transaction' || resource.type === 'batch');
  if (nested) throw refusal('invalid', index, '.resource', 'A transaction or batch within a Bundle is not processed.');
}

/** Reads every entry; each is an Entry or the error that says why it is none. */
export function readEntries(raw: readonly RawEntry[], baseUrl: string): (Entry | SalusError)[] {
  return raw.map((one, index) => {
    try {
      return readEntry(one, index, baseUrl);
    } catch (error) {
      if (error instanceof SalusError) return error;
      throw error;
    }
  });
}
