import type { FhirResource } from '#libs/fhir';

/** A definition that comes with the server: read and found like a stored one, and never written. */
export interface PublishedDefinition {
  id: string;
  /** What it is found by: values by the code of the search parameter. */
  values: Readonly<Record<string, readonly string[]>>;
  resource(): FhirResource;
}

/** Definitions of one type. `base` is that of the site's FHIR API, where their URLs begin if they are ours. */
export interface PublishedSource {
  readonly type: string;
  all(base: string): readonly PublishedDefinition[];
}

/** Definitions whose resources are at hand anyway. */
export function publishedResource(resource: FhirResource, elements: readonly string[]): PublishedDefinition {
  const values = elements.map((element): [string, string[]] => [element, [resource[element] ?? []].flat().map(String)]);
  return { id: resource.id!, values: { ...Object.fromEntries(values), _id: [resource.id!] }, resource: () => resource };
}
