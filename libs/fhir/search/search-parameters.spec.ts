import { resourceTypes } from '../definitions/resource-types';
import { parameterNumbers, searchParameterId } from './parameter-id';
import { searchParameter, searchParametersOf } from './search-parameters';

describe(searchParameter, () => {
  it('tells all of a token parameter', () => {
    expect(searchParameter('Patient', 'gender')).toEqual({
      id: searchParameterId('Patient', 'gender'),
      code: 'gender',
      type: 'token',
      resource: 'Patient',
      targets: [],
      url: 'http://hl7.org/fhir/SearchParameter/individual-gender',
      elements: ['code'],
      kind: 'token',
      systems: ['http://hl7.org/fhir/administrative-gender'],
    });
  });

  it.each([
    ['Observation', 'subject', ['Device', 'Group', 'Location', 'Patient']],
    ['Observation', 'patient', ['Patient']],
    ['AllergyIntolerance', 'patient', ['Patient']],
    ['Patient', 'general-practitioner', ['Organization', 'Practitioner', 'PractitionerRole']],
  ])('names the types that %s.%s may lead to', (type, code, targets) => {
    expect(searchParameter(type, code)?.targets).toEqual(targets);
  });

  it('lets a reference to anything lead to every type but Parameters', () => {
    const targets = searchParameter('Provenance', 'target')?.targets ?? [];
    expect([...targets, 'Parameters'].sort()).toEqual([...resourceTypes]);
  });

  it.each([
    ['Patient', 'birthdate', 'date'],
    ['Patient', 'name', 'string'],
    ['Observation', 'value-quantity', 'quantity'],
    ['RiskAssessment', 'probability', 'quantity'],
    ['ValueSet', 'url', 'uri'],
    ['Patient', '_profile', 'uri'],
    ['Patient', '_id', null],
    ['Patient', '_lastUpdated', null],
    ['Observation', 'code-value-quantity', null],
    ['Observation', 'component-code-value-quantity', 'composite'],
    ['Location', 'near', 'position'],
  ])('says which index holds %s.%s: %s', (type, code, kind) => {
    expect(searchParameter(type, code)?.kind).toBe(kind);
  });

  it.each([
    ['Condition', 'asserted-date'],
    ['CareTeam', 'role'],
    ['Encounter', 'discharge-disposition'],
    ['Goal', 'description'],
    ['Patient', 'race'],
    ['Patient', 'ethnicity'],
  ])('knows %s.%s of US Core', (type, code) => {
    expect(searchParameter(type, code)?.url).toMatch(/^http:\/\/hl7\.org\/fhir\/us\/core\/SearchParameter\/us-core-/);
  });

  it('tells what a composite is made of, and what answers it where nothing repeats', () => {
    expect(searchParameter('Observation', 'code-value-quantity')?.composite).toEqual({ components: ['code', 'value-quantity'], whole: ['code', 'value-quantity'], indexed: false });
    expect(searchParameter('Observation', 'combo-code-value-quantity')?.composite).toEqual({ components: ['combo-code', 'combo-value-quantity'], whole: ['code', 'value-quantity'], indexed: true });
    expect(searchParameter('DocumentReference', 'relationship')?.composite).toEqual({ components: ['relatesto', 'relation'], indexed: true });
  });

  it.each([
    ['Patient', 'nonsense'],
    ['Patient', 'constructor'],
    ['Patient', '_text'],
    ['Nothing', '_id'],
    ['constructor', '_id'],
    ['Resource', '_id'],
  ])('knows no %s.%s', (type, code) => {
    expect(searchParameter(type, code)).toBeUndefined();
  });
});

describe(searchParametersOf, () => {
  it('gives every type the common parameters and no number twice', () => {
    const ids = new Set<number>();
    let count = 0;
    for (const type of resourceTypes) {
      const parameters = searchParametersOf(type);
      expect(parameters.map((parameter) => parameter.code)).toEqual(expect.arrayContaining(['_id', '_lastUpdated', '_profile', '_security', '_source', '_tag']));
      for (const { id } of parameters) for (const number of parameterNumbers(id)) ids.add(number);
      count += 5 * parameters.length;
    }
    expect(ids.size).toBe(count);
    for (const id of ids) expect(id >= 0 && id <= 0x7fffffff).toBe(true);
  });

  it('never changes a number, which indexes on disk hold', () => {
    expect(searchParameterId('Patient', 'name')).toBe(1724988659);
    expect(searchParameterId('Observation', 'code')).toBe(592331440);
  });

  it('knows none for an unknown type', () => {
    expect(searchParametersOf('Nothing')).toEqual([]);
  });
});
