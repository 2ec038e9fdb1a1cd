import type { Expression, ParameterRef, WordsTest } from '../expression';
import { searchParameterId } from '../parameter-id';
import { SEARCH_LIMITS } from './limits';
import { SearchSyntaxError } from './search-syntax-error';

export type WordsName = '_text' | '_content';

const TOKEN = /\s*(?:([()])|"([^"]*)"|([^\s()"]+))/y;

type Token = { kind: '(' | ')' } | { kind: 'and' | 'or' | 'not' } | { kind: 'words'; words: string };

/**
 * R4 §3.1.1.4.15: words, “phrases”, AND, OR, NOT and parentheses; words side by side must all be there. `_text` searches the narrative,
 * `_content` everything that people read.
 */
export function wordsExpression(type: string, name: WordsName, value: string): Expression {
  if (value.length > SEARCH_LIMITS.valueLength) throw new SearchSyntaxError(name, `The value of “${name}” is longer than ${SEARCH_LIMITS.valueLength} characters.`, 'too-costly');
  const tokens = tokensOf(name, value);
  const words = tokens.filter((token) => token.kind === 'words').length;
  if (words === 0) throw malformed(name);
  if (words > SEARCH_LIMITS.words) throw new SearchSyntaxError(name, `“${name}” takes at most ${SEARCH_LIMITS.words} words.`, 'too-costly');
  return new WordsParser(type, name, tokens).all();
}

const malformed = (name: string): SearchSyntaxError => new SearchSyntaxError(name, `“${name}” takes words and "phrases", joined by AND, OR and NOT and parted by parentheses.`);

function tokensOf(name: string, value: string): Token[] {
  const tokens: Token[] = [];
  const text = value.trimEnd();
  for (TOKEN.lastIndex = 0; TOKEN.lastIndex < text.length; ) {
    const match = TOKEN.exec(text);
    if (!match) throw malformed(name);
    tokens.push(match[1] ? { kind: match[1] as '(' } : tokenOf(name, match[2], match[3]));
  }
  return tokens;
}

function tokenOf(name: string, phrase: string | undefined, word = ''): Token {
  const operator = word.toLowerCase();
  if (phrase === undefined && (operator === 'and' || operator === 'or' || operator === 'not')) return { kind: operator };
  const words = phrase ?? word;
  if (!/[\p{L}\p{N}]/u.test(words)) throw malformed(name);
  return { kind: 'words', words };
}

class WordsParser {
  private at = 0;
  private depth = 0;

  constructor(
    private readonly type: string,
    private readonly name: WordsName,
    private readonly tokens: readonly Token[],
  ) {}

  all(): Expression {
    const expression = this.either();
    if (this.at < this.tokens.length) throw malformed(this.name);
    return expression;
  }

  private either(): Expression {
    const of = [this.both()];
    while (this.takes('or')) of.push(this.both());
    return of.length === 1 ? of[0]! : { op: 'or', of };
  }

  private both(): Expression {
    const of = [this.one()];
    for (let next = this.next; next && next !== 'or' && next !== ')'; next = this.next) {
      this.takes('and');
      of.push(this.one());
    }
    return of.length === 1 ? of[0]! : { op: 'and', of };
  }

  private one(): Expression {
    if (++this.depth > 4 * SEARCH_LIMITS.words) throw malformed(this.name);
    if (this.takes('not')) return { op: 'not', of: this.one() };
    if (this.takes('(')) {
      const inner = this.either();
      if (!this.takes(')')) throw malformed(this.name);
      return inner;
    }
    const token = this.tokens[this.at++];
    if (token?.kind !== 'words') throw malformed(this.name);
    return this.test(token.words);
  }

  private test(words: string): WordsTest {
    const params = (this.name === '_text' ? ['_text'] : ['_content', '_text']).map((code) => searchParameterId(this.type, code));
    const parameter: ParameterRef = { id: params[0]!, code: this.name, type: 'string', targets: [], elements: [] };
    return { op: 'test', type: 'text', parameter, params, values: [{ words }] };
  }

  private get next(): Token['kind'] | undefined {
    return this.tokens[this.at]?.kind;
  }

  private takes(kind: Token['kind']): boolean {
    if (this.next !== kind) return false;
    this.at++;
    return true;
  }
}
