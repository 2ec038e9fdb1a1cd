/** One step of a path through a resource. */
export type Step =
  | { kind: 'child'; name: string }
  /** `as X`, `.as(X)`: the type taken of a choice. */
  | { kind: 'as'; type: string }
  | { kind: 'index'; at: number }
  /** `.where(name='value')` */
  | { kind: 'where'; name: string; equals: string }
  /** `.where(resolve() is X)` */
  | { kind: 'resolves'; type: string };

/** One operand of a union: a path, or the question whether something is there and not false. */
export interface Term {
  /** The resource type it starts from; undefined: whichever it is applied to. */
  root: string | undefined;
  steps: Step[];
  isPresence: boolean;
}

const TOKEN = /\s*([A-Za-z_]\w*|'[^']*'|\d+|!=|[.()[\]=|])/y;
const PRESENCE = /^(\w+(?:\.\w+)+)\.exists\(\) and \1 != false$/;

/**
 * Parses the part of FHIRPath that the search parameters of R4 use. Anything else fails, so that a parameter
 * can never be taken for something it is not.
 */
export function parseSearchExpression(expression: string): Term[] {
  const presence = PRESENCE.exec(expression.trim());
  if (presence) return parseSearchExpression(presence[1] ?? '').map((term) => ({ ...term, isPresence: true }));
  return new ExpressionParser(expression).union();
}

class ExpressionParser {
  private readonly tokens: string[];
  private at = 0;

  constructor(private readonly expression: string) {
    this.tokens = this.tokenize();
  }

  union(): Term[] {
    const terms = [this.term()];
    while (this.takes('|')) terms.push(this.term());
    if (this.at < this.tokens.length) this.fail();
    return terms;
  }

  private tokenize(): string[] {
    const tokens: string[] = [];
    const text = this.expression.trimEnd();
    TOKEN.lastIndex = 0;
    while (TOKEN.lastIndex < text.length) {
      const found = TOKEN.exec(text);
      if (!found?.[1]) throw new Error(`Cannot read search expression: ${text}`);
      tokens.push(found[1]);
    }
    return tokens;
  }

  private term(): Term {
    if (!this.takes('(')) return this.path();
    const inner = this.path();
    this.expect(')');
    return { ...inner, steps: [...inner.steps, ...this.steps()] };
  }

  private path(): Term {
    const first = this.name();
    const isType = /^[A-Z]/.test(first);
    const steps: Step[] = isType ? [] : [{ kind: 'child', name: first }];
    return { root: isType ? first : undefined, steps: [...steps, ...this.steps()], isPresence: false };
  }

  private steps(): Step[] {
    const steps: Step[] = [];
    for (;;) {
      if (this.takes('.')) steps.push(this.member());
      else if (this.takes('as')) steps.push({ kind: 'as', type: this.name() });
      else if (this.takes('[')) steps.push(this.index());
      else return steps;
    }
  }

  private member(): Step {
    const name = this.name();
    if (!this.takes('(')) return { kind: 'child', name };
    if (name === 'as') return this.closed({ kind: 'as', type: this.name() });
    if (name === 'where') return this.closed(this.condition());
    return this.fail();
  }

  private condition(): Step {
    const name = this.name();
    if (name !== 'resolve') {
      this.expect('=');
      return { kind: 'where', name, equals: this.text() };
    }
    for (const token of ['(', ')', 'is']) this.expect(token);
    return { kind: 'resolves', type: this.name() };
  }

  private index(): Step {
    const at = Number(this.tokens[this.at++]);
    this.expect(']');
    return Number.isInteger(at) ? { kind: 'index', at } : this.fail();
  }

  private closed(step: Step): Step {
    this.expect(')');
    return step;
  }

  private name(): string {
    const token = this.tokens[this.at++];
    return token !== undefined && /^[A-Za-z_]/.test(token) ? token : this.fail();
  }

  private text(): string {
    const token = this.tokens[this.at++];
    return token?.startsWith("'") ? token.slice(1, -1) : this.fail();
  }

  private takes(token: string): boolean {
    if (this.tokens[this.at] !== token) return false;
    this.at++;
    return true;
  }

  private expect(token: string): void {
    if (!this.takes(token)) this.fail();
  }

  private fail(): never {
    throw new Error(`Unsupported search expression: ${this.expression}`);
  }
}
