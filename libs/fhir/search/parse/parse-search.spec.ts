import type { Expression } from '../expression';
import { searchParameter } from '../search-parameters';
import { splitValue, unescapeValue } from './escape';
import { parseFilter } from './filter';
import { SEARCH_LIMITS } from './limits';
import { parseSearch } from './parse-search';
import { SearchSyntaxError } from './search-syntax-error';

const BASE = 'https://salus.test/fhir';
const filter = (type: string, name: string, value: string): Expression | undefined => parseFilter(type, name, value, { base: BASE });
const values = (type: string, name: string, value: string): unknown => (filter(type, name, value) as { values: unknown[] }).values;
const day = (text: string): number => Date.parse(`${text}T00:00:00Z`);

describe('splitValue and unescapeValue', () => {
  it.each([
    ['a,b', ['a', 'b']], ['a\\,b,c', ['a,b', 'c']], ['a\\\\,b', ['a\\', 'b']], ['\\', ['\\']], [',', ['', '']], ['a\\|b', ['a|b']], ['a\\x', ['a\\x']],
  ])('%j gives %j', (text, parts) => {
    expect(splitValue(text, ',').map(unescapeValue)).toEqual(parts);
  });
});

describe('values, by the type of their parameter', () => {
  it.each<[string, string, string, unknown]>([
    ['Patient', 'gender', 'male', [{ code: 'male' }]],
    ['Patient', 'identifier', 'urn:a|1', [{ system: 'urn:a', code: '1' }]],
    ['Patient', 'identifier', '|1', [{ system: '', code: '1' }]],
    ['Patient', 'identifier', 'urn:a|', [{ system: 'urn:a' }]],
    ['Patient', 'identifier', 'a\\|b', [{ code: 'a|b' }]],
    ['Patient', 'family', 'a,b', [{ text: 'a' }, { text: 'b' }]],
    ['Patient', 'birthdate', '1980-05', [{ prefix: 'eq', lo: day('1980-05-01'), hi: day('1980-06-01') }]],
    ['Patient', 'birthdate', 'ge1980', [{ prefix: 'ge', lo: day('1980-01-01'), hi: day('1981-01-01') }]],
    ['Patient', '_lastUpdated', 'lt2024-02-29T23:00:00-01:00', [{ prefix: 'lt', lo: day('2024-03-01'), hi: day('2024-03-01') + 1000 }]],
    ['Observation', 'date', '2024-01-01T00:00:00 01:00', [{ prefix: 'eq', lo: day('2024-01-01') - 3_600_000, hi: day('2024-01-01') - 3_599_000 }]],
    ['Observation', 'value-quantity', 'gt100', [{ prefix: 'gt', value: 100, lo: 99.5, hi: 100.5 }]],
    ['Observation', 'value-quantity', '5.40|urn:u|mg', [{ prefix: 'eq', value: 5.4, lo: 5.395, hi: 5.405, system: 'urn:u', code: 'mg' }]],
    ['Observation', 'value-quantity', '-1||mg', [{ prefix: 'eq', value: -1, lo: -1.5, hi: -0.5, code: 'mg' }]],
    ['Observation', 'patient', '1', [{ targets: ['Patient/1'], canonical: false }]],
    ['Observation', 'patient', 'Patient/1', [{ targets: ['Patient/1'], canonical: false }]],
    ['Observation', 'patient', `${BASE}/Patient/1`, [{ targets: ['Patient/1'], canonical: false }]],
    ['Observation', 'patient', 'https://else.test/Patient/1', [{ targets: ['https://else.test/Patient/1'], canonical: true }]],
    ['Observation', 'subject:Patient', '1', [{ targets: ['Patient/1'], canonical: false }]],
    ['Observation', 'subject:Patient', 'Group/1', [{ targets: [], canonical: false }]],
    ['Observation', 'subject', `${BASE}/Patient/1/_history/2`, [{ targets: ['Patient/1/_history/2'], canonical: false, versioned: true }]],
    ['Patient', '_profile', 'http://p', [{ uri: 'http://p', canonical: true }]],
    ['Patient', '_profile', 'http://p|1', [{ uri: 'http://p|1' }]],
    ['Patient', 'identifier:of-type', 's|MR|1', [{ token: { system: 's', code: 'MR' }, besideToken: { code: '1' } }]],
    ['Observation', 'component-code-value-quantity', 'a|b$gt5', [{ token: { system: 'a', code: 'b' }, quantity: { prefix: 'gt', value: 5, lo: 4.5, hi: 5.5 } }]],
    ['DocumentReference', 'relationship', 'DocumentReference/1$replaces', [{ token: { code: 'replaces' }, reference: { targets: ['DocumentReference/1'], canonical: false } }]],
    ['QuestionnaireResponse', 'questionnaire', 'http://q|1.0', [{ targets: ['http://q|1.0'], canonical: false }]],
    ['ValueSet', 'url', 'urn:oid:1.2', [{ uri: 'urn:oid:1.2' }]],
  ])('%s?%s=%s', (type, name, value, expected) => {
    expect(values(type, name, value)).toEqual(expected);
  });

  it('an id alone may be of any type that the parameter leads to', () => {
    expect(values('Observation', 'subject', '1')).toEqual([{ targets: ['Device/1', 'Group/1', 'Location/1', 'Patient/1'], canonical: false }]);
  });
});

