import type { Modifier, ParameterRef, ParameterTest } from '../expression';
import { searchParameter } from '../search-parameters';
import { parseDateValue } from './date-value';
import { splitValue } from './escape';
import { SEARCH_LIMITS } from './limits';
import { parseNearValue } from './near-value';
import { parseNumberValue, parseQuantityValue } from './number-value';
import { parseReferenceValue } from './reference-value';
import { SearchSyntaxError } from './search-syntax-error';
import { parseOfTypeValue, parseTokenValue, withImplied } from './token-value';
import { parseStringValue, parseUriValue } from './uri-value';

/** Which modifiers a type of parameter takes (R4 §3.1.1.4.5); all take `:missing` besides. */
export const MODIFIERS: Readonly<Record<ParameterTest['type'], readonly Modifier[]>> = {
  string: ['exact', 'contains'],
  token: ['text', 'not', 'in', 'not-in', 'of-type', 'above', 'below'],
  reference: ['identifier', 'above', 'below'],
  uri: ['above', 'below'],
  date: [],
  number: [],
  quantity: [],
  composite: [],
  special: [],
  text: [],
};

export interface ValueOptions {
  modifier?: Modifier;
  /** The type a reference is narrowed to. */
  only?: string;
  base?: string;
  /** What was asked for, where that is not the parameter itself but made of it. */
  name?: string;
}

/** Holds a parameter against the alternatives in `text`. */
export function parameterTest(parameter: ParameterRef, text: string, { modifier, only, base, name = parameter.code }: ValueOptions = {}): ParameterTest {
  const values = alternatives(name, text);
  const common = { op: 'test' as const, parameter, ...(modifier && { modifier }) };
  switch (parameter.type) {
    case 'string': return { ...common, type: 'string', values: values.map((value) => parseStringValue(name, value)) };
    case 'token':
      if (modifier === 'text') return { ...common, type: 'string', values: values.map((value) => parseStringValue(name, value)) };
      if (modifier === 'of-type') return { ...common, type: 'composite', values: values.map((value) => parseOfTypeValue(name, value)) };
      return { ...common, type: 'token', values: values.flatMap((value) => withImplied(parameter, parseTokenValue(name, value))) };
    case 'date': return { ...common, type: 'date', values: values.map((value) => parseDateValue(name, value)) };
    case 'number': return { ...common, type: 'number', values: values.map((value) => parseNumberValue(name, value)) };
    case 'quantity': return { ...common, type: 'quantity', values: values.map((value) => parseQuantityValue(name, value)) };
    case 'uri': return { ...common, type: 'uri', values: values.map((value) => parseUriValue(parameter, value, name)) };
    case 'special': return { ...common, type: 'special', values: values.map((value) => parseNearValue(name, value)) };
    case 'reference': {
      if (modifier === 'identifier') return { ...common, type: 'token', values: values.map((value) => parseTokenValue(name, value)) };
      return { ...common, type: 'reference', values: values.map((value) => parseReferenceValue(parameter, value, base, only)) };
    }
    default: throw new SearchSyntaxError(name, `“${name}” is not supported here.`, 'not-supported');
  }
}

export function alternatives(name: string, text: string): string[] {
  if (text.length > SEARCH_LIMITS.valueLength) throw new SearchSyntaxError(name, `The value of “${name}” is longer than ${SEARCH_LIMITS.valueLength} characters.`, 'too-costly');
  if (text.includes('\u0000')) throw new SearchSyntaxError(name, `The value of “${name}” holds a NUL character.`);
  const values = splitValue(text, ',');
  if (values.length > SEARCH_LIMITS.alternatives) throw new SearchSyntaxError(name, `“${name}” takes at most ${SEARCH_LIMITS.alternatives} values.`, 'too-costly');
  if (values.some((value) => value.trim() === '')) throw new SearchSyntaxError(name, `“${name}” has an empty value.`);
  return values;
}

/** A parameter of `type` that must be there. */
export function knownParameter(type: string, code: string) {
  const parameter = searchParameter(type, code);
  if (!parameter) throw new Error(`${type} has no ${code}.`);
  return parameter;
}
