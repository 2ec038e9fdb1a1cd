import { decimalInterval } from '../decimal-interval';
import type { NumberValue, QuantityValue } from '../expression';
import { splitValue, unescapeValue } from './escape';
import { splitPrefix } from './prefix';
import { SearchSyntaxError } from './search-syntax-error';

const NUMBER = /^[+-]?\d{1,40}(?:\.\d{1,40})?(?:[eE][+-]?\d{1,3})?$/;

/** R4 §3.1.1.4.6: 100 stands for 99.5 to 100.5, 100.00 for 99.995 to 100.005. */
export function parseNumberValue(name: string, text: string): NumberValue {
  const [prefix, number] = splitPrefix(text);
  const interval = NUMBER.test(number) ? decimalInterval(number) : undefined;
  if (!interval || !Number.isFinite(Number(number))) throw new SearchSyntaxError(name, `“${name}” takes a number such as 5.4, with an optional prefix (gt, le …).`);
  return { prefix, value: Number(number), ...interval };
}

/** R4 §3.1.1.4.11: `number`, `number|system|code` or `number||code`. */
export function parseQuantityValue(name: string, text: string): QuantityValue {
  const parts = splitValue(text, '|');
  if (parts.length !== 1 && parts.length !== 3) throw new SearchSyntaxError(name, `“${name}” takes [prefix]number, [prefix]number|system|code or [prefix]number||code.`);
  const [number, system, code] = parts.map(unescapeValue);
  return { ...parseNumberValue(name, number!), ...(system && { system }), ...(code && { code }) };
}
