import { parseJson } from '../../json/parse-json';
import { stringifyJson } from '../../json/stringify-json';
import type { FhirResource } from '../../resource';
import { PatchError } from '../patch-error';
import { applyPathPatch } from './apply-path-patch';
import { readPathPatch } from './read-path-patch';

type Part = Record<string, unknown>;

const operation = (type: string, path: string, more: Record<string, Part | string | number> = {}) => ({
  name: 'operation',
  part: [
    { name: 'type', valueCode: type }, { name: 'path', valueString: path },
    ...Object.entries(more).map(([name, given]) => ({ name, ...(typeof given === 'string' ? { valueString: given } : typeof given === 'number' ? { valueInteger: given } : given) })),
  ],
});
const patch = (resource: object, ...operations: unknown[]): unknown =>
  JSON.parse(stringifyJson(applyPathPatch(structuredClone(resource) as FhirResource, readPathPatch({ resourceType: 'Parameters', parameter: operations }))));
const refused = (resource: object, ...operations: unknown[]): PatchError => {
  try {
    patch(resource, ...operations);
  } catch (error) {
    if (error instanceof PatchError) return error;
    throw error;
  }
  throw new Error('Was not refused.');
};

const ada = {
  resourceType: 'Patient', id: 'ada', active: true, birthDate: '1815-12-10', gender: 'female',
  name: [{ use: 'official', family: 'King', given: ['Augusta', 'Ada'] }, { use: 'maiden', family: 'Byron' }],
  identifier: [{ system: 'urn:a', value: '1' }, { system: 'urn:b', value: '2' }, { system: 'urn:c', value: '3' }],
  telecom: [{ system: 'phone', value: '555', use: 'home' }],
  contact: [{ name: { text: 'a name' }, gender: 'unknown' }],
  extension: [{ url: 'urn:x', valueString: 'x' }, { url: 'urn:y', valueInteger: 1 }],
};
const pulse = { resourceType: 'Observation', id: 'o', status: 'final', code: { text: 'pulse' }, valueQuantity: { value: 60, unit: '/min' } };

