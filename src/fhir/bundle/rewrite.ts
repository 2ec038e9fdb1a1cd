import { type FhirResource, isResourceType, rewriteReferences } from '#libs/fhir';
import { SalusError } from '../../kernel';
import { type BundleNames, isTemporary } from './bundle-names';
import { type Criteria, criteriaOf } from './criteria';
import type { Entry } from './entry';
import { ofEntry, refusal } from './entry-refusal';
import type { Matches } from './matches';

/** `Practitioner?identifier=system|value` (R4 §3.1.0.11.2, conditional references). */
const CONDITIONAL = /^([A-Z][A-Za-z]+)\?(.+)$/s;

type WithResource = Entry & { resource: FhirResource };

/**
 * Turns references to other entries into what those are called once stored. Returns the criteria of conditional
 * references, by their text. Throws where a temporary name leads to no entry.
 */
export function rewriteNames(entry: WithResource, names: BundleNames): Map<string, Criteria> {
  const conditional = new Map<string, Criteria>();
  const dangling = new Set<string>();
  rewriteReferences(entry.resource, (reference) => {
    const target = names.resolve(reference, entry);
    if (target === undefined && isTemporary(reference)) dangling.add(reference);
    else if (target === undefined) noteConditional(reference, entry.index, conditional);
    return target;
  });
  if (dangling.size > 0 && holdsReference(entry.resource, dangling)) {
    throw refusal('unprocessable', entry.index, '.resource', 'A reference names an entry that is not in the Bundle, or was refused.', 'not-found');
  }
  return conditional;
}

function noteConditional(reference: string, index: number, found: Map<string, Criteria>): void {
  if (found.has(reference)) return;
  const [, type, query] = CONDITIONAL.exec(reference) ?? [];
  if (type === undefined || query === undefined || !isResourceType(type)) return;
  try {
    found.set(reference, criteriaOf(type, query));
  } catch (error) {
    throw error instanceof SalusError ? ofEntry(index, error, '.resource') : error;
  }
}

/** Puts the one resource that each conditional reference names in its place. Throws where it names none, or several. */
export function rewriteConditions(entry: WithResource, conditional: ReadonlyMap<string, Criteria>, matches: Matches): void {
  rewriteReferences(entry.resource, (reference) => {
    const criteria = conditional.get(reference);
    if (!criteria) return undefined;
    const found = matches.find(criteria);
    if (found.length !== 1) throw unresolved(entry.index, criteria.type, found.length);
    return `${criteria.type}/${found[0]}`;
  });
}

function unresolved(index: number, type: string, count: number): SalusError {
  if (count === 0) return refusal('unprocessable', index, '.resource', `A conditional reference matches no ${type}.`, 'not-found');
  return refusal('unprocessable', index, '.resource', `A conditional reference matches more than one ${type}.`, 'multiple-matches');
}

/** Elsewhere (an identifier's value, a canonical URL) a URN may stand for itself. */
function holdsReference(value: unknown, names: ReadonlySet<string>): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some((item) => holdsReference(item, names));
  const { reference } = value as { reference?: unknown };
  if (typeof reference === 'string' && names.has(reference)) return true;
  return Object.values(value).some((item) => holdsReference(item, names));
}
