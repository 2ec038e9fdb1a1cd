import type { CompositeTest, CompositeValue, Expression } from '../expression';
import type { SearchParameter } from '../search-parameters';
import { splitValue } from './escape';
import { parseNumberValue, parseQuantityValue } from './number-value';
import { parseReferenceValue } from './reference-value';
import { SearchSyntaxError } from './search-syntax-error';
import { alternatives, knownParameter, parameterTest } from './test-values';
import { parseTokenValue } from './token-value';

/**
 * R4 §3.1.1.4.14: values joined by `$`, which must be found in one element. In the resource itself that is to say all
 * of them; in elements that repeat, the index has them together.
 */
export function compositeTest(parameter: SearchParameter, text: string, base: string | undefined): Expression {
  const { components, whole, indexed } = parameter.composite!;
  const values = alternatives(parameter.code, text).map((value) => {
    const parts = splitValue(value, '$');
    if (parts.length !== components.length) throw new SearchSyntaxError(parameter.code, `“${parameter.code}” takes ${components.join('$')}, joined by “$”.`);
    return parts;
  });
  const forms = whole ? values.map((parts) => together(parameter, whole, parts, base)) : [];
  if (indexed) forms.push(inElements(parameter, values, base));
  return forms.length === 1 ? forms[0]! : { op: 'or', of: forms };
}

/** Whether all components are there, in one element. */
export function compositeMissing(parameter: SearchParameter, missing: boolean): Expression {
  const { whole, indexed } = parameter.composite!;
  const present: Expression[] = whole ? [{ op: 'and', of: whole.map((code) => ({ op: 'missing', parameter: knownParameter(parameter.resource, code), missing: false })) }] : [];
  if (indexed) present.push({ op: 'missing', parameter, missing: false });
  const found: Expression = present.length === 1 ? present[0]! : { op: 'or', of: present };
  return missing ? { op: 'not', of: found } : found;
}

function together({ resource, code: name }: SearchParameter, whole: readonly string[], parts: readonly string[], base: string | undefined): Expression {
  return { op: 'and', of: parts.map((part, index) => parameterTest(knownParameter(resource, whole[index]!), part, { name, ...(base !== undefined && { base }) })) };
}

function inElements(parameter: SearchParameter, values: readonly string[][], base: string | undefined): CompositeTest {
  return { op: 'test', type: 'composite', parameter, values: values.map((parts) => elementValue(parameter, parts, base)) };
}

function elementValue({ code: name, resource, composite }: SearchParameter, parts: readonly string[], base: string | undefined): CompositeValue {
  const components = composite!.components.map((code, index) => ({ parameter: knownParameter(resource, code), text: parts[index]! }));
  const first = components.find(({ parameter }) => parameter.type === 'token')!;
  const token = parseTokenValue(name, first.text);
  const [beside, second] = components.filter((component) => component !== first);
  switch (beside!.parameter.type) {
    case 'token': return { token, besideToken: parseTokenValue(name, beside!.text) };
    case 'quantity': return { token, quantity: parseQuantityValue(name, beside!.text) };
    case 'reference': return { token, reference: parseReferenceValue(beside!.parameter, beside!.text, base) };
    case 'number': return { token, numbers: [parseNumberValue(name, beside!.text), parseNumberValue(name, second!.text)] };
    default: throw new Error(`${name} combines what no index holds together.`);
  }
}
