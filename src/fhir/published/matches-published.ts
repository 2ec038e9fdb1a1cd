import type { Expression, ParameterTest } from '#libs/fhir';
import { foldText } from '../../kernel';
import type { PublishedDefinition } from './published-definition';

/** Whether a definition passes the filters of a search. By what is not among its values nothing is found. */
export function matchesPublished({ values }: PublishedDefinition, filters: readonly Expression[]): boolean {
  return filters.every((filter) => passes(filter, values));
}

type Values = PublishedDefinition['values'];

function passes(expression: Expression, values: Values): boolean {
  switch (expression.op) {
    case 'and': return expression.of.every((one) => passes(one, values));
    case 'or': return expression.of.some((one) => passes(one, values));
    case 'not': return !passes(expression.of, values);
    case 'missing': return (values[expression.parameter.code] ?? []).length === 0 === expression.missing;
    case 'test': return tested(expression, values[expression.parameter.code] ?? []);
    default: return false;
  }
}

function tested(test: ParameterTest, values: readonly string[]): boolean {
  switch (test.type) {
    case 'token': {
      const found = test.values.some(({ code, system }) => values.some((value) => (code === undefined || code === value) && !(code === undefined && system === undefined)));
      return test.modifier === 'not' ? !found : test.modifier === undefined && found;
    }
    case 'uri': return test.modifier === undefined && test.values.some(({ uri }) => values.includes(uri));
    case 'reference': return test.modifier === undefined && test.values.some(({ targets }) => targets.some((target) => values.includes(target)));
    case 'string': return test.values.some(({ text }) => values.some((value) => holds(value, text, test.modifier)));
    default: return false;
  }
}

/** R4 §3.1.1.4.8: from the start, whatever the case and the accents. */
function holds(value: string, text: string, modifier: ParameterTest['modifier']): boolean {
  if (modifier === 'exact') return value === text;
  const [folded, wanted] = [foldText(value), foldText(text)];
  if (modifier === 'contains') return folded.includes(wanted);
  return modifier === undefined && folded.startsWith(wanted);
}
