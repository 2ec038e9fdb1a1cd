import type { TokenValue } from '../expression';
import { splitValue, unescapeValue } from './escape';
import { SearchSyntaxError } from './search-syntax-error';

/** R4 §3.1.1.4.10: `code`, `system|code`, `|code` (no system) or `system|` (any code of it). */
export function parseTokenValue(name: string, text: string): TokenValue {
  const parts = splitValue(text, '|').map(unescapeValue);
  if (parts.length === 1 && parts[0]) return { code: parts[0] };
  const [system, code] = parts;
  if (parts.length !== 2 || (!system && !code)) throw new SearchSyntaxError(name, `“${name}” takes code, system|code, |code or system|.`);
  return { system: system!, ...(code && { code }) };
}
