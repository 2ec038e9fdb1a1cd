import type { Expression, StringTest } from '../expression';
import { phoneticKeys } from '../phonetic';
import type { SearchParameter } from '../search-parameters';
import { unescapeValue } from './escape';
import { SearchSyntaxError } from './search-syntax-error';
import { alternatives } from './test-values';

/** R4 leaves the algorithm open. All words of a value must sound like one of the resource's. */
export const isPhonetic = ({ code, type }: SearchParameter): boolean => code === 'phonetic' && type === 'string';

export function phoneticTest(parameter: SearchParameter, text: string): Expression {
  const of = alternatives(parameter.code, text).map((value): Expression => {
    const keys = phoneticKeys(unescapeValue(value));
    if (keys.length === 0) throw new SearchSyntaxError(parameter.code, `“${parameter.code}” takes a name.`);
    const tests = keys.map((key): StringTest => ({ op: 'test', type: 'string', parameter, modifier: 'equal', values: [{ text: key }] }));
    return tests.length === 1 ? tests[0]! : { op: 'and', of: tests };
  });
  return of.length === 1 ? of[0]! : { op: 'or', of };
}
