import { elementPaths } from './element-paths';
import type { TypeTables } from './element-tables';
import { parseSearchExpression } from './search-expression';

const row = (name: string, types: string[], many = false) => ({ name, types, many, required: false, targets: [] });
const TABLES: TypeTables = new Map([
  ['Base', { name: 'Base', base: undefined, rows: [row('id', ['id'])] }],
  ['Thing', { name: 'Thing', base: 'Base', rows: [row('part', ['Thing.part'], true), row('value[x]', ['string', 'Range'])] }],
  ['Thing.part', { name: 'Thing.part', base: undefined, rows: [row('code', ['code'])] }],
]);

function paths(expression: string): string[] {
  return parseSearchExpression(expression).flatMap((term) => elementPaths(term, 'Thing', TABLES)).map((path) => `${path.hops.map((hop) => hop.name + (hop.many ? '*' : '')).join('.')}: ${path.type}`);
}

describe(elementPaths, () => {
  it.each([
    ['Thing.id', ['id: id']],
    ['Thing.part.code', ['part*.code: code']],
    ['Thing.value', ['valueString: string', 'valueRange: Range']],
    ['(Thing.value as Range)', ['valueRange: Range']],
    ['Thing.id.as(id)', ['id: id']],
  ])('leads %s to %j', (expression, expected) => {
    expect(paths(expression)).toEqual(expected);
  });

  it.each(['Thing.nothing', 'Thing.part.nothing', '(Thing.value as Quantity)', '(Thing.id as string)', '(Thing as Range)'])('fails on %s', (expression) => {
    expect(() => paths(expression)).toThrow();
  });
});
