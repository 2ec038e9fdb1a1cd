import type { Expectation, Fields, UsCorePackage } from './package';

export interface RequiredSearch {
  parameters: string[];
  strength: 'SHALL' | 'SHOULD';
}

export interface TypeRequirements {
  type: string;
  profiles: string[];
  interactions: Set<string>;
  searches: RequiredSearch[];
  includes: string[];
  revincludes: string[];
}

interface Part extends Fields {
  extension?: Extended[];
}

interface Extended extends Expectation {
  extension?: Extended[];
  valueString?: string;
}

const strengthOf = ({ extension }: { extension?: Extended[] }): string => extension?.find(({ url }) => url.endsWith('/capabilitystatement-expectation'))?.valueCode ?? 'SHALL';
const isAsked = (part: { extension?: Extended[] }): boolean => strengthOf(part) === 'SHALL' || strengthOf(part) === 'SHOULD';

/** R4's profiles of vital signs, which stand in for US Core's own before it had any (US Core 3.1.1, general guidance). */
const R4_VITAL_SIGNS = ['bodyheight', 'bodyweight', 'bodytemp', 'bp', 'heartrate', 'resprate'].map((name) => `http://hl7.org/fhir/StructureDefinition/${name}`);

/** What the server's CapabilityStatement of a version asks for, by type. */
export function requirementsOf({ server, version }: UsCorePackage): TypeRequirements[] {
  const [rest] = server.rest as { resource: Part[] }[];
  return rest!.resource.filter(({ interaction }) => interaction !== undefined).map((resource) => {
    const type = resource.type as string;
    const profiles = ((resource.supportedProfile ?? []) as string[]).map((url) => url.split('|')[0]!);
    return {
      type,
      profiles: version === '3.1.1' && type === 'Observation' ? [...profiles, ...R4_VITAL_SIGNS] : profiles,
      interactions: new Set((resource.interaction as Part[]).filter(isAsked).map(({ code }) => code as string)),
      searches: searchesOf(resource),
      includes: (resource.searchInclude ?? []) as string[],
      revincludes: (resource.searchRevInclude ?? []) as string[],
    };
  });
}

function searchesOf(resource: Part): RequiredSearch[] {
  const singles = ((resource.searchParam ?? []) as Part[]).filter(isAsked).map((part) => ({ parameters: [part.name as string], strength: strengthOf(part) }));
  const combined = (resource.extension ?? []).filter(({ url }) => url.endsWith('/capabilitystatement-search-parameter-combination')).filter(isAsked);
  const combinations = combined.map((part) => ({
    parameters: part.extension!.filter(({ url }) => url === 'required').map(({ valueString }) => valueString!),
    strength: strengthOf(part),
  }));
  return [...singles, ...combinations] as RequiredSearch[];
}
