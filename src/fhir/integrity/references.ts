import { type FhirResource, isResourceType, LOGICAL_ID, referencesIn } from '#libs/fhir';
import type { Sql } from '../../database';
import type { Access } from '../../kernel';
import { nameOf, type Named, visibleOf } from './referrers';

const VERSION = /\/_history\/[^/]+$/;

/** The resource of this server that a reference leads to; undefined for contained, external and conditional ones. */
export function localTarget(reference: string, base: string): Named | undefined {
  const relative = reference.startsWith(`${base}/`) ? reference.slice(base.length + 1) : reference;
  const [type, id, ...more] = relative.replace(VERSION, '').split('/');
  if (more.length > 0 || id === undefined || !isResourceType(type) || !LOGICAL_ID.test(id)) return undefined;
  return { type, id };
}

/**
 * References, by resource, that lead to nothing the caller may see: no answer tells whether there is something else.
 * Two statements for each type referred to, however many references. What is found stays until the transaction ends.
 */
export async function danglingReferences(sql: Sql, access: Access, resources: readonly FhirResource[], base: string): Promise<Map<FhirResource, string[]>> {
  const targets = new Map(resources.map((resource) => [resource, targetsOf(resource, base)]));
  const visible = await visibleOf(sql, access, [...targets.values()].flat(), true);
  if (access.patient !== undefined) visible.add(`Patient/${access.patient}`);
  const dangling = [...targets].map(([resource, named]): [FhirResource, string[]] => [resource, named.map(nameOf).filter((name) => !visible.has(name))]);
  return new Map(dangling.filter(([, names]) => names.length > 0));
}

const targetsOf = (resource: FhirResource, base: string): Named[] => [...new Set(referencesIn(resource))].flatMap((reference) => localTarget(reference, base) ?? []);
