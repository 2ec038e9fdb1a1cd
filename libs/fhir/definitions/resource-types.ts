import { RESOURCE_TYPES } from '../generated/resource-types';

const NAMES: ReadonlySet<string> = new Set(RESOURCE_TYPES);

/** The resource types of R4 that can be stored, in alphabetical order. */
export const resourceTypes: readonly string[] = RESOURCE_TYPES;

/** True for the name of a concrete R4 resource type, in its exact spelling. */
export function isResourceType(name: unknown): name is string {
  return typeof name === 'string' && NAMES.has(name);
}
