import { type Rewrite, rewriteReferences } from '#libs/fhir';
import { SalusError } from '../../kernel';
import { rewritePatch } from '../patch/rewrite-patch';
import { type BundleNames, isTemporary } from './bundle-names';
import type { ConditionalReferences } from './conditional-references';
import type { Entry } from './entry';
import { ofEntry, refusal } from './entry-refusal';
import type { Matches } from './matches';
import type { BundleOptions } from './step';

/**
 * Turns references to other entries into what those are called once stored, and notes the conditional ones. Tells
 * whether there were any. Throws where a temporary name leads to no entry.
 */
export function rewriteNames(entry: Entry, names: BundleNames, conditional: ConditionalReferences, { lone }: BundleOptions): boolean {
  const dangling = new Set<string>();
  let isConditional = false;
  rewriteContent(entry, (reference) => {
    const target = names.resolve(reference, entry);
    if (target === undefined && isTemporary(reference)) dangling.add(reference);
    else if (target === undefined) isConditional = noted(reference, entry.index, conditional) || isConditional;
    return target;
  });
  if (dangling.size > 0 && !lone && holdsReference(entry.patch?.document ?? entry.resource, dangling)) {
    throw refusal('unprocessable', entry.index, '.resource', 'A reference names an entry that is not in the Bundle, or was refused.', 'not-found');
  }
  return isConditional;
}

/** What a PATCH would write lies inside of the Binary that holds it. In a stored Bundle entries call each other by names of its own. */
function rewriteContent({ resource, patch }: Entry, rewrite: Rewrite): void {
  if (patch) rewritePatch(patch, rewrite);
  else if (resource && resource.resourceType !== 'Bundle') rewriteReferences(resource, rewrite);
}

function noted(reference: string, index: number, conditional: ConditionalReferences): boolean {
  try {
    return conditional.note(reference);
  } catch (error) {
    throw error instanceof SalusError ? ofEntry(index, error, '.resource') : error;
  }
}

/** Puts the one resource that each conditional reference names in its place. Throws where it names none, or several. */
export function rewriteConditions(entry: Entry, conditional: ConditionalReferences, matches: Matches): void {
  rewriteContent(entry, (reference) => {
    const resolution = conditional.resolve(reference, matches);
    if (!resolution) return undefined;
    if ('count' in resolution) throw unresolved(entry.index, resolution.type, resolution.count);
    return resolution.target;
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
