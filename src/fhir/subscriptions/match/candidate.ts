import { extractIndexEntries, type FhirResource, type IndexEntries } from '#libs/fhir';

/** One version of a resource, as criteria look at it. */
export interface Candidate {
  id: string;
  lastUpdated: number;
  entries: IndexEntries;
}

export const candidateOf = (resource: FhirResource, id: string, lastUpdated: number): Candidate => ({ id, lastUpdated, entries: extractIndexEntries({ ...resource, id }) });
