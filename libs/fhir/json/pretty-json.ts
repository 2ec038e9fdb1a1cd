import { endOfString } from './end-of-string';

/** A JSON text, indented for reading. Only blanks change: numbers and strings stay as they are written. */
export function prettyJson(text: string): string {
  return new PrettyPrinter(text).print();
}

const CLOSING: Readonly<Record<string, string>> = { '{': '}', '[': ']' };
const BLANK = /\s/;
/** Numbers, true, false and null. */
const LITERAL = /[^\s{}[\],:"]+/y;

class PrettyPrinter {
  private readonly parts: string[] = [];
  private depth = 0;
  private at = 0;

  constructor(private readonly text: string) {}

  print(): string {
    for (this.skipBlanks(); this.at < this.text.length; this.skipBlanks()) this.token(this.text[this.at]!);
    return `${this.parts.join('')}\n`;
  }

  private token(char: string): void {
    switch (char) {
      case '"': return this.take(endOfString(this.text, this.at) + 1);
      case '{':
      case '[': return this.open(char);
      case '}':
      case ']': return this.close(char);
      case ',': return this.write(',', true);
      case ':': return this.write(': ');
      default: return this.literal();
    }
  }

  private open(bracket: string): void {
    this.at += 1;
    this.skipBlanks();
    const isEmpty = this.text[this.at] === CLOSING[bracket];
    this.depth += isEmpty ? 0 : 1;
    this.parts.push(isEmpty ? bracket + CLOSING[bracket]! : bracket);
    if (isEmpty) this.at += 1;
    else this.breakLine();
  }

  private close(bracket: string): void {
    this.depth -= 1;
    this.breakLine();
    this.write(bracket);
  }

  private literal(): void {
    LITERAL.lastIndex = this.at;
    LITERAL.test(this.text);
    this.take(LITERAL.lastIndex);
  }

  private take(end: number): void {
    const to = end > this.at ? end : this.text.length;
    this.parts.push(this.text.slice(this.at, to));
    this.at = to;
  }

  private write(text: string, breaks = false): void {
    this.parts.push(text);
    this.at += 1;
    if (breaks) this.breakLine();
  }

  private breakLine(): void {
    this.parts.push(`\n${'  '.repeat(Math.max(0, this.depth))}`);
  }

  private skipBlanks(): void {
    while (this.at < this.text.length && BLANK.test(this.text[this.at]!)) this.at++;
  }
}
