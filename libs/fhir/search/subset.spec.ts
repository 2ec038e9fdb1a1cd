import type { FhirResource } from '../resource';
import { readSubset } from './parse/read-subset';
import { subsetOf } from './subset';

const observation: FhirResource = {
  resourceType: 'Observation', id: 'o', meta: { versionId: '2', tag: [{ code: 'own' }] }, language: 'en', text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">x</div>' },
  modifierExtension: [{ url: 'http://a.test', valueBoolean: true }], extension: [{ url: 'http://b.test', valueBoolean: true }],
  status: 'final', code: { text: 'c' }, _issued: { extension: [{ url: 'http://c.test', valueString: 'x' }] }, valueQuantity: { value: 1 }, note: [{ text: 'n' }],
  component: [{ code: { text: 'd' }, valueString: 'v', interpretation: [{ text: 'i' }], referenceRange: [{ text: 'r' }] }],
};

const cut = (query: Record<string, string>, resource = observation) => subsetOf(resource, readSubset(resource.resourceType, query));
const names = (query: Record<string, string>) => Object.keys(cut(query)).sort().join(' ');

describe('a subset of a resource', () => {
  it.each([
    [{ _summary: 'true' }, '_issued code component id meta modifierExtension resourceType status valueQuantity'],
    [{ _summary: 'text' }, 'code id meta modifierExtension resourceType status text'],
    [{ _summary: 'data' }, '_issued code component extension id language meta modifierExtension note resourceType status valueQuantity'],
    [{ _elements: 'value,issued' }, '_issued code id meta modifierExtension resourceType status valueQuantity'],
    [{ _elements: 'note', _summary: 'true' }, 'code id meta modifierExtension note resourceType status'],
  ])('%j keeps %s', (query, kept) => expect(names(query as Record<string, string>)).toBe(kept));

  it('leaves out inside of an element what R4 does not count to the summary', () => {
    expect(cut({ _summary: 'true' }).component).toEqual([{ code: { text: 'd' }, valueString: 'v' }]);
    const document: FhirResource = { resourceType: 'DocumentReference', status: 'current', content: [{ attachment: { contentType: 'text/plain', data: 'eA==', url: 'Binary/1' } }] };
    expect(cut({ _summary: 'true' }, document).content).toEqual([{ attachment: { contentType: 'text/plain', url: 'Binary/1' } }]);
    expect(cut({ _summary: 'data' }, document).content).toEqual(document.content);
  });

  it('is tagged once, beside the tags it had', () => {
    const twice = cut({ _summary: 'true' }, cut({ _summary: 'data' }));
    expect(twice.meta!.tag!.map((tag) => tag.code)).toEqual(['own', 'SUBSETTED']);
  });

  it.each([{ _summary: 'count' }, { _summary: 'short' }, { _summary: '' }, { _elements: 'nonsense' }, { _elements: '' }, { _elements: 'code,__proto__' }])('%j is refused to a read', (query: { _summary?: string; _elements?: string }) => {
    expect(() => cut(query as Record<string, string>)).toThrow(/“_(summary|elements)/);
  });
});
