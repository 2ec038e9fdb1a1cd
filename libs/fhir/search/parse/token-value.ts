import type { CompositeValue, ParameterRef, TokenValue } from '../expression';
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

const WITH_SYSTEM: ReadonlySet<string> = new Set(['CodeableConcept', 'Coding', 'Identifier']);

/** A code without a system of its own is on file without one; the system it is known to have may be named all the same. */
export function withImplied({ systems, elements }: ParameterRef, value: TokenValue): TokenValue[] {
  if (value.code === undefined || !value.system || !systems?.includes(value.system)) return [value];
  return elements.some((element) => WITH_SYSTEM.has(element)) ? [value, { system: '', code: value.code }] : [{ code: value.code }];
}

/** `:of-type`: `system|code|value`, an identifier of that type with that value. */
export function parseOfTypeValue(name: string, text: string): CompositeValue {
  const [system, code, value, ...more] = splitValue(text, '|').map(unescapeValue);
  if (!system || !code || !value || more.length > 0) throw new SearchSyntaxError(name, `“${name}:of-type” takes system|code|value: system and code of the identifier's type, and the identifier's value.`);
  return { token: { system, code }, besideToken: { code: value } };
}
