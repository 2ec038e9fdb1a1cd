import { type FhirResource, isResourceType, LOGICAL_ID } from '#libs/fhir';
import { invalid, notFound, SalusError } from '../../kernel';
import { refusedResource } from '../validation/refused-resource';

/** The type named in the path. */
export function knownType(type: string): string {
  if (!isResourceType(type)) throw new SalusError('not-found', 'This is not a resource type of FHIR R4.');
  return type;
}

export function legalId(id: string): string {
  if (!LOGICAL_ID.test(id)) throw notFound('The resource');
  return id;
}

/** An id that a client chose for what it stores. */
export function chosenId(id: string): string {
  if (!LOGICAL_ID.test(id)) throw invalid('A resource cannot be stored under this id.', [{ path: 'id', rule: 'value', message: 'An id is 1 to 64 letters, digits, hyphens and dots.' }]);
  return id;
}

/** A body that may be stored as `type` (and under `id`, for an update); throws `invalid` or `unprocessable` with every problem found. */
export function resourceInput(body: unknown, type: string, id?: string): FhirResource {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw invalid('The body must be one FHIR resource in JSON.');
  const resource = body as FhirResource;
  if (resource.resourceType !== type) throw invalid(`The body must be a ${type}.`, [{ path: 'resourceType', rule: 'value', message: `Expected “${type}”.` }]);
  if (id !== undefined && resource.id !== id) throw invalid('The id in the body must be the id in the address.', [{ path: `${type}.id`, rule: 'value', message: 'Differs from the id in the address.' }]);
  const refused = refusedResource(resource, type);
  if (refused) throw refused;
  return resource;
}
