import type { Coding } from '#libs/fhir';
import { TerminologyError } from '../terminology-error';
import type { ConceptProperty, Designation } from '../terminology-resources';
import type { Concept } from './concept';
import type { ConceptSystem } from './concept-system';

export interface LookedUp {
  name: string;
  version?: string;
  display: string;
  designations: readonly Designation[];
  properties: readonly LookedUpProperty[];
}

export interface LookedUpProperty extends ConceptProperty {
  code: string;
  description?: string;
}

export interface LookUpOptions {
  /** Names of the properties wanted; empty: those that matter for most (all but the children). */
  properties: readonly string[];
  language?: string;
}

/** What `CodeSystem/$lookup` tells of a code. Throws `not-found`. */
export function lookUp(system: ConceptSystem, code: string, { properties, language }: LookUpOptions): LookedUp {
  const concept = system.concept(code);
  if (!concept) throw new TerminologyError('not-found', `The code “${code.slice(0, 64)}” is not in ${system.url}.`);
  const { name, title, version } = system.resource;
  const wanted = (property: string) => properties.length === 0 || properties.includes(property) || properties.includes('*');
  return {
    name: title ?? name ?? system.url,
    ...(version && { version }),
    display: displayOf(concept, language),
    designations: wanted('designation') ? concept.designations : [],
    properties: allProperties(system, concept).filter((property) => wanted(property.code)),
  };
}

function allProperties(system: ConceptSystem, concept: Concept): LookedUpProperty[] {
  const described = new Map(system.resource.property?.map(({ code, description }) => [code, description]));
  const linked = (code: string, others: Iterable<Concept>) => [...others].map((other): LookedUpProperty => ({ code, valueCode: other.code, ...(other.display && { description: other.display }) }));
  const own = concept.properties.filter((property): property is LookedUpProperty => Boolean(property.code) && property.code !== 'child' && property.code !== 'parent');
  return [
    ...(concept.definition ? [{ code: 'definition', valueString: concept.definition }] : []),
    { code: 'inactive', valueBoolean: concept.inactive },
    ...linked('parent', concept.parents),
    ...linked('child', concept.children),
    ...own.map((property) => ({ ...property, ...(described.get(property.code) && { description: described.get(property.code)! }) })),
  ];
}

/** In the language wanted where there is such a designation; else as the code system has it, or the code itself. */
export function displayOf(concept: Pick<Concept, 'code' | 'display' | 'designations'>, language?: string): string {
  const inLanguage = language === undefined ? undefined : concept.designations.find((one) => speaks(one, language));
  return inLanguage?.value ?? concept.display ?? concept.code;
}

/** `en` also answers to `en-US`, and the other way round. */
function speaks({ language: spoken, value }: Designation, wanted: string): boolean {
  if (!spoken || !value) return false;
  const [a, b] = [spoken.toLowerCase(), wanted.toLowerCase()];
  return a === b || a.startsWith(`${b}-`) || b.startsWith(`${a}-`);
}

/** Displays by which a concept may be called. */
export const displaysOf = (concept: Concept): string[] => [concept.display, ...concept.designations.map(({ value }) => value)].filter((text) => text !== undefined);

export const codingOf = (system: ConceptSystem, concept: Concept): Coding => ({ system: system.url, ...(system.resource.version && { version: system.resource.version }), code: concept.code, ...(concept.display && { display: concept.display }) });
