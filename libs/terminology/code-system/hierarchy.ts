import type { Concept } from './concept';

/** The concept and all that lie below it. */
export const withDescendants = (concept: Concept): Set<Concept> => reach(concept, (one) => one.children);

/** The concept and all that lie above it. */
export const withAncestors = (concept: Concept): Set<Concept> => reach(concept, (one) => one.parents);

function reach(from: Concept, step: (concept: Concept) => Iterable<Concept>): Set<Concept> {
  const reached = new Set([from]);
  for (const concept of reached) for (const next of step(concept)) reached.add(next);
  return reached;
}

/** The outcomes of `$subsumes` (code system `concept-subsumption-outcome`). */
export type Subsumption = 'equivalent' | 'subsumes' | 'subsumed-by' | 'not-subsumed';

export function subsumption(a: Concept, b: Concept): Subsumption {
  if (a === b) return 'equivalent';
  if (withAncestors(b).has(a)) return 'subsumes';
  return withAncestors(a).has(b) ? 'subsumed-by' : 'not-subsumed';
}
