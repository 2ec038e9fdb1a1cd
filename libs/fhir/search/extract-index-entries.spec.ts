import { Decimal } from '../json/decimal';
import type { FhirResource } from '../resource';
import { extractIndexEntries } from './extract-index-entries';
import { type IndexKind, MAX_INSTANT } from './index-entries';
import { identifierTypeParam, referenceIdentifierParam, tokenTextParam, versionedReferenceParam } from './parameter-id';
import { searchParameter } from './search-parameters';

const day = (text: string): number => Date.parse(`${text}T00:00:00Z`);
const MAX = Number.MAX_VALUE;

/** The entries a resource has under a parameter of its type, without the parameter's number. */
function entriesOf(resource: FhirResource, code: string): object[] {
  const parameter = searchParameter(resource.resourceType, code);
  if (!parameter?.kind) throw new Error(`${code} is in no index`);
  return under(resource, parameter.kind, parameter.id);
}

function under(resource: FhirResource, kind: IndexKind, id: number): object[] {
  return extractIndexEntries(resource)[kind].filter((entry) => entry.param === id).map(({ param: _, ...entry }) => entry);
}

const patient = (elements: object): FhirResource => ({ resourceType: 'Patient', ...elements });
const observation = (elements: object): FhirResource => ({ resourceType: 'Observation', ...elements });
const token = (system: string, code: string): object => ({ system, code });
const quantity = (value: number, lo: number, hi: number, system = '', code = ''): object => ({ value, lo, hi, system, code });
const target = (reference: string): object => ({ target: reference });
const value = (text: string): object => ({ value: text });

type Row = [string, FhirResource, string, object[]];