describe(applyPathPatch, () => {
  it.each<[string, unknown, object]>([
    ['adds a single element', operation('add', 'Patient', { name: 'deceased', value: { valueBoolean: false } }), { deceasedBoolean: false }],
    ['adds to the end of a list', operation('add', 'Patient', { name: 'telecom', value: { valueContactPoint: { system: 'email', value: 'a@example.org' } } }), { telecom: [ada.telecom[0], { system: 'email', value: 'a@example.org' }] }],
    ['adds the first item of a list', operation('add', 'Patient', { name: 'address', value: { valueAddress: { city: 'London' } } }), { address: [{ city: 'London' }] }],
    ['adds below an element found by condition', operation('add', "Patient.name.where(use = 'maiden')", { name: 'given', value: 'Ada' }), { name: [ada.name[0], { use: 'maiden', family: 'Byron', given: ['Ada'] }] }],
    ['adds a backbone element by its parts', operation('add', 'Patient', { name: 'contact', value: { part: [{ name: 'name', valueHumanName: { text: 'b' } }, { name: 'gender', valueCode: 'male' }] } }), { contact: [ada.contact[0], { name: { text: 'b' }, gender: 'male' }] }],
    ['adds an extension by its parts', operation('add', 'Patient', { name: 'extension', value: { part: [{ name: 'url', valueUri: 'urn:z' }, { name: 'value', valueDate: '2020-01-01' }] } }), { extension: [...ada.extension, { url: 'urn:z', valueDate: '2020-01-01' }] }],
    ['adds an extension to a primitive', operation('add', 'Patient.birthDate', { name: 'extension', value: { part: [{ name: 'url', valueUri: 'urn:t' }, { name: 'value', valueDateTime: '1815-12-10T12:00:00Z' }] } }), { _birthDate: { extension: [{ url: 'urn:t', valueDateTime: '1815-12-10T12:00:00Z' }] } }],
    ['inserts at the beginning', operation('insert', 'Patient.identifier', { index: 0, value: { valueIdentifier: { value: '0' } } }), { identifier: [{ value: '0' }, ...ada.identifier] }],
    ['inserts at the end', operation('insert', 'Patient.identifier', { index: 3, value: { valueIdentifier: { value: '4' } } }), { identifier: [...ada.identifier, { value: '4' }] }],
    ['inserts into an empty list', operation('insert', 'Patient.address', { index: 0, value: { valueAddress: { city: 'London' } } }), { address: [{ city: 'London' }] }],
    ['inserts a primitive', operation('insert', 'Patient.name[0].given', { index: 1, value: 'Mid' }), { name: [{ ...ada.name[0], given: ['Augusta', 'Mid', 'Ada'] }, ada.name[1]] }],
    ['deletes an element', operation('delete', 'Patient.birthDate'), { birthDate: undefined }],
    ['deletes an item', operation('delete', 'Patient.identifier[1]'), { identifier: [ada.identifier[0], ada.identifier[2]] }],
    ['deletes by extension()', operation('delete', "Patient.extension('urn:x')"), { extension: [ada.extension[1]] }],
    ['deletes the last item and its list', operation('delete', 'Patient.telecom.first()'), { telecom: undefined }],
    ['deletes a part and what it leaves empty', operation('delete', "Patient.contact.where(gender = 'unknown').name.text"), { contact: [{ gender: 'unknown' }] }],
    ['deletes what is not there', operation('delete', "Patient.name.where(use = 'old')"), {}],
    ['replaces a primitive', operation('replace', 'Patient.birthDate', { value: { valueDate: '1930-01-01' } }), { birthDate: '1930-01-01' }],
    ['replaces without naming the type', operation('replace', 'birthDate', { value: { valueDate: '1930-01-01' } }), { birthDate: '1930-01-01' }],
    ['replaces an item found by several conditions', operation('replace', "Patient.telecom.where(system = 'phone' and use != 'work' and value.startsWith('5')).value", { value: '556' }), { telecom: [{ system: 'phone', value: '556', use: 'home' }] }],
    ['replaces a complex item', operation('replace', 'Patient.name.last()', { value: { valueHumanName: { family: 'Noel' } } }), { name: [ada.name[0], { family: 'Noel' }] }],
    ['replaces an item of primitives', operation('replace', "Patient.name.where(use = 'official').given[1]", { value: 'B' }), { name: [{ ...ada.name[0], given: ['Augusta', 'B'] }, ada.name[1]] }],
    ['replaces the value of an extension', operation('replace', "Patient.extension.where(url = 'urn:x').value", { value: 'z' }), { extension: [{ url: 'urn:x', valueString: 'z' }, ada.extension[1]] }],
    ['moves to the end', operation('move', 'Patient.identifier', { source: 0, destination: 2 }), { identifier: [ada.identifier[1], ada.identifier[2], ada.identifier[0]] }],
    ['moves to the beginning', operation('move', 'Patient.identifier', { source: 2, destination: 0 }), { identifier: [ada.identifier[2], ada.identifier[0], ada.identifier[1]] }],
  ])('%s', (_what, one, change) => {
    expect(patch(ada, one)).toEqual(JSON.parse(JSON.stringify({ ...ada, ...change })));
  });

  it('replaces a choice by a value of another type', () => {
    const { valueQuantity: _, ...rest } = pulse;
    expect(patch(pulse, operation('replace', 'Observation.value', { value: 'fast' }))).toEqual({ ...rest, valueString: 'fast' });
    expect(patch(pulse, operation('replace', 'Observation.value.ofType(Quantity).unit', { value: 'bpm' }))).toMatchObject({ valueQuantity: { value: 60, unit: 'bpm' } });
    expect(refused(pulse, operation('replace', 'Observation.value', { value: { valueAddress: { city: 'x' } } })).fault).toBe('document');
  });

  it('keeps what stands beside the items of a list of primitives with them', () => {
    const named = { resourceType: 'Patient', name: [{ given: ['A', 'B', 'C'], _given: [null, { id: 'b' }, null] }] };
    expect(patch(named, operation('move', 'Patient.name[0].given', { source: 1, destination: 0 }))).toMatchObject({ name: [{ given: ['B', 'A', 'C'], _given: [{ id: 'b' }, null, null] }] });
    expect(patch(named, operation('delete', 'Patient.name[0].given[0]'))).toMatchObject({ name: [{ given: ['B', 'C'], _given: [{ id: 'b' }, null] }] });
    expect(patch(named, operation('delete', 'Patient.name[0].given[1]'))).toEqual({ resourceType: 'Patient', name: [{ given: ['A', 'C'] }] });
  });

  it('sees in each operation what those before it did', () => {
    const address = operation('add', 'Patient', { name: 'address', value: { valueAddress: { city: 'London' } } });
    expect(patch(ada, address, operation('add', 'Patient.address', { name: 'line', value: '1 Road' }), operation('delete', 'Patient.address.city'))).toMatchObject({ address: [{ line: ['1 Road'] }] });
  });

  it('keeps the digits of decimals', () => {
    const stored = parseJson('{"resourceType":"Observation","valueQuantity":{"value":1.10}}') as FhirResource;
    const given = parseJson(JSON.stringify({ resourceType: 'Parameters', parameter: [operation('add', 'Observation.value', { name: 'unit', value: 'kg' }), operation('add', 'Observation', { name: 'component', value: { part: [{ name: 'value', valueQuantity: { value: 777 } }] } })] }).replace('777', '2.500'));
    expect(stringifyJson(applyPathPatch(stored, readPathPatch(given)))).toBe('{"resourceType":"Observation","valueQuantity":{"value":1.10,"unit":"kg"},"component":[{"valueQuantity":{"value":2.500}}]}');
  });

  it.each<[string, unknown, string]>([
    ['an element that is there already', operation('add', 'Patient', { name: 'birthDate', value: { valueDate: '2000-01-01' } }), 'state'],
    ['another type of a choice that is there', operation('add', 'Observation', { name: 'value', value: 'x' }), 'state'],
    ['adding to nothing', operation('add', 'Patient.address', { name: 'city', value: 'x' }), 'state'],
    ['adding to several', operation('add', 'Patient.name', { name: 'text', value: 'x' }), 'state'],
    ['deleting several', operation('delete', 'Patient.identifier'), 'state'],
    ['replacing nothing', operation('replace', 'Patient.address.city', { value: 'x' }), 'state'],
    ['deleting the resource', operation('delete', 'Patient'), 'state'],
    ['an index beyond the end', operation('insert', 'Patient.identifier', { index: 4, value: { valueIdentifier: { value: '0' } } }), 'state'],
    ['moving beyond the end', operation('move', 'Patient.identifier', { source: 0, destination: 3 }), 'state'],
    ['inserting where there is no list', operation('insert', 'Patient.birthDate', { index: 0, value: { valueDate: '2000-01-01' } }), 'document'],
    ['an unknown element', operation('add', 'Patient', { name: 'colour', value: 'x' }), 'document'],
    ['an unknown element in the path', operation('delete', 'Patient.colour'), 'document'],
    ['a prototype as element', operation('add', 'Patient', { name: '__proto__', value: 'x' }), 'document'],
    ['a value of the wrong type', operation('add', 'Patient', { name: 'telecom', value: { valueHumanName: { text: 'x' } } }), 'document'],
    ['another resource', operation('delete', 'Patient.managingOrganization.resolve()'), 'document'],
    ['a pattern', operation('delete', "Patient.telecom.where(value.matches('(a+)+$'))"), 'document'],
    ['a condition on several values', operation('delete', "Patient.where(name.family = 'x' and identifier)"), 'document'],
    ['what is no FHIRPath', operation('delete', 'Patient.name['), 'document'],
    ['an unknown type of operation', operation('drop', 'Patient.name'), 'document'],
    ['a missing path', { name: 'operation', part: [{ name: 'type', valueCode: 'delete' }] }, 'document'],
    ['a missing value', operation('replace', 'Patient.birthDate'), 'document'],
    ['an unknown part', operation('delete', 'Patient.birthDate', { note: 'x' }), 'document'],
    ['a part given twice', { name: 'operation', part: [{ name: 'type', valueCode: 'delete' }, { name: 'type', valueCode: 'delete' }, { name: 'path', valueString: 'Patient' }] }, 'document'],
    ['a parameter of another name', { name: 'patch', part: [] }, 'document'],
  ])('refuses %s', (_what, one, fault) => {
    const resource = JSON.stringify(one).includes('Observation') ? pulse : ada;
    expect(refused(resource, one)).toMatchObject({ fault, operation: 0 });
  });

  it('ends a path that would look at everything over and over', () => {
    const list = { resourceType: 'Patient', identifier: Array.from({ length: 600 }, (_, index) => ({ value: String(index) })) };
    const hostile = 'Patient.identifier.where(%resource.identifier.where(value = $this.value).exists())';
    expect(refused(list, operation('delete', hostile)).fault).toBe('document');
  });
});
