import type { Coding } from '#libs/fhir';
import {
  builtIn, type CodeSystemResource, type ConceptMapResource, conceptSystem, Evaluation, expand, type ExpandOptions, lookUp, searchCodes, subsumption, type TerminologySource, translate, validateInSet, validateInSystem, type ValueSetResource,
} from './index';

const COLOURS: CodeSystemResource = {
  resourceType: 'CodeSystem', url: 'http://example.org/colours', version: '1', status: 'active', content: 'complete',
  property: [{ code: 'warm', description: 'Is it a warm one?' }],
  concept: [
    { code: 'colour', display: 'Colour', property: [{ code: 'notSelectable', valueBoolean: true }], concept: [
      { code: 'red', display: 'Red', definition: 'As blood.', designation: [{ language: 'de', value: 'Rot' }], property: [{ code: 'warm', valueBoolean: true }], concept: [{ code: 'crimson', display: 'Crimson' }] },
      { code: 'blue', display: 'Blue', property: [{ code: 'status', valueCode: 'retired' }] },
      { code: 'purple', display: 'Purple', property: [{ code: 'parent', valueCode: 'red' }] },
    ] },
  ],
};
const LOINC = 'http://loinc.org';

const set = (url: string, compose: ValueSetResource['compose']): ValueSetResource => ({ resourceType: 'ValueSet', url, status: 'active', compose });

function sourceOf(...own: ValueSetResource[]): TerminologySource {
  return {
    codeSystem: async (url, version) => (url === COLOURS.url && (version ?? '1') === '1' ? COLOURS : builtIn.find<CodeSystemResource>('CodeSystem', url, version)),
    valueSet: async (url, version) => own.find((one) => one.url === url) ?? builtIn.find<ValueSetResource>('ValueSet', url, version),
  };
}

const codes = async (compose: ValueSetResource['compose'], options?: ExpandOptions, ...others: ValueSetResource[]): Promise<string[]> =>
  (await expand(set('http://example.org/x', compose), sourceOf(...others), options)).contains.map(({ code }) => code!);
const filtered = (property: string, op: string, value: string) => codes({ include: [{ system: COLOURS.url, filter: [{ property, op, value }] }] });

describe('built-in terminology', () => {
  it('has the definitions of R4 and of US Core by URL, version and id', () => {
    expect(builtIn.find('ValueSet', 'http://hl7.org/fhir/ValueSet/administrative-gender')).toMatchObject({ id: 'administrative-gender' });
    expect(builtIn.find('ValueSet', 'http://hl7.org/fhir/us/core/ValueSet/us-core-condition-code')).toMatchObject({ version: '8.0.0' });
    expect(builtIn.find('ValueSet', 'http://hl7.org/fhir/us/core/ValueSet/us-core-condition-code', '3.1.1')).toMatchObject({ version: '3.1.1' });
    expect(builtIn.find('ValueSet', 'http://hl7.org/fhir/us/core/ValueSet/omb-race-category')).toMatchObject({ version: '3.1.1' });
    expect(builtIn.find('ValueSet', 'http://hl7.org/fhir/us/core/ValueSet/omb-race-category', '7.0.0')).toMatchObject({ version: '7.0.0' });
    expect(builtIn.byId('CodeSystem', 'condition-category')).toMatchObject({ url: 'http://terminology.hl7.org/CodeSystem/condition-category' });
    expect(builtIn.byId('CodeSystem', 'condition-category-2')).toMatchObject({ url: 'http://hl7.org/fhir/us/core/CodeSystem/condition-category' });
    expect(builtIn.byId('CodeSystem', 'condition-category-3')).toBeUndefined();
    expect(builtIn.byId('ConceptMap', 'cm-address-use-v2')).toMatchObject({ resourceType: 'ConceptMap' });
    expect(builtIn.find('ValueSet', 'http://hl7.org/fhir/ValueSet/administrative-gender', '0.1')).toBeUndefined();
    expect(builtIn.list('CodeSystem').length).toBeGreaterThan(1000);
  });

  it('expands every value set, or says clearly why not', async () => {
    const reasons = new Map<string, number>();
    let expanded = 0;
    for (const { url, version } of builtIn.list('ValueSet')) {
      try {
        await expand(builtIn.find<ValueSetResource>('ValueSet', url, version)!, sourceOf());
        expanded += 1;
      } catch (error) {
        expect(error).toMatchObject({ name: 'TerminologyError' });
        reasons.set((error as { fault: string }).fault, (reasons.get((error as { fault: string }).fault) ?? 0) + 1);
      }
    }
    expect(expanded).toBeGreaterThan(1230);
    expect([...reasons.keys()].sort()).toEqual(['not-found', 'not-supported', 'too-costly']);
  });
});