describe(extractIndexEntries, () => {
  describe('token', () => {
    it.each<Row>([
      ['every coding of a concept, not its text', observation({ code: { coding: [{ system: 'http://loinc.org', code: '1-8' }, { code: 'local' }, { display: 'x' }], text: 'y' } }), 'code', [token('http://loinc.org', '1-8'), token('', 'local')]],
      ['a coding', { resourceType: 'Encounter', class: { system: 's', code: 'AMB' } }, 'class', [token('s', 'AMB')]],
      ['an identifier, with and without system', patient({ identifier: [{ system: 's', value: '1' }, { value: '2' }, { system: 's' }] }), 'identifier', [token('s', '1'), token('', '2')]],
      ['a contact point without its system', patient({ telecom: [{ system: 'phone', value: '555' }, { value: '556' }] }), 'telecom', [token('', '555'), token('', '556')]],
      ['a contact point of one system', patient({ telecom: [{ system: 'phone', value: '555' }, { system: 'email', value: 'a@b' }] }), 'email', [token('', 'a@b')]],
      ['a code', patient({ gender: 'female' }), 'gender', [token('', 'female')]],
      ['a boolean, also if false', patient({ active: false }), 'active', [token('', 'false')]],
      ['a string', { resourceType: 'ValueSet', version: '1.0' }, 'version', [token('', '1.0')]],
      ['an id', { resourceType: 'ImagingStudy', series: [{ uid: '1.2' }] }, 'series', [token('', '1.2')]],
      ['a uri', { resourceType: 'MessageHeader', eventUri: 'http://e' }, 'event', [token('', 'http://e')]],
      ['labels of any resource', { resourceType: 'Basic', meta: { tag: [{ system: 's', code: 't' }], security: [{ code: 'R' }] } }, '_tag', [token('s', 't')]],
      ['that a patient died, by flag', patient({ deceasedBoolean: true }), 'deceased', [token('', 'true')]],
      ['that a patient died, by date', patient({ deceasedDateTime: '2020' }), 'deceased', [token('', 'true')]],
      ['that a patient lives', patient({ deceasedBoolean: false }), 'deceased', [token('', 'false')]],
      ['that nothing is known of a death', patient({}), 'deceased', [token('', 'false')]],
      ['a role of US Core', { resourceType: 'CareTeam', participant: [{ role: [{ coding: [{ code: 'x' }] }] }] }, 'role', [token('', 'x')]],
      ['a race of US Core, not an ethnicity', patient({ extension: [
        { url: 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-race', extension: [{ url: 'ombCategory', valueCoding: { system: 's', code: '2106-3' } }] },
        { url: 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-ethnicity', extension: [{ url: 'ombCategory', valueCoding: { system: 's', code: '2186-5' } }] },
      ] }), 'race', [token('s', '2106-3')]],
    ])('takes %s', (_, resource, code, expected) => {
      expect(entriesOf(resource, code)).toEqual(expected);
    });
  });

  describe('string', () => {
    const name = { text: 'Dr. Ann B. Clay', family: 'Clay', given: ['Ann', null, 'B.'], prefix: ['Dr.'], suffix: ['MD'] };
    const address = { text: 't', line: ['1 Main', 'Apt 2'], city: 'Town', district: 'd', state: 'MA', postalCode: '01234', country: 'US', use: 'home' };
    it.each<Row>([
      ['every part of a name', patient({ name: [name] }), 'name', ['Dr. Ann B. Clay', 'Clay', 'Ann', 'B.', 'Dr.', 'MD'].map(value)],
      ['the given names alone', patient({ name: [name, { given: ['C'] }] }), 'given', ['Ann', 'B.', 'C'].map(value)],
      ['every part of an address', patient({ address: [address] }), 'address', ['t', '1 Main', 'Apt 2', 'Town', 'd', 'MA', '01234', 'US'].map(value)],
      ['a string', { resourceType: 'Organization', name: 'A', alias: ['B'] }, 'name', [value('A'), value('B')]],
      ['markdown', { resourceType: 'ValueSet', description: '# x' }, 'description', [value('# x')]],
      ['a path that names no type', { resourceType: 'InsurancePlan', name: 'A', alias: ['B'] }, 'name', [value('A'), value('B')]],
    ])('takes %s', (_, resource, code, expected) => {
      expect(entriesOf(resource, code)).toEqual(expected);
    });
  });

  describe('date', () => {
    const span = (lo: number, hi: number): object => ({ lo, hi });
    it.each<Row>([
      ['a date', patient({ birthDate: '2000-01' }), 'birthdate', [span(day('2000-01-01'), day('2000-02-01'))]],
      ['a dateTime of a choice', observation({ effectiveDateTime: '2000-01-01' }), 'date', [span(day('2000-01-01'), day('2000-01-02'))]],
      ['an instant of a choice', observation({ effectiveInstant: '2000-01-01T00:00:00Z' }), 'date', [span(day('2000-01-01'), day('2000-01-01') + 1000)]],
      ['a period', observation({ effectivePeriod: { start: '2000', end: '2001-03-05' } }), 'date', [span(day('2000-01-01'), day('2001-03-06'))]],
      ['a period without end', { resourceType: 'Encounter', period: { start: '2000' } }, 'date', [span(day('2000-01-01'), MAX_INSTANT)]],
      ['a period without start', { resourceType: 'Encounter', period: { end: '2000' } }, 'date', [span(-MAX_INSTANT, day('2001-01-01'))]],
      ['a period of nothing', { resourceType: 'Encounter', period: { extension: [] } }, 'date', []],
      ['a timing', observation({ effectiveTiming: { event: ['2000', '2001'], repeat: { boundsPeriod: { start: '2002', end: '2003' } } } }), 'date', [
        span(day('2000-01-01'), day('2001-01-01')), span(day('2001-01-01'), day('2002-01-01')), span(day('2002-01-01'), day('2004-01-01')),
      ]],
      ['no date that does not exist', patient({ birthDate: '2021-02-30' }), 'birthdate', []],
      ['no free text of a choice', { resourceType: 'Immunization', occurrenceString: 'last year' }, 'date', []],
      ['one type of a choice', { resourceType: 'Goal', startDate: '2000' }, 'start-date', [span(day('2000-01-01'), day('2001-01-01'))]],
      ['an extension of US Core', { resourceType: 'Condition', extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/condition-assertedDate', valueDateTime: '2000' }, { url: 'http://x', valueDateTime: '2001' }] }, 'asserted-date', [span(day('2000-01-01'), day('2001-01-01'))]],
    ])('takes %s', (_, resource, code, expected) => {
      expect(entriesOf(resource, code)).toEqual(expected);
    });
  });

  describe('reference', () => {
    const subject = (reference: object): FhirResource => observation({ subject: reference });
    it.each<Row>([
      ['a local reference', subject({ reference: 'Patient/1' }), 'subject', [target('Patient/1')]],
      ['a local reference without its version', subject({ reference: 'Patient/1/_history/2' }), 'subject', [target('Patient/1')]],
      ['an absolute reference', subject({ reference: 'https://x.org/fhir/Patient/1/_history/2' }), 'subject', [target('https://x.org/fhir/Patient/1')]],
      ['that a reference is there, where it leads nowhere from outside', subject({ reference: '#p' }), 'subject', [target('')]],
      ['that a reference is there, by its display alone', subject({ display: 'Ann' }), 'subject', [target('')]],
      ['references to one type, by the reference', subject({ reference: 'Patient/1' }), 'patient', [target('Patient/1')]],
      ['references to one type, by an absolute reference', subject({ reference: 'https://x.org/fhir/Patient/1' }), 'patient', [target('https://x.org/fhir/Patient/1')]],
      ['references to one type, by what is said of it', subject({ reference: 'urn:uuid:1', type: 'Patient' }), 'patient', [target('urn:uuid:1')]],
      ['no references to another type', subject({ reference: 'Group/1' }), 'patient', []],
      ['no references to another type, whatever is said of it', subject({ reference: 'Group/1', type: 'Patient' }), 'patient', []],
      ['a canonical with its version', { resourceType: 'MeasureReport', measure: 'http://m|1.0' }, 'measure', [target('http://m|1.0')]],
      ['artifacts related in one way', { resourceType: 'Library', relatedArtifact: [{ type: 'depends-on', resource: 'http://a' }, { type: 'successor', resource: 'http://b' }] }, 'successor', [target('http://b')]],
      ['the first resource of a document', { resourceType: 'Bundle', type: 'document', entry: [{ resource: { resourceType: 'Composition', id: 'c' } }, { resource: { resourceType: 'Patient', id: 'p' } }] }, 'composition', [target('Composition/c')]],
    ])('takes %s', (_, resource, code, expected) => {
      expect(entriesOf(resource, code)).toEqual(expected);
    });

    it('takes the identifier of a reference as a token under a number of its own', () => {
      const resource = subject({ identifier: { system: 's', value: '1' }, type: 'Patient' });
      for (const code of ['subject', 'patient']) {
        const id = searchParameter('Observation', code)?.id ?? 0;
        expect(under(resource, 'reference', id)).toEqual([target('')]);
        expect(under(resource, 'token', referenceIdentifierParam(id))).toEqual([token('s', '1')]);
      }
    });
  });

  describe('quantity', () => {
    const measured = (valueQuantity: object): FhirResource => observation({ valueQuantity });
    const UCUM = 'http://unitsofmeasure.org';
    it.each<Row>([
      ['a coded unit', measured({ value: 5.4, system: UCUM, code: 'mg', unit: 'milligram' }), 'value-quantity', [quantity(5.4, 5.35, 5.45, UCUM, 'mg')]],
      ['a written unit', measured({ value: 5, unit: 'drops' }), 'value-quantity', [quantity(5, 4.5, 5.5, '', 'drops')]],
      ['a written precision', measured({ value: new Decimal('5.40') }), 'value-quantity', [quantity(5.4, 5.395, 5.405)]],
      ['less than', measured({ value: 5.4, comparator: '<' }), 'value-quantity', [quantity(5.4, -MAX, 5.4)]],
      ['at most', measured({ value: 5.4, comparator: '<=' }), 'value-quantity', [quantity(5.4, -MAX, 5.45)]],
      ['more than', measured({ value: 5.4, comparator: '>' }), 'value-quantity', [quantity(5.4, 5.4, MAX)]],
      ['at least', measured({ value: 5.4, comparator: '>=' }), 'value-quantity', [quantity(5.4, 5.35, MAX)]],
      ['nothing without a value', measured({ unit: 'mg' }), 'value-quantity', []],
      ['more than a double holds', measured({ value: new Decimal('1e400') }), 'value-quantity', [quantity(MAX, MAX, MAX)]],
      ['components too', observation({ valueQuantity: { value: 1 }, component: [{ valueQuantity: { value: 2 } }] }), 'combo-value-quantity', [quantity(2, 1.5, 2.5), quantity(1, 0.5, 1.5)]],
      ['the origin of samples', observation({ valueSampledData: { origin: { value: 1, unit: 'V' }, period: 1, dimensions: 1 } }), 'value-quantity', [quantity(1, 0.5, 1.5, '', 'V')]],
      ['money', { resourceType: 'Invoice', totalNet: { value: 10, currency: 'EUR' } }, 'totalnet', [quantity(10, 9.5, 10.5, 'urn:iso:std:iso:4217', 'EUR')]],
      ['an age', { resourceType: 'Condition', onsetAge: { value: 10, unit: 'a' } }, 'onset-age', [quantity(10, 9.5, 10.5, '', 'a')]],
      ['a range', { resourceType: 'Condition', onsetRange: { low: { value: 1, unit: 'a' }, high: { value: 3, unit: 'a' } } }, 'onset-age', [quantity(1, 0.5, 3.5, '', 'a')]],
      ['a range without low', { resourceType: 'Condition', onsetRange: { high: { value: 3, unit: 'a' } } }, 'onset-age', [quantity(3, -MAX, 3.5, '', 'a')]],
      ['a range without high', { resourceType: 'Condition', onsetRange: { low: { value: 1, unit: 'a' } } }, 'onset-age', [quantity(1, 0.5, MAX, '', 'a')]],
      ['a duration', { resourceType: 'Encounter', length: { value: 5, code: 'min' } }, 'length', [quantity(5, 4.5, 5.5, '', 'min')]],
      ['a bare decimal', { resourceType: 'RiskAssessment', prediction: [{ probabilityDecimal: 0.5 }] }, 'probability', [quantity(0.5, 0.45, 0.55)]],
      ['a bare integer', { resourceType: 'MolecularSequence', variant: [{ start: 5 }] }, 'variant-start', [quantity(5, 4.5, 5.5)]],
    ])('takes %s', (_, resource, code, expected) => {
      expect(entriesOf(resource, code)).toEqual(expected);
    });
  });

  describe('uri', () => {
    it.each<Row>([
      ['a uri', { resourceType: 'ValueSet', url: 'http://v' }, 'url', [value('http://v')]],
      ['a url', { resourceType: 'DocumentReference', content: [{ attachment: { url: 'http://d' } }] }, 'location', [value('http://d')]],
      ['the profiles of any resource', { resourceType: 'Basic', meta: { profile: ['http://p', 'http://q|1'] } }, '_profile', [value('http://p'), value('http://q|1')]],
      ['the source of any resource', { resourceType: 'Basic', meta: { source: 'http://s' } }, '_source', [value('http://s')]],
    ])('takes %s', (_, resource, code, expected) => {
      expect(entriesOf(resource, code)).toEqual(expected);
    });
  });

  describe('composite', () => {
    const beside = (system: string, code: string, more: object) => ({ system, code, lo: 0, hi: 0, text: '', system2: '', ...more });
    const component = (code: string, value: object) => ({ code: { coding: [{ system: 's', code }] }, ...value });
    it.each<Row>([
      ['what stands in one component', observation({ component: [component('a', { valueQuantity: { value: 5, code: 'mg', system: 'u' } }), component('b', {}), { valueQuantity: { value: 6 } }] }), 'component-code-value-quantity', [beside('s', 'a', { lo: 4.5, hi: 5.5, text: 'mg', system2: 'u' })]],
      ['every coding with every other', observation({ component: [{ code: { coding: [{ code: 'a' }, { code: 'b' }] }, valueCodeableConcept: { coding: [{ code: 'x' }, { code: 'y' }] } }] }), 'component-code-value-concept', ['a', 'b'].flatMap((code) => ['x', 'y'].map((text) => beside('', code, { text })))],
      ['components alone, since the resource answers for itself', observation({ code: { coding: [{ code: 'a' }] }, valueQuantity: { value: 5 } }), 'combo-code-value-quantity', []],
      ['a relation with its target, not the identifier of it', { resourceType: 'DocumentReference', relatesTo: [{ code: 'signs', target: { reference: 'DocumentReference/1', identifier: { value: 'x' } } }] }, 'relationship', [beside('', 'signs', { text: 'DocumentReference/1' })]],
      ['two numbers beside what the resource says once', { resourceType: 'MolecularSequence', referenceSeq: { chromosome: { coding: [{ code: '1' }] } }, variant: [{ start: 5, end: 7 }, { start: 9 }] }, 'chromosome-variant-coordinate', [beside('', '1', { lo: 5, hi: 7 })]],
      ['a boolean', { resourceType: 'Group', characteristic: [{ code: { coding: [{ code: 'a' }] }, valueBoolean: false }] }, 'characteristic-value', [beside('', 'a', { text: 'false' })]],
    ])('takes %s', (_, resource, code, expected) => {
      expect(entriesOf(resource, code)).toEqual(expected);
    });

    it('takes at most 64 of one element, whatever it repeats', () => {
      const coding = Array.from({ length: 1000 }, (_, index) => ({ code: String(index) }));
      expect(entriesOf(observation({ component: [{ code: { coding }, valueCodeableConcept: { coding } }] }), 'component-code-value-concept')).toHaveLength(64);
    });
  });

  it('takes the texts of a token for :text, and identifiers with their types for :of-type', () => {
    const id = searchParameter('Observation', 'code')!.id;
    expect(under(observation({ code: { text: 'Pulse', coding: [{ code: '1', display: 'Heart rate' }] } }), 'string', tokenTextParam(id))).toEqual([value('Pulse'), value('Heart rate')]);
    const identifier = searchParameter('Patient', 'identifier')!.id;
    const resource = patient({ identifier: [{ type: { text: 'Record', coding: [{ system: 't', code: 'MR' }, { code: 'x' }] }, value: '1' }, { type: { coding: [{ system: 't', code: 'MR' }] } }] });
    expect(under(resource, 'string', tokenTextParam(identifier))).toEqual([value('Record')]);
    expect(under(resource, 'composite', identifierTypeParam(identifier))).toEqual([{ system: 't', code: 'MR', lo: 0, hi: 0, text: '1', system2: '' }]);
  });

  it('takes a reference that names a version also with it', () => {
    const id = searchParameter('Observation', 'subject')!.id;
    expect(under(observation({ subject: { reference: 'Patient/1/_history/2' } }), 'reference', versionedReferenceParam(id))).toEqual([target('Patient/1/_history/2')]);
    expect(under(observation({ subject: { reference: 'Patient/1' } }), 'reference', versionedReferenceParam(id))).toEqual([]);
  });

  it.each([[{ latitude: 0, longitude: 0 }, { x: 1, y: 0, z: 0 }], [{ latitude: 90, longitude: 7 }, { x: expect.closeTo(0), y: expect.closeTo(0), z: 1 }], [{ latitude: 91, longitude: 0 }, undefined], [{ latitude: 'x', longitude: 0 }, undefined], [{ latitude: 1 }, undefined]])('takes the position %j as a place on the unit sphere', (position, expected) => {
    expect(entriesOf({ resourceType: 'Location', position }, 'near')).toEqual(expected ? [expected] : []);
  });

  it('takes the narrative and the other text apart, without tags, codes and ids', () => {
    const resource = {
      resourceType: 'Patient', id: 'i1', language: 'en', gender: 'male', name: [{ family: 'Clay', given: ['Ann', null] }], identifier: [{ system: 'http://s', value: '42' }],
      text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">a<br/>b&amp;c&#x41;&nbsp;&bogus;</div>' },
      contained: [{ resourceType: 'Organization', id: 'c', name: 'Inner' }, { resourceType: 'constructor', name: 'x' }], extension: [{ url: 'http://x', valueString: 'extended' }, { url: 'http://y', valueCode: 'coded' }],
    } as unknown as FhirResource;
    const [narrative, content] = extractIndexEntries(resource).text;
    expect(narrative!.value.split(/\s+/).filter(Boolean)).toEqual(['a', 'b&cA']);
    expect(content!.value.split('\n').sort()).toEqual(['42', 'Ann', 'Clay', 'Inner', 'extended']);
    expect(extractIndexEntries({ resourceType: 'Patient' }).text).toEqual([]);
  });

  it('reads no more than some pages of text', () => {
    const long = 'word '.repeat(100_000);
    const { text } = extractIndexEntries({ resourceType: 'Communication', text: { div: `<div>${long}</div>` }, note: Array.from({ length: 50 }, () => ({ text: long })) } as unknown as FhirResource);
    expect(text.map((entry) => entry.value.length)).toEqual([16_000, 16_000]);
  });

  it('yields nothing for an unknown type, also one off the prototype', () => {
    for (const resourceType of ['Nothing', 'constructor', '__proto__']) {
      expect(Object.values(extractIndexEntries({ resourceType })).flat()).toEqual([]);
    }
  });

  it('yields less, not an error, where elements have odd shapes', () => {
    const odd = [null, 1, 'x', [null, 1, [[]]], {}, { coding: 1, reference: 1, value: 'x', system: 1 }];
    for (const shape of odd) {
      const resource = { resourceType: 'Observation', code: shape, category: shape, subject: shape, component: shape, valueQuantity: shape, effectiveTiming: shape, meta: shape } as unknown as FhirResource;
      expect(() => extractIndexEntries(resource)).not.toThrow();
    }
  });
});
