import type { IndexEntries } from '../index-entries';
import { isElement, object } from '../navigate';
import { referenceIdentifierParam, versionedReferenceParam } from '../parameter-id';

const VERSION = '/_history/';

/**
 * A literal reference as `Type/id` or URL, without version; one that names a version besides as it is. Contained
 * ones (`#x`), and those by identifier or display alone, lead nowhere: an empty name says that they are there (`:missing`).
 * Its identifier becomes a token for `:identifier`. With `only`, references to that type alone: the type is read off
 * the reference, else off `Reference.type`.
 */
export function referenceAsReference(out: IndexEntries, param: number, value: unknown, only?: string): void {
  if (!isElement(value)) return;
  const { reference, identifier, type } = value;
  const target = typeof reference === 'string' ? withoutVersion(reference) : undefined;
  if (only !== undefined && (typeOfTarget(target) ?? type) !== only) return;
  const leads = target !== undefined && !target.startsWith('#');
  out.reference.push({ param, target: leads ? target : '' });
  if (leads && target !== reference) out.reference.push({ param: versionedReferenceParam(param), target: reference as string });
  if (identifier !== undefined) addIdentifier(out, param, identifier);
}

/** A canonical or a URI, with the version if it has one. */
export function uriAsReference(out: IndexEntries, param: number, value: unknown): void {
  if (typeof value === 'string') out.reference.push({ param, target: value });
}

/** A resource that stands in another (the first entry of a document or message). */
export function resourceAsReference(out: IndexEntries, param: number, value: unknown): void {
  const { resourceType, id } = object(value);
  if (typeof resourceType === 'string' && typeof id === 'string') out.reference.push({ param, target: `${resourceType}/${id}` });
}

/** A reference without the version it may name. */
export function withoutVersion(reference: string): string {
  const version = reference.indexOf(VERSION);
  return version < 0 ? reference : reference.slice(0, version);
}

/** `Patient` for `Patient/1` and `https://example.org/fhir/Patient/1`; undefined where the reference does not tell. */
function typeOfTarget(target: string | undefined): string | undefined {
  const segments = target?.split('/') ?? [];
  const name = segments[segments.length - 2];
  return name !== undefined && /^[A-Z][A-Za-z]+$/.test(name) ? name : undefined;
}

function addIdentifier(out: IndexEntries, param: number, identifier: unknown): void {
  const { system, value } = object(identifier);
  if (typeof value !== 'string') return;
  out.token.push({ param: referenceIdentifierParam(param), system: typeof system === 'string' ? system : '', code: value });
}
