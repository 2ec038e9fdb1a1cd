import { isJsonObject } from './element-check';
import { checkObject } from './object-check';
import { ObjectTypes } from './object-types';
import { isResourceType } from './resource-types';
import type { ValidationIssue } from './validation-issue';
import { ValidationTrail } from './validation-trail';

const types = new ObjectTypes(checkResource);

/**
 * Checks a parsed JSON value against base FHIR R4: element names, JSON types, cardinality, value spaces of the
 * primitives, one type of each choice, codes of required value sets; resources within it likewise.
 * Returns what is wrong, nothing if all is right. Never throws, whatever it is given.
 */
export function validateResource(resource: unknown): ValidationIssue[] {
  const type = isJsonObject(resource) ? resource.resourceType : undefined;
  const trail = new ValidationTrail(isResourceType(type) ? type : 'Resource');
  checkResource(resource, trail);
  return trail.issues;
}

/** Checks a resource of whatever type it says it is. */
function checkResource(value: unknown, trail: ValidationTrail, isContained = false): void {
  if (!isJsonObject(value)) return trail.report('structure', 'Expected a resource.');
  const type = Object.hasOwn(value, 'resourceType') ? value.resourceType : undefined;
  if (!isResourceType(type)) return trail.report('structure', 'Expected a resourceType of FHIR R4.', 'resourceType');
  trail.within(value, isContained, () => checkObject(value, types.get(type), trail));
}
