import type { StringValue, UriValue } from '../expression';
import { unescapeValue } from './escape';
import { SearchSyntaxError } from './search-syntax-error';

export function parseUriValue(name: string, text: string): UriValue {
  const uri = unescapeValue(text);
  if (/\s/.test(uri)) throw new SearchSyntaxError(name, `“${name}” takes a URI, which has no spaces.`);
  return { uri };
}

/** As many characters as the index keeps of a text; longer ones could not be told apart. */
const INDEXED_TEXT = 128;

export function parseStringValue(name: string, text: string): StringValue {
  const value = unescapeValue(text);
  if (value.length > INDEXED_TEXT) throw new SearchSyntaxError(name, `“${name}” is searched by at most ${INDEXED_TEXT} characters.`);
  return { text: value };
}
