import { scopeWords } from './scope';

/** Gate scopes of products derived from OpenEMR, and what they mean here. */
const ALIASES: Readonly<Record<string, string>> = { 'api:pofh': 'api:oemr', 'api:drcloud': 'api:oemr' };

/**
 * The words of a `scope` parameter in Salus's own terms: older clients' gate names translated, and their
 * `site:default` dropped, since the site is in the address.
 */
export const requestedScopes = (text: string | undefined): string[] =>
  [...new Set(scopeWords(text).filter((word) => !word.startsWith('site:')).map((word) => ALIASES[word] ?? word))];
