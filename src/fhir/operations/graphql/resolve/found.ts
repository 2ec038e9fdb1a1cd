import type { FhirResource } from '#libs/fhir';

export type Resource = Record<string, unknown>;

/** A searchset as far as a query sees it. */
export interface Found {
  entry?: { resource: FhirResource; search: { mode: string; score?: number } }[];
  link: { relation: string; url: string }[];
}
