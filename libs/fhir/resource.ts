/** Any JSON value, as a FHIR document may hold it. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** A FHIR R4 resource in its JSON form. Elements are reached by name and narrowed where they are read. */
export interface FhirResource {
  resourceType: string;
  id?: string;
  meta?: ResourceMeta;
  [element: string]: unknown;
}

export interface ResourceMeta {
  versionId?: string;
  lastUpdated?: string;
  profile?: string[];
  security?: Coding[];
  tag?: Coding[];
  [element: string]: unknown;
}

export interface Coding {
  system?: string;
  version?: string;
  code?: string;
  display?: string;
  [element: string]: unknown;
}

export interface CodeableConcept {
  coding?: Coding[];
  text?: string;
  [element: string]: unknown;
}

export interface Reference {
  reference?: string;
  type?: string;
  identifier?: { system?: string; value?: string; [element: string]: unknown };
  display?: string;
  [element: string]: unknown;
}

/** Section 2.36 of R4: what a logical id may look like. */
export const LOGICAL_ID = /^[A-Za-z0-9\-.]{1,64}$/;
