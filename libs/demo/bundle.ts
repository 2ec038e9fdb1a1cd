import type { FhirResource } from '#libs/fhir';

/** A transaction Bundle as the demo clinic yields it: every entry a PUT to a known id. */
export interface TransactionBundle extends FhirResource {
  resourceType: 'Bundle';
  type: 'transaction';
  entry: TransactionEntry[];
}

export interface TransactionEntry {
  fullUrl: string;
  resource: FhirResource;
  request: { method: 'PUT'; url: string };
}

/** PUT instead of POST, so that loading twice changes nothing (http.html#transaction in R4). */
export function transactionOf(resources: readonly FhirResource[]): TransactionBundle {
  const entry = resources.map((resource) => ({
    fullUrl: `urn:uuid:${resource.id}`,
    resource,
    request: { method: 'PUT' as const, url: `${resource.resourceType}/${resource.id}` },
  }));
  return { resourceType: 'Bundle', type: 'transaction', entry };
}