describe('expanding a value set', () => {
  it('takes a whole system, in its order', async () => expect(await codes({ include: [{ system: COLOURS.url }] })).toEqual(['colour', 'red', 'crimson', 'blue', 'purple']));

  it.each([
    ['concept', 'is-a', 'red', ['red', 'crimson', 'purple']],
    ['concept', 'descendent-of', 'red', ['crimson', 'purple']],
    ['concept', 'is-not-a', 'red', ['colour', 'blue']],
    ['concept', 'generalizes', 'crimson', ['colour', 'red', 'crimson']],
    ['code', 'in', 'red, blue', ['red', 'blue']],
    ['code', 'not-in', 'red,blue', ['colour', 'crimson', 'purple']],
    ['warm', '=', 'true', ['red']],
    ['warm', 'exists', 'false', ['colour', 'crimson', 'blue', 'purple']],
    ['display', 'regex', '[BP]l?u.*', ['blue', 'purple']],
    ['parent', '=', 'red', ['crimson', 'purple']],
  ])('filters on %s %s %s', async (property, op, value, expected) => expect(await filtered(property, op, value)).toEqual(expected));

  it.each([
    ['hue', '=', 'x', 'cannot be filtered on “hue”'],
    ['concept', 'is-a', 'green', 'not in http://example.org/colours'],
    ['code', 'close-to', 'red', 'operator'],
    ['warm', 'is-a', 'red', 'cannot be filtered'],
    ['code', 'regex', '(?=red)', 'regular expression'],
  ])('refuses a filter on %s %s %s', async (property, op, value, message) => await expect(filtered(property, op, value)).rejects.toThrow(message));

  it('intersects filters and imports, joins includes, takes away excludes', async () => {
    const warm = set('http://example.org/warm', { include: [{ system: COLOURS.url, concept: [{ code: 'red' }, { code: 'crimson' }] }] });
    expect(await codes({ include: [{ system: COLOURS.url, filter: [{ property: 'concept', op: 'descendent-of', value: 'colour' }], valueSet: [warm.url!] }] }, {}, warm)).toEqual(['red', 'crimson']);
    expect(await codes({ include: [{ valueSet: [warm.url!] }, { system: COLOURS.url, concept: [{ code: 'blue' }] }], exclude: [{ system: COLOURS.url, concept: [{ code: 'red' }] }] }, {}, warm)).toEqual(['crimson', 'blue']);
  });

  it('pages, filters by text, and drops what is inactive or not to be chosen', async () => {
    const all = { include: [{ system: COLOURS.url }] };
    expect(await codes(all, { offset: 1, count: 2 })).toEqual(['red', 'crimson']);
    expect(await codes(all, { matches: (texts) => texts.includes('Rot') })).toEqual(['red']);
    expect(await codes(all, { activeOnly: true, forSelection: true })).toEqual(['red', 'crimson', 'purple']);
    expect(await codes({ ...all, inactive: false })).not.toContain('blue');
    const german = await expand(set('x', all), sourceOf(), { language: 'de-AT', nest: true, includeDesignations: true });
    expect(german.contains).toMatchObject([{ code: 'colour', abstract: true, contains: [{ code: 'red', display: 'Rot', designation: [{ language: 'de' }], contains: [{ code: 'crimson' }] }, { code: 'blue', inactive: true }, { code: 'purple' }] }]);
  });

  it('gives the listed codes of a system that is not at hand, and says so when it would need all of them', async () => {
    expect(await codes({ include: [{ system: LOINC, concept: [{ code: '8867-4', display: 'Heart rate' }] }] })).toEqual(['8867-4']);
    await expect(codes({ include: [{ system: LOINC }] })).rejects.toMatchObject({ fault: 'too-costly', message: expect.stringContaining(LOINC) });
    await expect(codes({ include: [{ system: LOINC, filter: [{ property: 'SCALE_TYP', op: '=', value: 'Doc' }] }] })).rejects.toMatchObject({ fault: 'too-costly' });
  });

  it('refuses a value set that imports itself, and one that imports what is not there', async () => {
    const a = set('http://example.org/a', { include: [{ valueSet: ['http://example.org/b'] }] });
    const b = set('http://example.org/b', { include: [{ valueSet: ['http://example.org/a'] }] });
    await expect(expand(a, sourceOf(a, b))).rejects.toThrow('includes itself');
    await expect(expand(a, sourceOf(a))).rejects.toThrow('not known here');
  });
});

