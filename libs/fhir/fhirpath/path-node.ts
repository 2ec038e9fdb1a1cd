/** A FHIRPath expression, read but not yet run. Names of types (`Patient`, the argument of `ofType`) are children without `of`. */
export type PathNode =
  | { kind: 'literal'; value: string | number | boolean }
  | { kind: 'empty' }
  | { kind: 'this' }
  | { kind: 'variable'; name: string }
  /** A member; without `of`, of the focus. */
  | { kind: 'child'; of?: PathNode; name: string }
  /** A function; without `of`, on the focus. */
  | { kind: 'call'; of?: PathNode; name: string; arguments: PathNode[] }
  | { kind: 'index'; of: PathNode; at: PathNode }
  | { kind: 'type'; operator: 'is' | 'as'; of: PathNode; type: string }
  | { kind: 'binary'; operator: BinaryOperator; left: PathNode; right: PathNode }
  | { kind: 'negate'; of: PathNode };

/** Operators between two expressions, those that bind most loosely first. Within a row they bind alike, from the left. */
export const OPERATOR_ROWS = [
  ['implies'],
  ['or', 'xor'],
  ['and'],
  ['in', 'contains'],
  ['=', '~', '!=', '!~'],
  ['<=', '<', '>', '>='],
  ['|'],
  ['is', 'as'],
  ['+', '-', '&'],
  ['*', '/', 'div', 'mod'],
] as const;

export type BinaryOperator = Exclude<(typeof OPERATOR_ROWS)[number][number], 'is' | 'as'>;

/** An expression that is no FHIRPath, or more than this parser takes. */
export class FhirPathSyntaxError extends Error {
  constructor(
    message: string,
    /** Where in the text, counted from 0. */
    readonly at: number,
  ) {
    super(`${message} at character ${at + 1}.`);
    this.name = 'FhirPathSyntaxError';
  }
}
