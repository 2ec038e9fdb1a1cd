/** Beyond these a search is refused rather than run: its cost grows with each. */
export const SEARCH_LIMITS = {
  filters: 32,
  alternatives: 256,
  /** Steps of a chain, `_has` included; how dear they may be together says `costOf`. */
  depth: 8,
  /** A chain that does not say to which type it leads tries so many. */
  chainTypes: 12,
  /** Tests of one `_filter`, and how deep they nest. */
  predicates: 64,
  predicateDepth: 16,
  /** Words of one `_text` or `_content`. */
  words: 16,
  sortKeys: 5,
  includes: 32,
  valueLength: 4096,
  /** Matches per page: what is given when nothing is asked, and the most that is given. */
  defaultCount: 50,
  maxCount: 1000,
} as const;
