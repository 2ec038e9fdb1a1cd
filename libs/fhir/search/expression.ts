import type { SearchParameter } from './search-parameters';

/**
 * A search as a tree: what was asked, free of HTTP and of SQL. The parser makes it, the store compiles it.
 * Rules of matching: R4 §3.1.1 (https://hl7.org/fhir/R4/search.html).
 */

/** What the tree needs to know of a search parameter. */
export type ParameterRef = Pick<SearchParameter, 'id' | 'code' | 'type' | 'targets' | 'elements' | 'systems'>;

/** R4 §3.1.1.4.5; the last three are operators of `_filter`: `eq`, `sw` and `ew`. */
export type Modifier = 'missing' | 'exact' | 'contains' | 'text' | 'not' | 'in' | 'not-in' | 'of-type' | 'identifier' | 'above' | 'below' | 'equal' | 'starts' | 'ends';
/** `po` is an operator of `_filter`: overlaps. */
export type Prefix = 'eq' | 'ne' | 'gt' | 'lt' | 'ge' | 'le' | 'sa' | 'eb' | 'ap' | 'po';

export interface StringValue { text: string }
/** `system` absent: any; '' : none. `code` absent: any code of the system. */
export interface TokenValue { system?: string; code?: string }
/** The half-open interval [lo, hi) that the written date stands for, in milliseconds since the epoch. */
export interface DateValue { prefix: Prefix; lo: number; hi: number }
/** `lo` and `hi` bound what rounds to `value` at the written precision. */
export interface NumberValue { prefix: Prefix; value: number; lo: number; hi: number }
export interface QuantityValue extends NumberValue { system?: string; code?: string }
/** Any of `targets`, each `Type/id` or a URL; a canonical without version matches all its versions. */
export interface ReferenceValue { targets: string[]; canonical: boolean; versioned?: boolean }
/** `canonical`: every version of it, too. */
export interface UriValue { uri: string; canonical?: boolean }
/** A token and what stands beside it in the same element, one of the rest. */
export interface CompositeValue {
  token: TokenValue;
  besideToken?: TokenValue;
  quantity?: QuantityValue;
  reference?: ReferenceValue;
  /** Two numbers on file, each compared by itself. */
  numbers?: [NumberValue, NumberValue];
}
/** Within a straight line of `chord` through the unit sphere. */
export interface NearValue { x: number; y: number; z: number; chord: number }
/** Words that follow each other, as they were written. */
export interface WordsValue { words: string }

interface Test<Type extends string, Value> {
  op: 'test';
  type: Type;
  parameter: ParameterRef;
  modifier?: Modifier;
  /** Alternatives: one of them must match. */
  values: Value[];
}

export type StringTest = Test<'string', StringValue>;
export type TokenTest = Test<'token', TokenValue>;
export type DateTest = Test<'date', DateValue>;
export type NumberTest = Test<'number', NumberValue>;
export type QuantityTest = Test<'quantity', QuantityValue>;
export type ReferenceTest = Test<'reference', ReferenceValue>;
export type UriTest = Test<'uri', UriValue>;

export type CompositeTest = Test<'composite', CompositeValue>;
/** `near`: of the special parameters the only one that an index answers. */
export type NearTest = Test<'special', NearValue>;
/** `_text` and `_content`. */
export type WordsTest = Test<'text', WordsValue> & { /** The entries to look into: the content holds the narrative, too. */ params: number[] };

/** One parameter held against its values. */
export type ParameterTest = StringTest | TokenTest | DateTest | NumberTest | QuantityTest | ReferenceTest | UriTest | CompositeTest | NearTest | WordsTest;

/** A question that terminology or a hierarchy of resources answers with the values to look for; until then it matches nothing. */
export type OpenTest =
  | { op: 'open'; ask: 'in'; parameter: ParameterRef; valueSet: string }
  | { op: 'open'; ask: 'above' | 'below'; parameter: ParameterRef; values: TokenValue[] }
  | { op: 'open'; ask: 'hierarchy'; parameter: ParameterRef; up: boolean; name: string; partOf: ParameterRef };

/** `:missing`: whether the resource has any value of the parameter. */
export interface MissingTest {
  op: 'missing';
  parameter: ParameterRef;
  missing: boolean;
  /** Asked of the texts of a token. */
  text?: boolean;
}

/** `subject:Patient.name=x`: a reference leads to a resource of a type that passes its test. */
export interface ChainTest { op: 'chain'; parameter: ParameterRef; through: { type: string; of: Expression }[] }

/** `_has:Observation:patient:code=x`: some resource of `type` refers here by `parameter` and passes the test. */
export interface HasTest { op: 'has'; type: string; parameter: ParameterRef; of: Expression }

export interface All { op: 'and'; of: Expression[] }
export interface Any { op: 'or'; of: Expression[] }
/** What does not pass `of`. */
export interface Not { op: 'not'; of: Expression }
/** What no resource passes. */
export interface Nothing { op: 'nothing' }

/** Lies in the compartment of this one patient, who is on file. `exclusive`: and in nobody else's. */
export interface InCompartment { op: 'compartment'; patient: string; exclusive: boolean }
/** Lies in no patient's compartment. */
export interface Shared { op: 'shared' }
/** Is not labelled restricted. */
export interface Unrestricted { op: 'unrestricted' }

export type Expression = ParameterTest | MissingTest | OpenTest | ChainTest | HasTest | All | Any | Not | Nothing | InCompartment | Shared | Unrestricted;

export interface SortKey { parameter: ParameterRef; descending: boolean }

/** `_include=Source:parameter:target`; in a reverse include `source` is what refers. */
export interface Include {
  /** A type, or `*` for every type. */
  source: string;
  /** Absent: every reference parameter of the source (`*`). */
  parameter?: ParameterRef;
  target?: string;
  iterate: boolean;
}

export type Total = 'none' | 'estimate' | 'accurate';
export type Summary = 'false' | 'true' | 'text' | 'data' | 'count';

export interface SearchRequest {
  type: string;
  /** All of them must hold. */
  filters: Expression[];
  sort: SortKey[];
  /** Matches per page. */
  count: number;
  total?: Total;
  summary: Summary;
  /** Elements to keep; empty: all. */
  elements: string[];
  includes: Include[];
  revincludes: Include[];
  cursor?: string;
  /** The parameters that took part, as given: what a self link shows. */
  used: [string, string][];
  /** Names that mean nothing here. */
  unknown: string[];
}
