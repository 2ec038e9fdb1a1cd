import { TerminologyError } from '../terminology-error';

/** One character, as the test it must pass. */
export type CharacterTest = (character: string) => boolean;

export type Pattern =
  | { kind: 'character'; test: CharacterTest }
  | { kind: 'sequence'; of: Pattern[] }
  | { kind: 'choice'; of: Pattern[] }
  | { kind: 'repeat'; of: Pattern; min: number; max: number };

export const MAX_PATTERN = 200;
const MAX_REPEAT = 100;

const CLASSES: Record<string, CharacterTest> = {
  d: (c) => c >= '0' && c <= '9',
  w: (c) => /^\w$/.test(c),
  s: (c) => /^\s$/.test(c),
};

const CONTROL: Record<string, string> = { n: '\n', r: '\r', t: '\t' };

/** Regular expressions without look-around, back references and anchors inside: what an automaton can match in linear time. */
export function parsePattern(text: string): Pattern {
  if (text.length > MAX_PATTERN) throw new TerminologyError('too-costly', `A regular expression may have at most ${MAX_PATTERN} characters.`);
  const whole = text.replace(/^\^/, '').replace(/(^|[^\\])\$$/, '$1');
  return new PatternParser([...whole]).parse();
}

class PatternParser {
  private at = 0;

  constructor(private readonly characters: readonly string[]) {}

  parse(): Pattern {
    const pattern = this.choice();
    if (this.at < this.characters.length) throw this.refused(this.characters[this.at]!);
    return pattern;
  }

  private choice(): Pattern {
    const of = [this.sequence()];
    while (this.take('|')) of.push(this.sequence());
    return of.length === 1 ? of[0]! : { kind: 'choice', of };
  }

  private sequence(): Pattern {
    const of: Pattern[] = [];
    while (this.at < this.characters.length && this.peek() !== '|' && this.peek() !== ')') of.push(this.repeated(this.atom()));
    return { kind: 'sequence', of };
  }

  private repeated(of: Pattern): Pattern {
    const bounds = this.bounds();
    if (!bounds) return of;
    // Lazy or greedy makes no difference to whether the whole matches.
    this.take('?');
    return this.repeated({ kind: 'repeat', of, ...bounds });
  }

  private bounds(): { min: number; max: number } | undefined {
    if (this.take('*')) return { min: 0, max: Number.POSITIVE_INFINITY };
    if (this.take('+')) return { min: 1, max: Number.POSITIVE_INFINITY };
    if (this.take('?')) return { min: 0, max: 1 };
    if (!this.take('{')) return undefined;
    const min = this.number();
    const max = this.take(',') ? (this.peek() === '}' ? Number.POSITIVE_INFINITY : this.number()) : min;
    if (!this.take('}') || max < min) throw this.refused('{');
    return { min, max };
  }

  private number(): number {
    let digits = '';
    while (CLASSES.d!(this.peek() ?? '')) digits += this.next();
    if (digits === '' || Number(digits) > MAX_REPEAT) throw new TerminologyError('not-supported', `A repetition in a regular expression counts from 0 to ${MAX_REPEAT}.`);
    return Number(digits);
  }

  private atom(): Pattern {
    const character = this.next();
    if (character === '(') return this.group();
    if (character === '[') return { kind: 'character', test: this.characterClass() };
    if (character === '\\') return { kind: 'character', test: this.escaped() };
    if (character === '.') return { kind: 'character', test: (c) => c !== '\n' && c !== '\r' };
    if ('*+?{^$'.includes(character)) throw this.refused(character);
    return { kind: 'character', test: (c) => c === character };
  }

  private group(): Pattern {
    if (this.take('?') && !this.take(':')) throw this.refused('(?');
    const inner = this.choice();
    if (!this.take(')')) throw this.refused('(');
    return inner;
  }

  private escaped(): CharacterTest {
    const character = this.next();
    const known = CLASSES[character];
    if (known) return known;
    const opposite = character !== character.toLowerCase() ? CLASSES[character.toLowerCase()] : undefined;
    if (opposite) return (c) => !opposite(c);
    if (/[A-Za-z0-9]/.test(character) && !(character in CONTROL)) throw this.refused(`\\${character}`);
    const literal = CONTROL[character] ?? character;
    return (c) => c === literal;
  }

  private characterClass(): CharacterTest {
    const negated = this.take('^');
    const tests: CharacterTest[] = [];
    while (this.peek() !== ']' || tests.length === 0) tests.push(this.classMember());
    this.next();
    return (c) => tests.some((test) => test(c)) !== negated;
  }

  private classMember(): CharacterTest {
    const from = this.next();
    if (from === '\\') return this.escaped();
    if (this.peek() !== '-' || this.characters[this.at + 1] === ']') return (c) => c === from;
    this.next();
    const to = this.next();
    if (to === '\\' || to < from) throw this.refused(`${from}-${to}`);
    return (c) => c >= from && c <= to;
  }

  private peek(): string | undefined {
    return this.characters[this.at];
  }

  private take(character: string): boolean {
    if (this.peek() !== character) return false;
    this.at += 1;
    return true;
  }

  private next(): string {
    const character = this.peek();
    if (character === undefined) throw new TerminologyError('invalid', 'The regular expression ends too early.');
    this.at += 1;
    return character;
  }

  private refused(what: string): TerminologyError {
    return new TerminologyError('not-supported', `“${what}” in a regular expression is not supported here; use characters, classes, groups, alternatives and repetitions.`);
  }
}
