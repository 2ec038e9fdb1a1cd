import { elementRules } from '../definitions/element-rules';
import { SUMMARY_ELEMENTS } from '../generated/summary-elements';
import type { FhirResource } from '../resource';
import type { SearchRequest } from './expression';

const SUBSETTED = { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'SUBSETTED', display: 'subsetted' };

/** What stays whatever is asked: without it the answer is no resource. */
const ALWAYS: ReadonlySet<string> = new Set(['resourceType', 'id', 'meta', 'implicitRules']);

type Shape = Pick<SearchRequest, 'elements' | 'summary'>;

/** True where matches are to be cut down, so that their stored bytes will not do. */
export const isSubset = ({ elements, summary }: Shape): boolean => elements.length > 0 || summary === 'true' || summary === 'text' || summary === 'data';

/** Names that `_elements` takes for a type: its top-level elements, a choice by its name without type. */
export function elementNames(type: string): ReadonlySet<string> {
  return new Set(elementRules(type).flatMap((rule) => [rule.name, baseName(rule)]));
}

/** `valueQuantity` belongs to `value`. */
const baseName = (rule: { name: string; choice?: string }): string => rule.choice?.replace('[x]', '') ?? rule.name;

/** The resource with the elements asked for, the mandatory ones, and the tag that says so (R4 §3.1.1.5.8, §3.1.1.5.9). */
export function subsetOf(resource: FhirResource, shape: Shape): FhirResource {
  const kept = keptElements(resource.resourceType, shape);
  const entries = Object.entries(resource).filter(([name]) => kept.has(name.startsWith('_') ? name.slice(1) : name));
  const cut = Object.fromEntries(entries) as FhirResource;
  return { ...cut, meta: { ...resource.meta, tag: [...(resource.meta?.tag ?? []), SUBSETTED] } };
}

function keptElements(type: string, { elements, summary }: Shape): Set<string> {
  const kept = new Set(ALWAYS);
  for (const rule of elementRules(type)) {
    const base = baseName(rule);
    const asked = elements.length > 0 ? elements.includes(base) || elements.includes(rule.name) : inSummary(type, base, summary);
    if (asked || rule.required) kept.add(rule.name);
  }
  return kept;
}

function inSummary(type: string, name: string, summary: Shape['summary']): boolean {
  if (summary === 'text') return name === 'text';
  if (summary === 'data') return name !== 'text';
  return SUMMARY_ELEMENTS[type]?.split(' ').includes(name) ?? false;
}
