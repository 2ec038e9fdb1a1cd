import { FhirPathSyntaxError } from './path-node';

export interface PathToken {
  kind: 'name' | 'text' | 'number' | 'symbol' | 'special';
  /** A name or text without its quotes and escapes. */
  value: string;
  at: number;
}

const BLANK = /(?:\s+|\/\/[^\n]*|\/\*[^*]*(?:\*(?!\/)[^*]*)*\*\/)+/y;

/** No repetition can match the same character in two ways, so each runs in linear time. */
const PATTERNS: readonly [PathToken['kind'], RegExp][] = [
  ['special', /[$%][A-Za-z_]\w*/y],
  ['special', /%(?:`[^`\\]*`|'[^'\\]*')/y],
  ['name', /[A-Za-z_]\w*/y],
  ['name', /`(?:[^`\\]|\\.)*`/y],
  ['text', /'(?:[^'\\]|\\[\s\S])*'/y],
  ['number', /\d+(?:\.\d+)?/y],
  ['symbol', /!=|!~|<=|>=|[.()[\]{}=~<>|&+\-*/,]/y],
];

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f' };

/** The tokens of an expression. Throws `FhirPathSyntaxError` on what is none. */
export function pathTokens(text: string): PathToken[] {
  const tokens: PathToken[] = [];
  for (let at = afterBlank(text, 0); at < text.length; ) {
    const token = tokenAt(text, at);
    tokens.push({ ...token, value: unquoted(token) });
    at = afterBlank(text, at + token.value.length);
  }
  return tokens;
}

function tokenAt(text: string, at: number): PathToken {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) return { kind, value: found[0], at };
  }
  throw new FhirPathSyntaxError('This is no FHIRPath', at);
}

function afterBlank(text: string, at: number): number {
  BLANK.lastIndex = at;
  return BLANK.test(text) ? BLANK.lastIndex : at;
}

function unquoted({ kind, value }: PathToken): string {
  if (kind === 'special') return value.replace(/[`']/g, '');
  if (kind === 'text' || value.startsWith('`')) return value.slice(1, -1).replace(/\\(?:u([0-9A-Fa-f]{4})|([\s\S]))/g, unescaped);
  return value;
}

function unescaped(_: string, hex: string | undefined, character: string): string {
  return hex === undefined ? (ESCAPES[character] ?? character) : String.fromCharCode(Number.parseInt(hex, 16));
}
