import { EXTRACTORS } from '../generated/extractors';
import type { FhirResource } from '../resource';
import type { IndexEntries } from './index-entries';
import { noEntries } from './no-entries';
import { addTexts } from './texts-of';

/**
 * What a resource contributes to the search indexes, by all parameters of its type that have a `kind`.
 * Expects a valid resource; one of another shape yields fewer entries. An unknown type yields none.
 */
export function extractIndexEntries(resource: FhirResource): IndexEntries {
  const entries = noEntries();
  if (Object.hasOwn(EXTRACTORS, resource.resourceType)) EXTRACTORS[resource.resourceType]?.(resource, entries);
  addTexts(resource, entries);
  return entries;
}
