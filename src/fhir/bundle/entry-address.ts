import { COMPARTMENTS, isResourceType, LOGICAL_ID } from '#libs/fhir';
import type { SalusError } from '../../kernel';
import type { EntryAddress } from './entry';
import { refusal } from './entry-refusal';

const URL_ELEMENT = '.request.url';

/** Reads `request.url`: relative to the base (a leading slash is forgiven), or absolute below this server's base. */
export function entryAddress(url: string, index: number, baseUrl: string): EntryAddress {
  const relative = withoutBase(url, baseUrl).replace(/^\//, '');
  const mark = relative.indexOf('?');
  const path = mark < 0 ? relative : relative.slice(0, mark);
  const query = mark < 0 ? undefined : relative.slice(mark + 1);
  if (path === '' && query === undefined) throw refusal('invalid', index, URL_ELEMENT, 'A Bundle within a Bundle is not processed; name a resource type.');
  const [, place, operation] = OPERATION.exec(path) ?? [];
  const address = operation === undefined ? readPath(path, index) : { ...calledOn(place, index), operation };
  return { ...address, ...(query !== undefined && { query }) };
}

/** The whole system, a type, or a resource. */
function calledOn(place: string | undefined, index: number): EntryAddress {
  const address = place === undefined ? { type: '' } : readPath(place, index);
  if (address.history || address.compartment || address.version !== undefined) throw unreadable(index);
  return address;
}

/** `Patient/1/$everything`: what it is called on, and its name. */
const OPERATION = /^(?:([^$]+)\/)?\$([A-Za-z][A-Za-z0-9-]{0,63})$/;

function withoutBase(url: string, baseUrl: string): string {
  return url.startsWith(`${baseUrl}/`) || url.startsWith(`${baseUrl}?`) || url === baseUrl ? url.slice(baseUrl.length) : url;
}

function readPath(path: string, index: number): EntryAddress {
  const segments = path === '' ? [] : path.split('/');
  const past = segments.indexOf('_history');
  if (past < 0) return segments.length === 3 ? readCompartment(segments, index) : readPlace(segments, index);
  const address = readPlace(segments.slice(0, past), index);
  const [version, ...more] = segments.slice(past + 1);
  if (version === undefined) return { ...address, history: true };
  if (address.id === undefined || more.length > 0 || !/^\d{1,9}$/.test(version)) throw unreadable(index);
  return { ...address, version: Number(version) };
}

/** Nothing, a type, or a type and an id. */
function readPlace([type, id, ...more]: readonly string[], index: number): EntryAddress {
  if (type === undefined) return { type: '' };
  if (!isResourceType(type) || more.length > 0) throw unreadable(index);
  if (id === undefined) return { type };
  if (!LOGICAL_ID.test(id)) throw unreadable(index);
  return { type, id };
}

/** `Patient/1/Observation`, or `*` for every type. */
function readCompartment([type = '', id = '', searched = '']: readonly string[], index: number): EntryAddress {
  const known = COMPARTMENTS.includes(type) && LOGICAL_ID.test(id) && (searched === '*' || isResourceType(searched));
  if (!known) throw unreadable(index);
  return { type: searched === '*' ? '' : searched, compartment: { type, id } };
}

const unreadable = (index: number): SalusError => refusal('invalid', index, URL_ELEMENT, 'Expected Type, Type/id, Type?criteria, Type/id/_history/version or a history, relative to the FHIR base.');
