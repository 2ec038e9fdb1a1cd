import type { Access } from '../../kernel';
import type { BundleMatches } from './bundle-matches';
import type { Criteria } from './criteria';
import type { Entry } from './entry';
import type { Matches } from './matches';
import type { BundleOptions } from './step';

/** What planning draws on. */
export interface Ground {
  access: Access;
  options: BundleOptions;
  matches: Matches;
  written: BundleMatches;
  /** Criteria of conditional writes, by entry. */
  criteria: ReadonlyMap<Entry, Criteria>;
  /** How many resources the criteria of one delete may name. */
  mostDeleted: number;
}
