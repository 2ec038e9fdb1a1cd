import { wholeTextMatcher } from '../regex/matcher';
import { TerminologyError } from '../terminology-error';
import type { ConceptFilter } from '../terminology-resources';
import { type Concept, propertyText } from './concept';
import type { ConceptSystem } from './concept-system';
import { withAncestors, withDescendants } from './hierarchy';

type ConceptTest = (concept: Concept) => boolean;

/** A `ValueSet.compose.include.filter` as a test of concepts of `system` (R4 code system `filter-operator`). */
export function conceptTest(system: ConceptSystem, { property = '', op = '', value = '' }: ConceptFilter): ConceptTest {
  if (op in HIERARCHY) return hierarchyTest(system, property, op, value);
  assertKnown(system, property);
  const holds = valueTest(op, value);
  if (op === 'exists') return (concept) => textsOf(concept, property).length > 0 === (value === 'true');
  if (op === 'not-in') return (concept) => textsOf(concept, property).every(holds);
  return (concept) => textsOf(concept, property).some(holds);
}

const HIERARCHY: Record<string, (concept: Concept) => Set<Concept>> = {
  'is-a': withDescendants,
  'descendent-of': withDescendants,
  'is-not-a': withDescendants,
  generalizes: withAncestors,
};

function hierarchyTest(system: ConceptSystem, property: string, op: string, value: string): ConceptTest {
  if (property !== 'concept' && property !== 'code') throw unsupported(system, property, op);
  const concept = system.concept(value);
  if (!concept) throw new TerminologyError('not-found', `The code “${value.slice(0, 64)}” that a filter names is not in ${system.url}.`);
  const reached = HIERARCHY[op]!(concept);
  if (op === 'is-not-a') return (one) => !reached.has(one);
  return op === 'descendent-of' ? (one) => one !== concept && reached.has(one) : (one) => reached.has(one);
}

function valueTest(op: string, value: string): (text: string) => boolean {
  const list = () => new Set(value.split(',').map((part) => part.trim()));
  switch (op) {
    case '=': return (text) => text === value;
    case 'in': { const wanted = list(); return (text) => wanted.has(text); }
    case 'not-in': { const unwanted = list(); return (text) => !unwanted.has(text); }
    case 'regex': return wholeTextMatcher(value);
    case 'exists': return () => true;
    default: throw new TerminologyError('not-supported', `The filter operator “${op.slice(0, 20)}” is not supported.`);
  }
}

/** What every code system has, whether it declares it or not. */
const GENERAL: Record<string, (concept: Concept) => (string | undefined)[]> = {
  code: (concept) => [concept.code],
  concept: (concept) => [concept.code],
  display: (concept) => [concept.display],
  definition: (concept) => [concept.definition],
  designation: (concept) => concept.designations.map(({ value }) => value),
  parent: (concept) => [...concept.parents].map(({ code }) => code),
  child: (concept) => [...concept.children].map(({ code }) => code),
  inactive: (concept) => [String(concept.inactive)],
  notSelectable: (concept) => [String(concept.abstract)],
};

function textsOf(concept: Concept, property: string): string[] {
  const general = Object.hasOwn(GENERAL, property) ? GENERAL[property]!(concept) : [];
  const own = concept.properties.filter(({ code }) => code === property).map(propertyText);
  return [...general, ...own].filter((text) => text !== undefined);
}

/** A property that the code system does not define would match nothing, or everything, without meaning it. */
function assertKnown(system: ConceptSystem, property: string): void {
  if (Object.hasOwn(GENERAL, property) || system.resource.property?.some(({ code }) => code === property)) return;
  throw unsupported(system, property);
}

function unsupported(system: ConceptSystem, property: string, op?: string): TerminologyError {
  const by = op ? ` by “${op}”` : '';
  return new TerminologyError('not-supported', `${system.url} cannot be filtered on “${property.slice(0, 64)}”${by} here.`);
}