describe('validating a code', () => {
  const judge = async (compose: ValueSetResource['compose'], coding: Coding) => validateInSet(await new Evaluation(sourceOf()).of(set('x', compose)), coding, 'x', sourceOf());

  it('tells members from others, and the right display from a wrong one', async () => {
    const compose = { include: [{ system: COLOURS.url }], exclude: [{ system: COLOURS.url, concept: [{ code: 'blue' }] }] };
    expect(await judge(compose, { system: COLOURS.url, code: 'red', display: 'rot' })).toEqual({ result: true, display: 'Red' });
    expect(await judge(compose, { code: 'red' })).toMatchObject({ result: true });
    expect(await judge(compose, { system: COLOURS.url, code: 'blue' })).toMatchObject({ result: false });
    expect(await judge(compose, { system: COLOURS.url, code: 'red', display: 'Green' })).toMatchObject({ result: false, message: expect.stringContaining('“Red”'), display: 'Red' });
  });

  it('does not claim to know codes of a system that is not at hand', async () => {
    expect(await judge({ include: [{ system: LOINC }] }, { system: LOINC, code: '1-8' })).toMatchObject({ result: true, message: expect.stringContaining('cannot be told') });
    expect(await judge({ include: [{ system: LOINC, filter: [{ property: 'a', op: '=', value: 'b' }] }] }, { system: LOINC, code: '1-8' })).toMatchObject({ result: false, message: expect.stringContaining('cannot be told') });
    expect(await judge({ include: [{ system: LOINC }] }, { system: COLOURS.url, code: 'red' })).toMatchObject({ result: false });
  });

  it('validates in a code system', () => {
    const system = conceptSystem(COLOURS);
    expect(validateInSystem(system, { code: 'crimson', display: 'Crimson' })).toEqual({ result: true, display: 'Crimson' });
    expect(validateInSystem(system, { code: 'Crimson' })).toMatchObject({ result: false });
    expect(validateInSystem(system, { code: 'colour' }, false)).toMatchObject({ result: false });
  });
});

describe('code systems and maps', () => {
  const system = conceptSystem(COLOURS);

  it('looks up a code with its properties', () => {
    expect(lookUp(system, 'red', { properties: [], language: 'de' })).toMatchObject({ display: 'Rot', properties: expect.arrayContaining([{ code: 'definition', valueString: 'As blood.' }, { code: 'parent', valueCode: 'colour', description: 'Colour' }, { code: 'warm', valueBoolean: true, description: 'Is it a warm one?' }]) });
    expect(lookUp(system, 'red', { properties: ['child'] }).properties.map(({ valueCode }) => valueCode)).toEqual(['crimson', 'purple']);
    expect(() => lookUp(system, 'green', { properties: [] })).toThrow('not in');
  });

  it.each([['red', 'red', 'equivalent'], ['colour', 'purple', 'subsumes'], ['crimson', 'red', 'subsumed-by'], ['blue', 'red', 'not-subsumed']])('%s and %s: %s', (a, b, expected) => {
    expect(subsumption(system.concept(a)!, system.concept(b)!)).toBe(expected);
  });

  it('knows further parents from properties of R4', () => {
    const routes = conceptSystem(builtIn.find<CodeSystemResource>('CodeSystem', 'http://terminology.hl7.org/CodeSystem/v3-NullFlavor')!);
    expect(subsumption(routes.concept('NI')!, routes.concept('UNK')!)).toBe('subsumes');
  });

  it('translates, both ways, with what is unmapped', async () => {
    const map = builtIn.byId<ConceptMapResource>('ConceptMap', 'cm-address-use-v2')!;
    expect(await translate(map, { system: 'http://hl7.org/fhir/address-use', code: 'old' })).toMatchObject([{ equivalence: 'wider', concept: { code: 'BA' }, comment: 'unclear about old addresses' }]);
    expect(await translate(map, { code: 'BA' }, { reverse: true })).toMatchObject([{ equivalence: 'narrower', concept: { system: 'http://hl7.org/fhir/address-use', code: 'old' } }]);
    expect(await translate(map, { system: 'http://example.org', code: 'old' })).toEqual([]);
    const fixed: ConceptMapResource = { resourceType: 'ConceptMap', group: [{ source: 'a', target: 'b', unmapped: { mode: 'fixed', code: 'other' } }] };
    expect(await translate(fixed, { system: 'a', code: 'x' })).toMatchObject([{ concept: { system: 'b', code: 'other' } }]);
  });

  it('lists codes to search for', async () => {
    const list = (compose: ValueSetResource['compose']) => searchCodes(set('x', compose), sourceOf());
    expect(await list({ include: [{ system: LOINC }, { system: COLOURS.url, concept: [{ code: 'red' }] }] })).toEqual([{ system: LOINC }, { system: COLOURS.url, code: 'red' }]);
    await expect(list({ include: [{ system: LOINC }], exclude: [{ system: LOINC, concept: [{ code: '1-8' }] }] })).rejects.toThrow('cannot be searched');
  });
});
