import type { TypeTables } from '../element-tables';
import type { ElementDefinition, StructureDefinition } from '../official-definitions';
import { printProfile } from './print-profile';
import type { Release } from './release';
import { ReleaseValueSets } from './value-sets';

const row = (name: string, types: string[], more: object = {}) => ({ name, types, many: false, required: false, targets: [], ...more });
const TABLES: TypeTables = new Map([
  ['Element', { name: 'Element', base: undefined, rows: [row('id', ['string'])] }],
  ['Thing', { name: 'Thing', base: undefined, rows: [row('code', ['Code'], { many: true }), row('value[x]', ['string', 'Code']), row('subject', ['Reference'], { targets: ['Patient', 'Group'] })] }],
  ['Code', { name: 'Code', base: 'Element', rows: [row('system', ['uri']), row('code', ['code'])] }],
  ['Reference', { name: 'Reference', base: 'Element', rows: [] }],
]);
const RELEASE: Release = {
  file: 'x', version: '1', structures: [], tables: TABLES, baseKeys: new Map([['Thing', new Set(['th-1'])]]),
  valueSets: new ReleaseValueSets(new Map([['urn:vs', { resourceType: 'ValueSet', url: 'urn:vs', compose: { include: [{ system: 'urn:a', concept: [{ code: 'x' }] }] } }]]), new Map()),
  typeOf: (url) => url.split('/').pop(),
};

type Part = Partial<ElementDefinition> & { id: string; [constant: string]: unknown };
const profile = (...elements: Part[]): StructureDefinition => ({
  resourceType: 'StructureDefinition', id: 'p', url: 'urn:p', type: 'Thing', name: 'P', kind: 'resource', abstract: false, derivation: 'constraint',
  snapshot: { element: [{ id: 'Thing' }, ...elements].map((element) => ({ min: 0, max: '*', path: element.id.replace(/:[^.]*/g, ''), ...element })) },
});
const printed = (...elements: Part[]): string[] => printProfile(profile(...elements), 'p', RELEASE, () => undefined).text.split('\n').slice(1, -1).map((line) => line.trim());
const reference = (...targets: string[]) => ({ type: [{ code: 'Reference', targetProfile: targets.map((target) => `urn:${target}`.replace(':', '/')) }] });

describe(printProfile, () => {
  it.each<[string, Part[], string[]]>([
    ['nothing where a profile wants what the type wants', [{ id: 'Thing.code' }, { id: 'Thing.subject', max: '1', ...reference('Patient', 'Group') }], []],
    ['cardinality', [{ id: 'Thing.code', min: 1, max: '2' }], ["counted(o, t, 'code', 1, 2);"]],
    ['an element that may not be there', [{ id: 'Thing.subject', max: '0' }], ["counted(o, t, 'subject', 0, 0);"]],
    ['a pattern', [{ id: 'Thing.code', patternCode: { system: 'urn:a' } }], ["items(o, t, 'code', (i1) => {", "pattern(i1, t, { system: 'urn:a' });", '});']],
    ['a constant within', [{ id: 'Thing.code' }, { id: 'Thing.code.code', max: '1', fixedCode: 'x' }], ["items(o, t, 'code', (i1) => {", "items(i1, t, 'code', (i2) => {", "fixed(i2, t, 'x');", '});', '});']],
    ['types of a choice', [{ id: 'Thing.value[x]', min: 1, max: '1', type: [{ code: 'string' }] }], ["choiceCounted(o, t, 'value', 1, 1);", "choiceTypes(o, t, 'value', ['valueString']);"]],
    ['targets of a reference', [{ id: 'Thing.subject', max: '1', ...reference('Patient') }], ["items(o, t, 'subject', (i1) => {", "target(i1, t, ['Patient']);", '});']],
    ['required codes', [{ id: 'Thing.code' }, { id: 'Thing.code.code', max: '1', binding: { strength: 'required', valueSet: 'urn:vs' } }], ["items(o, t, 'code', (i1) => {", "items(i1, t, 'code', (i2) => {", "bound(i2, t, VS_urn_vs, 'urn:vs');", '});', '});']],
    [
      'slices',
      [{ id: 'Thing.code', slicing: { discriminator: [{ type: 'value', path: 'code' }], rules: 'closed' } }, { id: 'Thing.code:a', min: 1, max: '1' }, { id: 'Thing.code:a.code', fixedCode: 'x', max: '1' }],
      ["slices(o, t, 'code', true, [", "{ name: 'a', min: 1, max: 1, is: (i) => at(i, 'code').some((v) => isSame(v, 'x')), check: (i1) => {", "items(i1, t, 'code', (i2) => {", "fixed(i2, t, 'x');", '});', '} },', ']);'],
    ],
    ['rules, but for those of the type', [{ id: 'Thing.code', constraint: [{ key: 'p-1', severity: 'error', human: 'A', expression: 'system.exists()' }] }], ["items(o, t, 'code', (i1) => {", 't.hold(p_1, i1);', '});']],
  ])('prints %s', (_, elements, expected) => {
    expect(printed(...elements)).toEqual(expected);
  });

  it.each<[string, Part[], RegExp]>([
    ['slices told by what a reference leads to', [{ id: 'Thing.code', slicing: { discriminator: [{ type: 'value', path: 'resolve().code' }], rules: 'open' } }, { id: 'Thing.code:a' }], /not to be seen/],
    ['slices told by a profile', [{ id: 'Thing.code', slicing: { discriminator: [{ type: 'profile', path: '$this' }], rules: 'open' } }, { id: 'Thing.code:a' }], /discriminators of type profile/],
    ['slices that nothing tells apart', [{ id: 'Thing.code', slicing: { discriminator: [{ type: 'value', path: 'code' }], rules: 'open' } }, { id: 'Thing.code:a' }], /nothing at the discriminator/],
    ['a rule that does not compile', [{ id: 'Thing.code', constraint: [{ key: 'p-1', severity: 'error', human: 'A', expression: 'nothing.exists()' }] }], /no element nothing/],
    ['an element that the type does not have', [{ id: 'Thing.nothing' }], /no element of Thing/],
  ])('fails on %s', (_, elements, reason) => {
    expect(() => printed(...elements)).toThrow(reason);
  });
});
