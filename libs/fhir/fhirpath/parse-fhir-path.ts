import { type BinaryOperator, FhirPathSyntaxError, OPERATOR_ROWS, type PathNode } from './path-node';
import { type PathToken, pathTokens } from './path-tokens';

/** An expression comes from a client where a patch holds it: both ends are bounded. */
const MAX_LENGTH = 2000;
const MAX_DEPTH = 64;

/**
 * Reads an expression of FHIRPath (N1), but for dates and quantities as literals.
 * Throws `FhirPathSyntaxError`.
 */
export function parseFhirPath(text: string): PathNode {
  if (text.length > MAX_LENGTH) throw new FhirPathSyntaxError(`An expression has at most ${MAX_LENGTH} characters; this one goes on`, MAX_LENGTH);
  return new PathParser(text).whole();
}

class PathParser {
  private readonly tokens: readonly PathToken[];
  private at = 0;
  private depth = 0;

  constructor(private readonly text: string) {
    this.tokens = pathTokens(text);
  }

  whole(): PathNode {
    const node = this.expression();
    if (this.at < this.tokens.length) this.fail('Expected an operator');
    return node;
  }

  private expression(): PathNode {
    if (++this.depth > MAX_DEPTH) this.fail(`Nested deeper than ${MAX_DEPTH} levels`);
    const node = this.row(0);
    this.depth--;
    return node;
  }

  private row(level: number): PathNode {
    const operators: readonly string[] | undefined = OPERATOR_ROWS[level];
    if (operators === undefined) return this.signed();
    let left = this.row(level + 1);
    for (let operator = this.operatorOf(operators); operator !== undefined; operator = this.operatorOf(operators)) {
      if (operator === 'is' || operator === 'as') left = { kind: 'type', operator, of: left, type: this.typeName() };
      else left = { kind: 'binary', operator: operator as BinaryOperator, left, right: this.row(level + 1) };
    }
    return left;
  }

  private operatorOf(operators: readonly string[]): string | undefined {
    const token = this.tokens[this.at];
    if (token === undefined || (token.kind !== 'symbol' && token.kind !== 'name') || !operators.includes(token.value)) return undefined;
    this.at++;
    return token.value;
  }

  private signed(): PathNode {
    if (this.takes('-')) return { kind: 'negate', of: this.path() };
    this.takes('+');
    return this.path();
  }

  private path(): PathNode {
    let node = this.term();
    for (;;) {
      if (this.takes('.')) node = this.member(node);
      else if (this.takes('[')) {
        node = { kind: 'index', of: node, at: this.expression() };
        this.expect(']');
      } else return node;
    }
  }

  private term(): PathNode {
    const token = this.tokens[this.at];
    if (token === undefined) return this.fail('Expected an expression');
    if (token.kind === 'name') return this.nameOrBoolean(token.value);
    this.at++;
    if (token.kind === 'text') return { kind: 'literal', value: token.value };
    if (token.kind === 'number') return { kind: 'literal', value: Number(token.value) };
    if (token.value === '$this') return { kind: 'this' };
    if (token.value.startsWith('%')) return { kind: 'variable', name: token.value.slice(1) };
    if (token.value === '(') return this.closed(this.expression(), ')');
    if (token.value === '{') return this.closed({ kind: 'empty' }, '}');
    this.at--;
    return this.fail('Expected an expression');
  }

  private nameOrBoolean(name: string): PathNode {
    if (name !== 'true' && name !== 'false') return this.member(undefined);
    this.at++;
    return { kind: 'literal', value: name === 'true' };
  }

  private member(of: PathNode | undefined): PathNode {
    const owner = of === undefined ? {} : { of };
    const name = this.name();
    if (!this.takes('(')) return { kind: 'child', ...owner, name };
    const given: PathNode[] = [];
    if (this.takes(')')) return { kind: 'call', ...owner, name, arguments: given };
    do given.push(this.expression());
    while (this.takes(','));
    return this.closed({ kind: 'call', ...owner, name, arguments: given }, ')');
  }

  /** `FHIR.Quantity` and `System.String` stand for their last part. */
  private typeName(): string {
    let name = this.name();
    while (this.takes('.')) name = this.name();
    return name;
  }

  private name(): string {
    const token = this.tokens[this.at];
    if (token?.kind !== 'name') return this.fail('Expected a name');
    this.at++;
    return token.value;
  }

  private closed(node: PathNode, bracket: string): PathNode {
    this.expect(bracket);
    return node;
  }

  private takes(symbol: string): boolean {
    const token = this.tokens[this.at];
    if (token?.kind !== 'symbol' || token.value !== symbol) return false;
    this.at++;
    return true;
  }

  private expect(symbol: string): void {
    if (!this.takes(symbol)) this.fail(`Expected “${symbol}”`);
  }

  private fail(message: string): never {
    throw new FhirPathSyntaxError(message, this.tokens[this.at]?.at ?? this.text.length);
  }
}
