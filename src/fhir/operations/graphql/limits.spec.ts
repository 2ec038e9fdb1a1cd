import { getIntrospectionQuery, parse } from 'graphql';
import { clock } from '../../../kernel';
import { checkExtent, LIMITS } from './limits';
import { Budget } from './resolve/budget';

const check = (query: string) => () => checkExtent(parse(query));
const times = (count: number, of: (index: number) => string): string => Array.from({ length: count }, (_, index) => of(index)).join(' ');

describe('what a query may come to', () => {
  it.each([
    ['as many fields as are allowed', `{ ${times(LIMITS.fields, () => 'a')} }`], ['as many aliases', `{ ${times(LIMITS.aliases, (index) => `a${index}: b`)} }`],
    ['as many levels', `${'{ a '.repeat(LIMITS.depth)}${'}'.repeat(LIMITS.depth)}`], ['a fragment used twice', '{ ...f b { ...f } } fragment f on X { a }'],
    ['the fields of a type', '{ __type(name: "X") { fields { name type { ofType { ofType { name } } } args { type { name } } } } }'],
  ])('%s', (_, query) => expect(check(query)).not.toThrow());

  it.each([
    ['a field more', `{ ${times(LIMITS.fields + 1, () => 'a')} }`], ['an alias more', `{ ${times(LIMITS.aliases + 1, (index) => `a${index}: b`)} }`], ['a level more', `${'{ a '.repeat(LIMITS.depth + 1)}${'}'.repeat(LIMITS.depth + 1)}`],
    ['fields in fragments', `{ ...a ...a } fragment a on X { ${times(LIMITS.fields / 2, () => 'x')} y }`], ['fragments that double thirty times', `{ ...f0 } ${times(30, (index) => `fragment f${index} on X { ...f${index + 1} ...f${index + 1} }`)} fragment f30 on X { a b c }`],
    ['fragments that hold each other', '{ ...a } fragment a on X { ...b } fragment b on X { ...a }'], ['one that nobody uses', '{ a } fragment a on X { ...a }'], ['the whole schema', getIntrospectionQuery()], ['the schema in fragments', '{ ...s } fragment s on Query { __schema { types { ...t } } } fragment t on __Type { fields { name } }'],
  ])('but not %s', (_, query) => {
    const started = performance.now();
    expect(check(query)).toThrow();
    expect(performance.now() - started).toBeLessThan(200);
  });

  it('is stopped after so many seconds', () => {
    const budget = new Budget();
    budget.spend('searches');
    const later = clock.now() + 11_000;
    const now = jest.spyOn(clock, 'now').mockReturnValue(later);
    expect(() => budget.spend('searches')).toThrow(/seconds/);
    now.mockRestore();
  });
});
