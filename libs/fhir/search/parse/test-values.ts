import type { Modifier, ParameterRef, ParameterTest } from '../expression';
import { parseDateValue } from './date-value';
import { splitValue } from './escape';
import { SEARCH_LIMITS } from './limits';
import { parseNumberValue, parseQuantityValue } from './number-value';
import { parseReferenceValue } from './reference-value';
import { SearchSyntaxError } from './search-syntax-error';
import { parseTokenValue } from './token-value';
import { parseStringValue, parseUriValue } from './uri-value';

/** Which modifiers work on which type of parameter; all take `:missing` besides. */
export const MODIFIERS: Readonly<Record<ParameterTest['type'], readonly Modifier[]>> = {
  string: ['exact', 'contains'],
  token: ['not'],
  reference: ['identifier'],
  uri: ['above', 'below'],
  date: [],
  number: [],
  quantity: [],
};

export interface ValueOptions {
  modifier?: Modifier;
  /** The type a reference is narrowed to. */
  only?: string;
  base?: string;
}

/** Holds a parameter against the alternatives in `text`. */
export function parameterTest(parameter: ParameterRef, text: string, { modifier, only, base }: ValueOptions = {}): ParameterTest {
  const name = parameter.code;
  const values = alternatives(name, text);
  const common = { op: 'test' as const, parameter, ...(modifier && { modifier }) };
  switch (parameter.type) {
    case 'string': return { ...common, type: 'string', values: values.map((value) => parseStringValue(name, value)) };
    case 'token': return { ...common, type: 'token', values: values.map((value) => parseTokenValue(name, value)) };
    case 'date': return { ...common, type: 'date', values: values.map((value) => parseDateValue(name, value)) };
    case 'number': return { ...common, type: 'number', values: values.map((value) => parseNumberValue(name, value)) };
    case 'quantity': return { ...common, type: 'quantity', values: values.map((value) => parseQuantityValue(name, value)) };
    case 'uri': return { ...common, type: 'uri', values: values.map((value) => parseUriValue(name, value)) };
    case 'reference': {
      if (modifier === 'identifier') return { ...common, type: 'token', values: values.map((value) => parseTokenValue(name, value)) };
      return { ...common, type: 'reference', values: values.map((value) => parseReferenceValue(parameter, value, base, only)) };
    }
    default: throw new SearchSyntaxError(name, `“${name}” is a ${parameter.type} parameter; those are not supported.`, 'not-supported');
  }
}

function alternatives(name: string, text: string): string[] {
  if (text.length > SEARCH_LIMITS.valueLength) throw new SearchSyntaxError(name, `The value of “${name}” is longer than ${SEARCH_LIMITS.valueLength} characters.`, 'too-costly');
  if (text.includes('\u0000')) throw new SearchSyntaxError(name, `The value of “${name}” holds a NUL character.`);
  const values = splitValue(text, ',');
  if (values.length > SEARCH_LIMITS.alternatives) throw new SearchSyntaxError(name, `“${name}” takes at most ${SEARCH_LIMITS.alternatives} values.`, 'too-costly');
  if (values.some((value) => value.trim() === '')) throw new SearchSyntaxError(name, `“${name}” has an empty value.`);
  return values;
}
