import { type FhirResource, isResourceType, LOGICAL_ID, validateResource } from '#libs/fhir';
import { invalid, notFound, type Problem, SalusError } from '../../kernel';

/** The type named in the path. */
export function knownType(type: string): string {
  if (!isResourceType(type)) throw new SalusError('not-found', 'This is not a resource type of FHIR R4.');
  return type;
}

export function legalId(id: string): string {
  if (!LOGICAL_ID.test(id)) throw notFound('The resource');
  return id;
}

/** A body that may be stored as `type` (and under `id`, for an update); throws `invalid` with every problem found. */
export function resourceInput(body: unknown, type: string, id?: string): FhirResource {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw invalid('The body must be one FHIR resource in JSON.');
  const resource = body as FhirResource;
  if (resource.resourceType !== type) throw invalid(`The body must be a ${type}.`, [{ path: 'resourceType', rule: 'value', message: `Expected “${type}”.` }]);
  if (id !== undefined && resource.id !== id) throw invalid('The id in the body must be the id in the address.', [{ path: `${type}.id`, rule: 'value', message: 'Differs from the id in the address.' }]);
  const problems = validateResource(resource).map((issue): Problem => ({ path: issue.expression, rule: issue.code, message: issue.diagnostics }));
  if (problems.length > 0) throw invalid(`This ${type} is not valid FHIR R4.`, problems);
  return resource;
}
