import type { FhirResource } from './resource';

/** One resource that a row stands for. `part` tells siblings of one row apart ('' where there is only one). */
export interface Rendered {
  part: string;
  /** Without id, versionId and lastUpdated: the store keeps those. */
  resource: FhirResource;
}

/** The columns that a resource stands for, and which part of the row it is. */
export interface Placed<Row> {
  part: string;
  columns: Partial<Row>;
}

/**
 * How one domain speaks FHIR, both ways. Pure: reads no clock, request or database, so that the same row
 * always yields the same resources. Raise `version` when the mapping changes: stored bodies of an older one are rendered anew.
 */
export interface FhirSource<Row> {
  /** Stable name of the source; part of what is stored. */
  key: string;
  version: number;
  /** Resource types this source may yield. */
  types: readonly string[];
  /** Canonicals of the profiles it renders, by type; the CapabilityStatement lists them. */
  profiles?: Readonly<Record<string, readonly string[]>>;
  toFhir(row: Row): Rendered[];
  /**
   * The columns `resource` stands for (null for those it leaves empty), or undefined where this domain has no
   * place for it: the resource is then kept by the store alone.
   */
  fromFhir(resource: FhirResource): Placed<Row> | undefined;
}
