import type { ParameterRef, StringValue, UriValue } from '../expression';
import { unescapeValue } from './escape';
import { SearchSyntaxError } from './search-syntax-error';

/** R4 §3.1.1.4.13. A canonical that is asked for without a version (`_profile`) stands for every version of it. */
export function parseUriValue(parameter: ParameterRef, text: string, name: string): UriValue {
  const uri = unescapeValue(text);
  if (/\s/.test(uri)) throw new SearchSyntaxError(name, `“${name}” takes a URI, which has no spaces.`);
  return parameter.elements.includes('canonical') && !uri.includes('|') ? { uri, canonical: true } : { uri };
}

/** As many characters as the index keeps of a text; longer ones could not be told apart. */
const INDEXED_TEXT = 128;

export function parseStringValue(name: string, text: string): StringValue {
  const value = unescapeValue(text);
  if (value.length > INDEXED_TEXT) throw new SearchSyntaxError(name, `“${name}” is searched by at most ${INDEXED_TEXT} characters.`);
  return { text: value };
}
