import { validateResource, type FhirResource, type ValidationIssue } from '#libs/fhir';
import { invalid, type Problem, SalusError } from '../../kernel';
import { refusedResource } from '../validation/refused-resource';
import { entryPath } from './entry';
import type { RawEntry } from './read-entry';

/** A Bundle whose own elements are sound; its resources are yet to be judged. */
export interface Envelope {
  type: string;
  entry: RawEntry[];
}

/** In the place of each resource while the Bundle around them is judged: what an entry holds is judged when its turn comes. */
const STAND_IN = { resourceType: 'Parameters' };

/** The Bundle's own elements, or `invalid` with everything wrong with them, or `too-large`. */
export function bundleEnvelope(body: unknown, mostEntries: number): Envelope {
  const bundle = body as FhirResource | undefined;
  if (typeof bundle !== 'object' || bundle === null || bundle.resourceType !== 'Bundle') throw invalid('The body must be a Bundle.', [{ path: 'resourceType', rule: 'value', message: 'Expected “Bundle”.' }]);
  const entry = (bundle.entry ?? []) as RawEntry[];
  if (Array.isArray(entry) && entry.length > mostEntries) throw new SalusError('too-large', `A Bundle may hold at most ${mostEntries} entries.`);
  const issues = validateResource({ ...bundle, ...(Array.isArray(bundle.entry) && { entry: bundle.entry.map(withoutResource) }) });
  // Invariants (bdl-3, bdl-7) are judged entry by entry, so that a batch fails in one and not in all.
  const problems = issues.filter(({ code }) => code !== 'invariant');
  if (problems.length > 0) throw invalid('This Bundle is not valid FHIR R4.', problems.map((issue) => problemOf(issue)));
  return { type: bundle.type as string, entry };
}

function withoutResource(entry: unknown): unknown {
  const holds = typeof entry === 'object' && entry !== null && 'resource' in entry;
  return holds ? { ...entry, resource: STAND_IN } : entry;
}

/** Why the resource of an entry may not be stored; undefined if it may. */
export function refusedInEntry(resource: unknown, type: string, index: number): SalusError | undefined {
  return refusedResource(resource, type, (path) => entryPath(index, `.resource${belowRoot(path)}`));
}

/** `Patient.name[0]` → `.name[0]`. */
const belowRoot = (expression: string): string => expression.replace(/^[A-Za-z]+/, '');

const problemOf = ({ expression, code, diagnostics }: ValidationIssue): Problem => ({ path: expression, rule: code, message: diagnostics });
