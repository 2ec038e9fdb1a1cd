import type { Definition, Fields, UsCorePackage } from './package';

interface Concept extends Fields {
  code: string;
  concept?: Concept[];
}

interface Include {
  system?: string;
  concept?: Concept[];
  filter?: unknown[];
  valueSet?: string[];
}

/** Codes are `system|code`; undefined where the set cannot be told from what is here. */
export function codesIn(defined: UsCorePackage, url: string | undefined): string[] | undefined {
  const found = url === undefined ? undefined : defined.terminology.get(url.split('|')[0]!);
  const expanded = (found as { expansion?: { contains?: Concept[] } } | undefined)?.expansion?.contains;
  if (expanded) return expanded.map(({ system, code }) => `${system}|${code}`);
  const includes = (found as (Definition & { compose?: { include: Include[] } }) | undefined)?.compose?.include;
  if (!includes) return undefined;
  const parts = includes.map((include) => codesOf(defined, include));
  return parts.includes(undefined) ? undefined : parts.flatMap((part) => part!);
}

function codesOf(defined: UsCorePackage, { system, concept, filter, valueSet }: Include): string[] | undefined {
  if (filter) return undefined;
  if (concept) return concept.map(({ code }) => `${system}|${code}`);
  if (valueSet) return valueSet.flatMap((url) => codesIn(defined, url) ?? []);
  const concepts = (defined.terminology.get(system ?? '') as { concept?: Concept[] } | undefined)?.concept;
  return concepts && flat(concepts).map(({ code }) => `${system}|${code}`);
}

const flat = (concepts: Concept[]): Concept[] => concepts.flatMap((concept) => [concept, ...flat(concept.concept ?? [])]);
