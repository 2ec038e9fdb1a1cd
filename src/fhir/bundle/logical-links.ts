import type { FhirResource, Reference } from '#libs/fhir';
import { type Criteria, criteriaOf } from './criteria';
import type { Matches } from './matches';

/** Elements by which master data refers to each other, and the one type each leads to. */
const LINKS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  PractitionerRole: { practitioner: 'Practitioner', organization: 'Organization', location: 'Location', healthcareService: 'HealthcareService' },
  Location: { managingOrganization: 'Organization', partOf: 'Location' },
  Organization: { partOf: 'Organization' },
  HealthcareService: { providedBy: 'Organization', location: 'Location' },
};

/** A reference that names its target by identifier alone (R4 §2.3.0.2). */
export interface LogicalLink {
  holder: Reference;
  criteria: Criteria;
}

/** The logical references of a resource of master data; searches by reference find nothing unless they become literal. */
export function logicalLinks(resource: FhirResource): LogicalLink[] {
  return Object.entries(LINKS[resource.resourceType] ?? {}).flatMap(([element, type]) => {
    const references = [resource[element] ?? []].flat() as Reference[];
    return references.flatMap((holder) => linkOf(holder, type));
  });
}

function linkOf(holder: Reference, type: string): LogicalLink[] {
  const { system, value } = holder.identifier ?? {};
  if (holder.reference !== undefined || !system || !value) return [];
  return [{ holder, criteria: criteriaOf(type, new URLSearchParams({ identifier: `${escaped(system)}|${escaped(value)}` }).toString()) }];
}

/** Adds the literal reference where exactly one resource has the identifier; the identifier stays. */
export function linkLiterally({ holder, criteria }: LogicalLink, matches: Matches): void {
  const found = matches.find(criteria);
  if (found.length === 1) holder.reference = `${criteria.type}/${found[0]}`;
}

/** R4 §3.1.1.4.3: these separate values, unless written so. */
const escaped = (text: string): string => text.replace(/[\\,|$]/g, '\\$&');
