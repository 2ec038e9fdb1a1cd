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
  /** A local reference as `Type/id` (no version), anything else as the URL or canonical it is; '' for one that names nothing. */
  reference: ReferenceEntry[];
  /** Half-open interval [lo, hi) that the written precision stands for; system and code '' where absent (and for numbers). */
  quantity: QuantityEntry[];
  uri: UriEntry[];
  /** Values that stand in one element together, for composite parameters. */
  composite: CompositeEntry[];
  position: PositionEntry[];
  /** The words of a resource, for `_text` and `_content`. */
  text: TextEntry[];
}

export interface TokenEntry { param: number; system: string; code: string }
export interface StringEntry { param: number; value: string }
export interface DateEntry { param: number; lo: number; hi: number }
export interface ReferenceEntry { param: number; target: string }
export interface QuantityEntry { param: number; value: number; lo: number; hi: number; system: string; code: string }
export interface UriEntry { param: number; value: string }
/**
 * A token with what stands beside it: a token or an identifier's value (`text`, `system2`), a reference (`text`),
 * a quantity (`lo`, `hi`, with its unit in `text` and `system2`), or two numbers (`lo` and `hi` themselves).
 */
export interface CompositeEntry { param: number; system: string; code: string; lo: number; hi: number; text: string; system2: string }
/** A place on the unit sphere: distances on it are straight lines, whatever the meridian. */
export interface PositionEntry { param: number; x: number; y: number; z: number }
/** Text as written; the store folds it. */
export interface TextEntry { param: number; value: string }

export type IndexKind = keyof IndexEntries;

/** The largest date JavaScript knows; open period ends are stored as this. */
export const MAX_INSTANT = 8.64e15;
