import type { CodeSystem, ValueSet, ValueSetInclude } from '../official-definitions';
import { ReleaseValueSets } from './value-sets';

const valueSet = (name: string, include: ValueSetInclude[], exclude?: ValueSetInclude[]): [string, ValueSet] => {
  const url = `urn:x/ValueSet/${name}`;
  return [url, { resourceType: 'ValueSet', url, compose: { include, ...(exclude && { exclude }) } }];
};
const system = (url: string, content: string, ...codes: string[]): [string, CodeSystem] => [url, { resourceType: 'CodeSystem', url, content, concept: codes.map((code) => ({ code, concept: [{ code: `${code}1` }] })) }];

const SETS = new Map([
  valueSet('listed', [{ system: 'urn:a', concept: [{ code: 'x' }, { code: 'y' }] }]),
  valueSet('whole', [{ system: 'urn:known' }]),
  valueSet('filtered', [{ system: 'urn:known', filter: [{}] }]),
  valueSet('foreign', [{ system: 'urn:loinc' }]),
  valueSet('nested', [{ valueSet: ['urn:x/ValueSet/listed|1.0'] }, { system: 'urn:b', concept: [{ code: 'z' }] }]),
  valueSet('without', [{ system: 'urn:a', concept: [{ code: 'x' }, { code: 'y' }] }], [{ system: 'urn:a', concept: [{ code: 'y' }] }]),
  valueSet('lost', [{ valueSet: ['urn:x/ValueSet/nowhere'] }]),
]);
const SYSTEMS = new Map([system('urn:known', 'complete', 'p', 'q'), system('urn:loinc', 'fragment', 'r')]);

describe(ReleaseValueSets, () => {
  it.each([
    ['listed', 'urn:a x y'],
    ['whole', 'urn:known p p1 q q1'],
    ['filtered', 'urn:known *'],
    ['foreign', 'urn:loinc *'],
    ['nested', 'urn:a x y\nurn:b z'],
    ['without', 'urn:a x'],
  ])('expands one that is %s', (name, text) => {
    const sets = new ReleaseValueSets(SETS, SYSTEMS);
    expect(sets.use(`urn:x/ValueSet/${name}|2.0`)).toBe(`VS_${name}`);
    expect(sets.print()).toEqual([`const VS_${name} = codesOfSystems(\`${text}\`);`]);
  });

  it.each(['lost', 'nowhere'])('says nothing of one that is %s', (name) => {
    const sets = new ReleaseValueSets(SETS, SYSTEMS);
    expect(sets.use(`urn:x/ValueSet/${name}`)).toBeUndefined();
    expect(sets.print()).toEqual([]);
  });
});
