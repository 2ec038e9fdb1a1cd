import { type FhirResource, extractIndexEntries, patientsOf, stringifyJson } from '#libs/fhir';
import type { IndexEntries } from '#libs/fhir';
import { instant } from '../../kernel';

/** One new version of a resource, ready to be stored. */
export interface NewVersion {
  body: Buffer;
  resource: FhirResource;
  entries: IndexEntries;
  /** Logical ids of the patients whose compartment holds it. */
  patients: string[];
  sensitive: boolean;
}

/** Elements that the server keeps; everything else stays as it was given. */
export function stamp(resource: FhirResource, id: string, version: number, at: number): FhirResource {
  const { resourceType, id: _given, meta, ...rest } = resource;
  return { resourceType, id, meta: { ...meta, versionId: String(version), lastUpdated: instant(at) }, ...rest };
}

/** The bytes that are stored, and that a read returns. */
export const bodyOf = (stamped: FhirResource): Buffer => Buffer.from(stringifyJson(stamped));

export function newVersion(resource: FhirResource, id: string, version: number, at: number): NewVersion {
  const stamped = stamp(resource, id, version, at);
  return {
    body: bodyOf(stamped),
    resource: stamped,
    entries: extractIndexEntries(stamped),
    patients: patientsOf(stamped),
    sensitive: isSensitive(stamped),
  };
}

const RESTRICTED = new Set(['R', 'V']);

/** Labelled restricted or very restricted (HL7 v3 Confidentiality). */
export function isSensitive(resource: FhirResource): boolean {
  return resource.meta?.security?.some((label) => RESTRICTED.has(label.code ?? '')) ?? false;
}
