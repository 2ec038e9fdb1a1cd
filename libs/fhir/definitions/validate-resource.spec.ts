import { Decimal } from '../json/decimal';
import { parseJson } from '../json/parse-json';
import { resourceTypes } from './resource-types';
import { validateResource } from './validate-resource';

const patient = (elements: object): object => ({ resourceType: 'Patient', ...elements });
const observation = (elements: object): object => ({ resourceType: 'Observation', status: 'final', code: { text: 'x' }, ...elements });

/** `code expression` of each issue. */
function outcome(resource: unknown): string[] {
  return validateResource(resource).map((issue) => `${issue.code} ${issue.expression}`);
}

const deep = (levels: number): object => {
  let extension: object = { url: 'http://example.org/x', valueBoolean: true };
  for (let level = 0; level < levels; level++) extension = { url: 'http://example.org/x', extension: [extension] };
  return patient({ extension: [extension] });
};

describe(validateResource, () => {
  it.each<[string, unknown]>([
    ['a patient with nothing', patient({})],
    ['one type of a choice', patient({ deceasedBoolean: false })],
    ['the other type of a choice', patient({ deceasedDateTime: '2020' })],
    ['a primitive with an extension', patient({ birthDate: '2020', _birthDate: { extension: [{ url: 'http://example.org/x', valueCode: 'y' }] } })],
    ['a primitive with an id alone', patient({ gender: 'female', _gender: { id: 'g' } })],
    ['an extension in place of a required primitive', observation({ status: undefined, _status: { extension: [{ url: 'http://example.org/x', valueCode: 'y' }] } })],
    ['nulls that line up with extensions', patient({ name: [{ given: ['A', null], _given: [null, { id: 'b' }] }] })],
    ['a quantity of a Decimal', observation({ valueQuantity: { value: new Decimal('1.10') } })],
    ['a contained resource', observation({ contained: [patient({ id: 'p' })], subject: { reference: '#p' } })],
    ['items within items', { resourceType: 'Questionnaire', status: 'draft', item: [{ linkId: '1', type: 'group', item: [{ linkId: '1.1', type: 'string' }] }] }],
    ['a bundle', { resourceType: 'Bundle', type: 'collection', entry: [{ resource: patient({}) }] }],
    ['parameters', { resourceType: 'Parameters', parameter: [{ name: 'x', resource: patient({}) }, { name: 'y', part: [{ name: 'z', valueString: 'a' }] }] }],
    ['a concept of text where codes are required', { resourceType: 'Condition', subject: { reference: 'Patient/1' }, clinicalStatus: { text: 'active' } }],
    ['a foreign coding beside one of the required set', { resourceType: 'Condition', subject: { reference: 'Patient/1' }, clinicalStatus: { coding: [{ code: 'x' }, { system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }] } }],
    ['a currency, whose set cannot be listed', { resourceType: 'Account', status: 'active', extension: [{ url: 'http://example.org/x', valueMoney: { value: 1, currency: 'EUR' } }] }],
    ['members that are undefined', patient({ active: undefined })],
  ])('passes %s', (_, resource) => {
    expect(outcome(resource)).toEqual([]);
  });

  it.each<[string, unknown, string[]]>([
    ['null', null, ['structure Resource']],
    ['an array', [], ['structure Resource']],
    ['a string', 'Patient', ['structure Resource']],
    ['no resourceType', {}, ['structure Resource.resourceType']],
    ['an unknown resourceType', { resourceType: 'Patients' }, ['structure Resource.resourceType']],
    ['an abstract resourceType', { resourceType: 'DomainResource' }, ['structure Resource.resourceType']],
    ['a resourceType off the prototype', { resourceType: 'constructor' }, ['structure Resource.resourceType']],
    ['an unknown element', patient({ nickname: 'x' }), ['structure Patient.nickname']],
    ['an unknown element inside', patient({ name: [{ middle: 'x' }] }), ['structure Patient.name[0].middle']],
    ['a choice without its type', patient({ deceased: true }), ['structure Patient.deceased']],
    ['a choice of a type it has not', patient({ deceasedString: 'x' }), ['structure Patient.deceasedString']],
    ['two types of one choice', patient({ deceasedBoolean: true, deceasedDateTime: '2020' }), ['structure Patient.deceasedDateTime']],
    ['two types of one choice, one by extension', patient({ deceasedBoolean: true, _deceasedDateTime: { extension: [{ url: 'http://example.org/x', valueCode: 'y' }] } }), ['structure Patient.deceasedDateTime']],
    ['one item in place of an array', patient({ name: { family: 'x' } }), ['structure Patient.name']],
    ['an array in place of one', patient({ birthDate: ['2020'] }), ['structure Patient.birthDate']],
    ['an array in place of an object', patient({ maritalStatus: [{ text: 'x' }] }), ['structure Patient.maritalStatus']],
    ['a primitive in place of an object', patient({ maritalStatus: 'M' }), ['structure Patient.maritalStatus']],
    ['a number in place of an object', patient({ maritalStatus: new Decimal('1.0') }), ['structure Patient.maritalStatus']],
    ['an object in place of a primitive', patient({ gender: { code: 'male' } }), ['structure Patient.gender']],
    ['null', patient({ birthDate: null }), ['structure Patient.birthDate']],
    ['an empty object', patient({ maritalStatus: {} }), ['structure Patient.maritalStatus']],
    ['an object with an id alone', patient({ maritalStatus: { id: 'x' } }), ['structure Patient.maritalStatus']],
    ['an empty array', patient({ name: [] }), ['structure Patient.name']],
    ['a null among objects', patient({ name: [null] }), ['structure Patient.name[0]']],
    ['a null without extension at its place', patient({ name: [{ given: ['A', null] }] }), ['structure Patient.name[0].given[1]']],
    ['a missing required element', { resourceType: 'Observation', status: 'final' }, ['required Observation.code']],
    ['a missing required element inside', patient({ communication: [{ preferred: true }] }), ['required Patient.communication[0].language']],
    ['a missing required choice', { resourceType: 'MedicationRequest', status: 'active', intent: 'order', subject: { reference: 'Patient/1' } }, ['required MedicationRequest.medication[x]']],
    ['a date that does not exist', patient({ birthDate: '2021-02-30' }), ['value Patient.birthDate']],
    ['a wrong id', patient({ id: 'a b' }), ['value Patient.id']],
    ['a code outside the required set', patient({ gender: 'woman' }), ['code-invalid Patient.gender']],
    ['a coding outside the required set', { resourceType: 'Condition', subject: { reference: 'Patient/1' }, clinicalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'sick' }] } }, ['code-invalid Condition.clinicalStatus']],
    ['a wrong contained resource', observation({ contained: [{ resourceType: 'Nothing' }] }), ['structure Observation.contained[0].resourceType']],
    ['a wrong element of a resource in a bundle', { resourceType: 'Bundle', type: 'collection', entry: [{ resource: patient({ birthDate: 'x' }) }] }, ['value Bundle.entry[0].resource.birthDate']],
    ['a wrong item within items', { resourceType: 'Questionnaire', status: 'draft', item: [{ linkId: '1', type: 'group', item: [{ linkId: '1.1' }] }] }, ['required Questionnaire.item[0].item[0].type']],
    ['a companion of what has none', patient({ _id: { id: 'x' } }), ['structure Patient._id']],
    ['a companion with an unknown element', patient({ gender: 'male', _gender: { value: 'x' } }), ['structure Patient.gender.value']],
    ['an element of a later release', { resourceType: 'ResearchStudy', status: 'active', recruitment: {} }, ['structure ResearchStudy.recruitment']],
  ])('refuses %s', (_, resource, expected) => {
    expect(outcome(resource)).toEqual(expected);
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', '__defineGetter__', 'prototype'])('refuses a member called %s anywhere', (name) => {
    const inside = parseJson(`{"resourceType":"Patient","name":[{"${name}":{"a":1}}]}`);
    const outside = parseJson(`{"resourceType":"Patient","${name}":1}`);
    expect(outcome(inside)).toEqual([`structure Patient.name[0].${name}`]);
    expect(outcome(outside)).toEqual([`structure Patient.${name}`]);
  });

  it('tells the codes of a short required value set, and not those of a long one', () => {
    expect(validateResource(patient({ gender: 'woman' }))[0]).toMatchObject({ diagnostics: 'Expected a code of the required value set: male, female, other, unknown.' });
    expect(validateResource({ resourceType: 'CompartmentDefinition', url: 'http://x', name: 'X', status: 'draft', code: 'Patient', search: true, resource: [{ code: 'Nope' }] })[0]).toMatchObject({ diagnostics: 'Expected a code of the required value set.' });
  });

  it('repeats neither values nor names that are no names', () => {
    const issues = validateResource(patient({ 'John Smith, 555-1234': 1, gender: 'Secret', birthDate: 'Secret' }));
    expect(issues).toHaveLength(3);
    expect(JSON.stringify(issues)).not.toMatch(/John|555|Secret/);
  });

  it('passes 30 levels of extensions and refuses 100 000 without running out of stack', () => {
    expect(outcome(deep(30))).toEqual([]);
    expect(validateResource(deep(100_000))).toEqual([expect.objectContaining({ code: 'structure', diagnostics: 'Nested deeper than 64 levels.' })]);
  });

  it('stops reporting after 100 issues', () => {
    expect(validateResource(patient({ name: Array.from({ length: 5000 }, () => ({ x: 1 })) }))).toHaveLength(100);
  });

  it('compiles every type of R4', () => {
    for (const resourceType of resourceTypes) {
      expect(outcome({ resourceType, nonsense: 1 })).toContain(`structure ${resourceType}.nonsense`);
    }
    expect(resourceTypes).toHaveLength(146);
  });
});
