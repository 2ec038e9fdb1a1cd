/** Beyond these a search is refused rather than run: its cost grows with each. */
export const SEARCH_LIMITS = {
  filters: 32,
  alternatives: 256,
  /** Steps of a chain, `_has` included. */
  depth: 3,
  sortKeys: 5,
  includes: 32,
  valueLength: 4096,
  /** Matches per page: what is given when nothing is asked, and the most that is given. */
  defaultCount: 50,
  maxCount: 1000,
} as const;
