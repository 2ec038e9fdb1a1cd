import type { Surroundings } from './path-collections';

/** A rule of R4 or a profile, compiled from FHIRPath. */
export interface Invariant {
  /** `per-1` */
  key: string;
  severity: 'error' | 'warning';
  /** What the rule says, in the words of the definition. */
  human: string;
  holds: (o: unknown, x: Surroundings) => boolean;
}
