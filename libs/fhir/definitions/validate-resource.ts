import { checkProfiles } from '../validation/claimed-profiles';
import { checkContained } from '../validation/contained-check';
import { isJsonObject } from './element-check';
import { checkObject } from './object-check';
import { ObjectTypes } from './object-types';
import { isResourceType } from './resource-types';
import type { ValidationIssue } from './validation-issue';
import { ValidationTrail } from './validation-trail';

const types = new ObjectTypes(checkResource);

export interface ValidationOptions {
  /** Also tell what is only advised, and what could not be checked. */
  isThorough?: boolean;
  /** Canonical URLs of profiles to check against, besides those that the resource claims. */
  profiles?: readonly string[];
}

/**
 * Checks a parsed JSON value against FHIR R4: element names, JSON types, cardinality, value spaces of the primitives,
 * one type of each choice, codes of required value sets, narratives, invariants; then its extensions and itself against the
 * definitions and profiles they name, where these are known. Resources within it likewise.
 * Returns what is wrong, nothing if all is right. Never throws, whatever it is given.
 */
export function validateResource(resource: unknown, options: ValidationOptions = {}): ValidationIssue[] {
  const type = isJsonObject(resource) ? resource.resourceType : undefined;
  const trail = new ValidationTrail(isResourceType(type) ? type : 'Resource', options.isThorough);
  checkResource(resource, trail, false, options.profiles);
  return trail.issues;
}

/** Checks a resource of whatever type it says it is; where it is right by R4, the profiles come next. */
function checkResource(value: unknown, trail: ValidationTrail, isContained: boolean, profiles?: readonly string[]): void {
  if (!isJsonObject(value)) return trail.report('structure', 'Expected a resource.');
  const type = Object.hasOwn(value, 'resourceType') ? value.resourceType : undefined;
  if (!isResourceType(type)) return trail.report('structure', 'Expected a resourceType of FHIR R4.', 'resourceType');
  trail.within(value, isContained, () => {
    const before = trail.issues.length;
    checkObject(value, types.get(type), trail);
    if (trail.issues.slice(before).some((issue) => issue.severity === 'error')) return;
    checkContained(value, trail);
    checkProfiles(value, type, trail, profiles);
  });
}
