import type { TypeTables } from '../element-tables';
import { NotCompilable } from './code';
import { compileExpression } from './compile-path';

const row = (name: string, types: string[], many = false) => ({ name, types, many, required: false, targets: [] });
const TABLES: TypeTables = new Map([
  ['Element', { name: 'Element', base: undefined, rows: [row('id', ['string']), row('extension', ['Thing.part'], true)] }],
  ['Thing', { name: 'Thing', base: undefined, rows: [row('part', ['Thing.part'], true), row('value[x]', ['string', 'Range']), row('code', ['code'])] }],
  ['Thing.part', { name: 'Thing.part', base: 'Element', rows: [row('code', ['code'])] }],
  ['Range', { name: 'Range', base: 'Element', rows: [] }],
]);
const compiled = (expression: string): string => compileExpression(expression, ['Thing'], undefined, TABLES).js;

describe(compileExpression, () => {
  it.each([
    ['code.exists()', "one(o, 'code', '_code') !== undefined"],
    ['part.exists()', "many(o, 'part').length > 0"],
    ['value.empty()', "!(choice(o, 'value').length > 0)"],
    ['value is Range', "one(o, 'valueRange') !== undefined"],
    ['part is Range', 'false'],
    ["part.where(code = 'x').empty()", "!(many(o, 'part').filter((a) => is(one(a, 'code', '_code'), 'x') === true).length > 0)"],
    ["code in 'a'|'b'", "isIn(one(o, 'code', '_code'), ['a', 'b'])"],
    ['Thing.part.count() > 1', "mayBeLess(1, many(o, 'part').length, false)"],
    ["code.matches('^a+$')", "matches(one(o, 'code', '_code'), /^(?:a+)$/s)"],
  ])('turns %s into %s', (expression, expected) => {
    expect(compiled(expression)).toBe(expected);
  });

  it.each([
    ['nothing.exists()', /no element nothing/],
    ['part.nothing', /no element nothing/],
    ['value is Quantity', /never/],
    ['code.memberOf(%x)', /memberOf\(\) is not compiled/],
    ['%unknown', /not known/],
    ['-code', /negative/],
    ['code ~ code', /not compiled/],
    ['part[code]', /constant index/],
  ])('refuses %s with a reason', (expression, reason) => {
    expect(() => compiled(expression)).toThrow(NotCompilable);
    expect(() => compiled(expression)).toThrow(reason);
  });
});