describe('the tree', () => {
  it('keeps the modifier, and what :missing asks', () => {
    expect(filter('Patient', 'family:exact', 'x')).toMatchObject({ op: 'test', modifier: 'exact' });
    expect(filter('Patient', 'family:missing', 'true')).toMatchObject({ op: 'missing', missing: true });
    expect(filter('Patient', 'organization:identifier', 'a|b')).toMatchObject({ op: 'test', type: 'token', modifier: 'identifier', values: [{ system: 'a', code: 'b' }] });
  });

  it('follows a chain to every type that has the rest of it', () => {
    const chain = filter('Observation', 'subject.name', 'x') as { through: { type: string }[] };
    expect(chain.through.map((step) => step.type)).toEqual(['Location', 'Patient']);
    expect(filter('Observation', 'subject:Patient.name', 'x')).toMatchObject({ op: 'chain', parameter: { code: 'subject' }, through: [{ type: 'Patient', of: { op: 'test', parameter: { code: 'name' } } }] });
  });

  it('turns a reverse chain round', () => {
    expect(filter('Patient', '_has:Observation:patient:code', 'x')).toMatchObject({ op: 'has', type: 'Observation', parameter: { id: searchParameter('Observation', 'patient')!.id }, of: { parameter: { code: 'code' } } });
  });

  it('has no place for what the type does not know', () => {
    expect(filter('Patient', 'shoe-size', '9')).toBeUndefined();
    expect(filter('Patient', 'shoe-size.name', '9')).toBeUndefined();
  });
});

describe('parseSearch', () => {
  it('reads what shapes the answer', () => {
    expect(parseSearch('Patient', [['_count', '7'], ['_sort', '-birthdate,family'], ['_total', 'accurate'], ['_summary', 'data'], ['_elements', 'name,deceased'], ['_cursor', 'c'], ['_include', 'Patient:organization:Organization'], ['_revinclude:iterate', 'Observation:patient']])).toMatchObject({
      count: 7,
      sort: [{ parameter: { code: 'birthdate' }, descending: true }, { parameter: { code: 'family' }, descending: false }],
      total: 'accurate', summary: 'data', elements: ['name', 'deceased'], cursor: 'c',
      includes: [{ source: 'Patient', parameter: { code: 'organization' }, target: 'Organization', iterate: false }],
      revincludes: [{ source: 'Observation', parameter: { code: 'patient' }, iterate: true }],
    });
  });

  it('caps the page size, and gives one where none is asked', () => {
    expect(parseSearch('Patient', [['_count', '999999']]).count).toBe(SEARCH_LIMITS.maxCount);
    expect(parseSearch('Patient', []).count).toBe(SEARCH_LIMITS.defaultCount);
  });

  it('sorts every parameter into used and unknown', () => {
    const request = parseSearch('Patient', [['family', 'x'], ['shoe-size', '9'], ['_format', 'json'], ['shoe-size', '8'], ['_count', '5']]);
    expect(request.used).toEqual([['family', 'x'], ['_count', '5']]);
    expect(request.unknown).toEqual(['shoe-size']);
    expect(request.filters).toHaveLength(1);
  });

  it.each([
    ['family', 'value', [['family:not', 'x']]], ['gender', 'value', [['gender:of-type', 'x']]], ['_filter', 'value', [['_filter', 'x']]], ['_list', 'not-supported', [['_list', '$current-problems']]], ['_query', 'not-supported', [['_query', 'x']]], ['family', 'too-costly', [['family', 'x,'.repeat(300)]]],
  ] as [string, string, [string, string][]][])('names %s and says %s', (parameter, fault, parameters) => {
    expect(() => parseSearch('Patient', parameters)).toThrow(expect.objectContaining({ parameter, fault }));
    expect(() => parseSearch('Patient', parameters)).toThrow(SearchSyntaxError);
  });

  it.each<[string, string, string]>([
    ['“shoe-size”', '_sort', '-shoe-size'], ['“:exact”', 'gender:exact', 'x'], ['“:iterate”', '_sort:iterate', 'x'], ['“nope”', '_include', 'Patient:nope'],
    ['“nope.name”', 'organization.nope.name', 'x'], ['“_has:Observation:nope:code”', '_has:Observation:nope:code', 'x'], ['“nope”', '_has:Observation:patient:nope', 'x'],
  ])('says that it was %s that is wrong with %s', (wrong, name, value) => {
    expect(() => parseSearch('Patient', [[name, value]])).toThrow(expect.objectContaining({ message: expect.stringContaining(wrong) }));
  });

  it.each([['_sort', '<b>Smith</b>'], ['_include', 'Patient:Smith, John'], ['_sort', `Smith${'h'.repeat(200)}`]])('does not repeat what is no name, in %s', (name, value) => {
    expect(() => parseSearch('Patient', [[name, value]])).toThrow(expect.objectContaining({ message: expect.not.stringContaining('Smith') }));
  });
});
