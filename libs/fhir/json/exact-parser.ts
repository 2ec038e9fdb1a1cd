import { Decimal, isKeptByJavaScript } from './decimal';
import { endOfString } from './end-of-string';
import { JsonSyntaxError } from './json-syntax-error';

const BLANKS = ' \t\n\r';
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const LITERAL = /true|false|null/y;
/** A string that holds none of these is its own value. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const UNUSUAL = /[\u0000-\u001f\\\ud800-\udfff]/;
const LONE_SURROGATE = /\p{Surrogate}/u;

/** Parses JSON character by character, keeping the literal of every number that JavaScript would change. */
export function parseExactly(text: string, maxDepth: number): unknown {
  if (text.charCodeAt(0) === 0xfeff) throw new JsonSyntaxError('A byte order mark is not allowed', 0);
  const parser = new ExactParser(text, maxDepth);
  return parser.document();
}

class ExactParser {
  private at = 0;
  private depth = 0;

  constructor(
    private readonly text: string,
    private readonly maxDepth: number,
  ) {}

  document(): unknown {
    const value = this.value();
    if (this.at < this.text.length) this.fail('Unexpected text after the end');
    return value;
  }

  /** A value and the white space on both sides of it. */
  private value(): unknown {
    this.skipBlanks();
    const value = this.bareValue();
    this.skipBlanks();
    return value;
  }

  private bareValue(): unknown {
    const first = this.text[this.at];
    if (first === '{') return this.object();
    if (first === '[') return this.array();
    if (first === '"') return this.string();
    const literal = this.take(LITERAL);
    if (literal) return JSON.parse(literal);
    return this.number();
  }

  private object(): Record<string, unknown> {
    const members: Record<string, unknown> = {};
    this.open();
    if (!this.closes('}')) {
      do this.member(members);
      while (this.continues('}'));
    }
    this.depth--;
    return members;
  }

  private member(members: Record<string, unknown>): void {
    this.skipBlanks();
    const start = this.at;
    const name = this.string();
    if (Object.hasOwn(members, name)) throw new JsonSyntaxError('A member is given twice', start);
    this.skipBlanks();
    if (this.text[this.at] !== ':') this.fail('Expected a colon');
    this.at++;
    const value = this.value();
    // Defined rather than assigned: a member of this name must not become the prototype.
    if (name === '__proto__') Object.defineProperty(members, name, { value, enumerable: true, configurable: true, writable: true });
    else members[name] = value;
  }

  private array(): unknown[] {
    const items: unknown[] = [];
    this.open();
    if (!this.closes(']')) {
      do items.push(this.value());
      while (this.continues(']'));
    }
    this.depth--;
    return items;
  }

  private open(): void {
    if (++this.depth > this.maxDepth) this.fail(`Nested deeper than ${this.maxDepth}`);
    this.at++;
    this.skipBlanks();
  }

  private closes(bracket: string): boolean {
    if (this.text[this.at] !== bracket) return false;
    this.at++;
    return true;
  }

  /** After a member or item: true for a comma, false for the closing bracket. */
  private continues(bracket: string): boolean {
    if (this.closes(bracket)) return false;
    if (this.text[this.at] !== ',') this.fail(`Expected a comma or ${bracket}`);
    this.at++;
    return true;
  }

  private string(): string {
    const start = this.at;
    const end = this.text[start] === '"' ? endOfString(this.text, start) : -1;
    if (end < 0) this.fail('Expected a string');
    const plain = this.text.slice(start + 1, end);
    const value = UNUSUAL.test(plain) ? this.unescape(this.text.slice(start, end + 1)) : plain;
    this.at = end + 1;
    return value;
  }

  private unescape(token: string): string {
    const value = this.parsed(token);
    if (value.includes('\u0000')) this.fail('A NUL character is not allowed');
    if (LONE_SURROGATE.test(value)) this.fail('Half of a surrogate pair is not allowed');
    return value;
  }

  private parsed(token: string): string {
    try {
      return JSON.parse(token) as string;
    } catch {
      return this.fail('Expected a string without control characters and unknown escapes');
    }
  }

  private number(): number | Decimal {
    const token = this.take(NUMBER);
    if (!token) this.fail('Expected a value');
    return isKeptByJavaScript(token) ? Number(token) : new Decimal(token);
  }

  /** What the sticky pattern matches here, stepping over it; empty where it does not match. */
  private take(pattern: RegExp): string {
    const start = this.at;
    pattern.lastIndex = start;
    if (!pattern.test(this.text)) return '';
    this.at = pattern.lastIndex;
    return this.text.slice(start, this.at);
  }

  private skipBlanks(): void {
    while (BLANKS.includes(this.text[this.at] ?? '.')) this.at++;
  }

  private fail(reason: string): never {
    throw new JsonSyntaxError(reason, this.at);
  }
}
