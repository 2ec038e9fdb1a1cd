import type { Access } from '../../../kernel';

/** A code to search for; without code every one of the system. */
export interface SearchCode {
  system: string;
  code?: string;
}

/**
 * What search asks of terminology: the codes behind the token modifiers `:in`, `:not-in`, `:above` and `:below`. Who
 * answers throws a SalusError where the value set or the code is not known, not the caller's, or too large.
 */
export abstract class SearchCodes {
  abstract codesIn(access: Access, valueSet: string): Promise<SearchCode[]>;
  /** The code and all that it subsumes. */
  abstract codesBelow(access: Access, system: string, code: string): Promise<SearchCode[]>;
  /** The code and all that subsume it. */
  abstract codesAbove(access: Access, system: string, code: string): Promise<SearchCode[]>;
}
