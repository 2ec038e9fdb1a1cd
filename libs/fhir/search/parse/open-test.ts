import type { Expression, Modifier, OpenTest, TokenValue } from '../expression';
import { type SearchParameter, searchParametersOf } from '../search-parameters';
import { unescapeValue } from './escape';
import { parseReferenceValue } from './reference-value';
import { SearchSyntaxError } from './search-syntax-error';
import { alternatives } from './test-values';
import { parseTokenValue } from './token-value';

/** Modifiers whose values are not in the search itself: terminology or other resources know them. Undefined for all others. */
export function openTest(parameter: SearchParameter, modifier: Modifier, value: string, { base }: { base?: string }): Expression | undefined {
  if (modifier === 'in' || modifier === 'not-in') return inValueSet(parameter, modifier, value, base);
  if (modifier !== 'above' && modifier !== 'below') return undefined;
  if (parameter.type === 'token') return { op: 'open', ask: modifier, parameter, values: alternatives(parameter.code, value).map((one) => ofSystem(parameter.code, one)) };
  return parameter.type === 'reference' ? inHierarchy(parameter, modifier === 'above', value, base) : undefined;
}

/** `:in` and `:not-in` name one value set: by its URL, or as `ValueSet/id`. */
function inValueSet(parameter: SearchParameter, modifier: 'in' | 'not-in', value: string, base: string | undefined): Expression {
  const [text, ...more] = alternatives(parameter.code, value);
  const given = unescapeValue(text!);
  const valueSet = base && given.startsWith(`${base}/`) ? given.slice(base.length + 1) : given;
  if (more.length > 0 || /\s/.test(valueSet)) throw new SearchSyntaxError(parameter.code, `“${parameter.code}:${modifier}” takes one value set, by its URL or as ValueSet/id.`);
  const test: OpenTest = { op: 'open', ask: 'in', parameter, valueSet };
  return modifier === 'in' ? test : { op: 'not', of: test };
}

/** A code lies above or below others within its system. */
function ofSystem(name: string, text: string): TokenValue {
  const value = parseTokenValue(name, text);
  if (!value.system || value.code === undefined) throw new SearchSyntaxError(name, `“${name}” takes system|code with :above and :below.`);
  return value;
}

/** R4 §3.1.1.4.16: `location:below=42` is 42 and what is part of it, however far down. */
function inHierarchy(parameter: SearchParameter, up: boolean, value: string, base: string | undefined): Expression {
  const of = alternatives(parameter.code, value).flatMap((text) => {
    const { targets } = parseReferenceValue(parameter, text, base);
    return targets.flatMap((name): OpenTest[] => {
      const partOf = partOfParameter(name.slice(0, name.indexOf('/')));
      return partOf ? [{ op: 'open', ask: 'hierarchy', parameter, up, name, partOf }] : [];
    });
  });
  if (of.length === 0) throw new SearchSyntaxError(parameter.code, `What “${parameter.code}” refers to is not part of others of its kind, so there is nothing above or below.`);
  return of.length === 1 ? of[0]! : { op: 'or', of };
}

/** The parameter by which resources of a type say what they are part of. */
function partOfParameter(type: string): SearchParameter | undefined {
  return searchParametersOf(type).find(({ code, targets }) => (code === 'partof' || code === 'part-of') && targets.includes(type));
}
