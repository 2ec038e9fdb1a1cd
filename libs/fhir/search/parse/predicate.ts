import { SEARCH_LIMITS } from './limits';
import { SearchSyntaxError } from './search-syntax-error';

/** Operators of `_filter` (R4 search_filter.html). */
export const OPERATORS = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'lt', 'ge', 'le', 'ap', 'sa', 'eb', 'pr', 'po', 'ss', 'sb', 'in', 'ni', 're'] as const;
export type Operator = (typeof OPERATORS)[number];

/** One step of a path; `where` is what the resource it leads to must pass. */
export interface PathStep { name: string; at: number; only?: string; where?: Predicate }

/** A `_filter` as it is written. `at` is the number of a character, from 1. */
export type Predicate =
  | { kind: 'and' | 'or'; of: Predicate[] }
  | { kind: 'not'; of: Predicate }
  | { kind: 'test'; path: PathStep[]; operator: Operator; value: string; at: number };

export function predicateError(at: number, message: string): SearchSyntaxError {
  return new SearchSyntaxError('_filter', `“_filter”, at character ${at}: ${message}`);
}

const NAME = /[A-Za-z_][A-Za-z0-9_-]*/y;
const TYPE = /:([A-Z][A-Za-z]*)/y;
const WORD = /[a-z]{2,3}(?![A-Za-z0-9_.[-])/y;
const STRING = /"(?:[^"\\]|\\.)*"/y;
const BARE = /[^\s)\]]+/y;

/**
 * Parses R4's grammar of `_filter`. “and” and “or” bind alike and are read from left to right, as R4 has it;
 * parentheses say otherwise.
 */
export function parsePredicate(text: string): Predicate {
  if (text.length > SEARCH_LIMITS.valueLength) throw new SearchSyntaxError('_filter', `The value of “_filter” is longer than ${SEARCH_LIMITS.valueLength} characters.`, 'too-costly');
  return new PredicateParser(text).whole();
}

class PredicateParser {
  private at = 0;
  private tests = 0;

  constructor(private readonly text: string) {}

  whole(): Predicate {
    const predicate = this.filter(0);
    if (this.at < this.text.length) throw this.error('expected “and”, “or” or the end.');
    return predicate;
  }

  private filter(depth: number): Predicate {
    if (depth > SEARCH_LIMITS.predicateDepth) throw new SearchSyntaxError('_filter', `“_filter” nests at most ${SEARCH_LIMITS.predicateDepth} deep.`, 'too-costly');
    let left = this.operand(depth);
    for (let word = this.logical(); word; word = this.logical()) {
      const right = this.operand(depth);
      left = left.kind === word ? { kind: word, of: [...left.of, right] } : { kind: word, of: [left, right] };
    }
    return left;
  }

  private operand(depth: number): Predicate {
    this.blanks();
    if (this.takes('(')) return this.closed(depth);
    const begin = this.at;
    if (this.match(/not\s*\(/y) !== undefined) return { kind: 'not', of: this.closed(depth) };
    this.at = begin;
    return this.test(depth);
  }

  private closed(depth: number): Predicate {
    const inner = this.filter(depth + 1);
    if (!this.takes(')')) throw this.error('expected “)”.');
    this.blanks();
    return inner;
  }

  private test(depth: number): Predicate {
    const at = this.at + 1;
    if (++this.tests > SEARCH_LIMITS.predicates) throw new SearchSyntaxError('_filter', `“_filter” takes at most ${SEARCH_LIMITS.predicates} tests.`, 'too-costly');
    const path = this.path(depth);
    this.required();
    const begin = this.at + 1;
    const operator = this.match(WORD);
    if (!(OPERATORS as readonly (string | undefined)[]).includes(operator)) throw predicateError(begin, `expected one of ${OPERATORS.join(', ')}.`);
    this.required();
    const value = this.value();
    this.blanks();
    return { kind: 'test', path, operator: operator as Operator, value, at };
  }

  private path(depth: number): PathStep[] {
    const steps: PathStep[] = [];
    do {
      const at = this.at + 1;
      const name = this.match(NAME);
      if (name === undefined) throw this.error('expected the name of a search parameter.');
      const only = this.match(TYPE)?.slice(1);
      const where = this.takes('[') ? this.bracketed(depth) : undefined;
      steps.push({ name, at, ...(only !== undefined && { only }), ...(where && { where }) });
      if (where && this.text[this.at] !== '.') throw this.error('expected “.” behind “]”.');
      if (steps.length > SEARCH_LIMITS.depth + 1) throw new SearchSyntaxError('_filter', `A search may follow at most ${SEARCH_LIMITS.depth} references in a row.`, 'too-costly');
    } while (this.takes('.'));
    return steps;
  }

  private bracketed(depth: number): Predicate {
    const inner = this.filter(depth + 1);
    if (!this.takes(']')) throw this.error('expected “]”.');
    return inner;
  }

  private value(): string {
    if (this.text[this.at] !== '"') return this.match(BARE) ?? this.fail('expected a value.');
    const literal = this.match(STRING) ?? this.fail('this string does not end.');
    try {
      return JSON.parse(literal) as string;
    } catch {
      return this.fail('this is no string of JSON.');
    }
  }

  private logical(): 'and' | 'or' | undefined {
    this.blanks();
    const begin = this.at;
    const word = this.match(WORD);
    if (word === 'and' || word === 'or') return word;
    this.at = begin;
    return undefined;
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  private takes(character: string): boolean {
    if (this.text[this.at] !== character) return false;
    this.at += 1;
    return true;
  }

  private blanks(): void {
    while (this.text[this.at] === ' ' || this.text[this.at] === '\t') this.at += 1;
  }

  private required(): void {
    const begin = this.at;
    this.blanks();
    if (this.at === begin) throw this.error('expected a space.');
  }

  private error(message: string): SearchSyntaxError {
    return predicateError(this.at + 1, message);
  }

  private fail(message: string): never {
    throw this.error(message);
  }
}
