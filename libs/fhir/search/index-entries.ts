/**
 * What one resource contributes to the search indexes, by parameter type.
 * `param` is the number of a search parameter of a resource type (see `searchParameter(type, code).id`).
 */
export interface IndexEntries {
  /** code is the literal code; system '' where the value has none. */
  token: TokenEntry[];
  /** The text as written; the store folds it. */
  string: StringEntry[];
  /** Half-open interval [lo, hi) in milliseconds since the epoch; open ends are ±MAX_INSTANT. */
  date: DateEntry[];
  /** A local reference as `Type/id` (no version), anything else as the URL or canonical it is. */
  reference: ReferenceEntry[];
  /** Half-open interval [lo, hi) that the written precision stands for; system and code '' where absent (and for numbers). */
  quantity: QuantityEntry[];
  uri: UriEntry[];
}

export interface TokenEntry { param: number; system: string; code: string }
export interface StringEntry { param: number; value: string }
export interface DateEntry { param: number; lo: number; hi: number }
export interface ReferenceEntry { param: number; target: string }
export interface QuantityEntry { param: number; value: number; lo: number; hi: number; system: string; code: string }
export interface UriEntry { param: number; value: string }

export type IndexKind = keyof IndexEntries;

/** The largest date JavaScript knows; open period ends are stored as this. */
export const MAX_INSTANT = 8.64e15;
