import { type ElementRule, elementRules } from '../definitions/element-rules';
import { PRIMITIVE_TYPES } from '../definitions/primitive-types';
import { LEFT_OUT_OF_SUMMARY, SUMMARY_ELEMENTS } from '../generated/summary-elements';
import type { FhirResource } from '../resource';
import type { SearchRequest } from './expression';

const SUBSETTED = { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'SUBSETTED', display: 'subsetted' };

/** What stays whatever is asked: without it the answer is no resource, or means something else. */
const ALWAYS: ReadonlySet<string> = new Set(['resourceType', 'id', 'meta', 'implicitRules', 'modifierExtension']);

/** How much of a resource is wanted (R4 §3.1.0.1.2): for searches and for reads. */
export type Subset = Pick<SearchRequest, 'elements' | 'summary'>;

type Members = Readonly<Record<string, unknown>>;

/** True where resources are to be cut down, so that their stored bytes will not do. */
export const isSubset = ({ elements, summary }: Subset): boolean => elements.length > 0 || summary === 'true' || summary === 'text' || summary === 'data';

/** Names that `_elements` takes for a type: its top-level elements, a choice by its name without type. */
export function elementNames(type: string): ReadonlySet<string> {
  return new Set(elementRules(type).flatMap((rule) => [rule.name, baseName(rule)]));
}

/** `valueQuantity` belongs to `value`. */
const baseName = (rule: { name: string; choice?: string }): string => rule.choice?.replace('[x]', '') ?? rule.name;

/** `_birthDate` says more of `birthDate`. */
const elementOf = (member: string): string => (member.startsWith('_') ? member.slice(1) : member);

/** The resource with the elements asked for, the mandatory ones, and the tag that says so (R4 §3.1.1.5.8, §3.1.1.5.9). */
export function subsetOf(resource: FhirResource, shape: Subset): FhirResource {
  const rules = rulesOf(resource.resourceType);
  const isSummary = shape.elements.length === 0 && shape.summary === 'true';
  const cut: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(resource)) {
    const rule = rules.get(elementOf(name));
    if (!ALWAYS.has(name) && !(rule && isWanted(resource.resourceType, rule, shape))) continue;
    cut[name] = isSummary && rule && name !== 'meta' ? summaryOf(value, rule.type) : value;
  }
  return { ...(cut as FhirResource), meta: { ...resource.meta, tag: [...(resource.meta?.tag ?? []).filter((tag) => tag.code !== SUBSETTED.code), SUBSETTED] } };
}

function isWanted(type: string, rule: ElementRule, { elements, summary }: Subset): boolean {
  const base = baseName(rule);
  if (elements.length > 0) return rule.required || elements.includes(base) || elements.includes(rule.name);
  if (summary === 'data') return rule.name !== 'text';
  if (summary === 'text') return rule.required || rule.name === 'text';
  return rule.required || leftIn(type).has(base);
}

/** Inside an element, too, R4 says what belongs to a summary; what qualifies it (`id`, `extension`) stays with it. */
function summaryOf(value: unknown, type: string): unknown {
  if (Array.isArray(value)) return value.map((item) => summaryOf(item, type));
  if (PRIMITIVE_TYPES.has(type) || !isObject(value) || type === 'Resource') return value;
  const gone = leftOut(type);
  const rules = rulesOf(type);
  return Object.fromEntries(Object.entries(value).flatMap(([name, inner]) => {
    const rule = rules.get(elementOf(name));
    if (rule && gone.has(baseName(rule))) return [];
    return [[name, rule ? summaryOf(inner, rule.type) : inner]];
  }));
}

const isObject = (value: unknown): value is Members => typeof value === 'object' && value !== null;

/** A table is read once for each type. */
function remembered<T>(make: (type: string) => T): (type: string) => T {
  const known = new Map<string, T>();
  return (type) => {
    const found = known.get(type) ?? make(type);
    known.set(type, found);
    return found;
  };
}

const rulesOf = remembered((type) => new Map(elementRules(type).map((rule) => [rule.name, rule])));
const namesIn = (table: Readonly<Record<string, string>>, type: string): ReadonlySet<string> => new Set(table[type]?.split(' '));
const leftIn = remembered((type) => namesIn(SUMMARY_ELEMENTS, type));
const leftOut = remembered((type) => namesIn(LEFT_OUT_OF_SUMMARY, type));
