import { parseJson, validateResource } from '#libs/fhir';

const codes = (resource: unknown): string[] => validateResource(resource).map((issue) => `${/\((\S+)\)\.?$/.exec(issue.diagnostics)?.[1] ?? issue.code} ${issue.expression}`);

const patient = (elements: object) => ({ resourceType: 'Patient', ...elements });
const observation = (elements: object) => ({ resourceType: 'Observation', status: 'final', code: { text: 'x' }, ...elements });
const organization = (elements: object) => ({ resourceType: 'Organization', name: 'A', ...elements });
const condition = (elements: object) => ({ resourceType: 'Condition', subject: { reference: 'Patient/1' }, ...elements });
const clinical = (code: string) => ({ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code }] });
const verification = (code: string) => ({ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-ver-status', code }] });
const medication = { resourceType: 'Medication', id: 'm', code: { text: 'x' } };
const request = (elements: object) => ({ resourceType: 'MedicationRequest', status: 'active', intent: 'order', subject: { reference: 'Patient/1' }, medicationReference: { reference: '#m' }, ...elements });
const questionnaire = (...item: object[]) => ({ resourceType: 'Questionnaire', status: 'draft', item });
const period = (start: string, end: string) => patient({ name: [{ family: 'A', period: { start, end } }] });

/** Each rule: a resource that keeps it, one that does not, and what is said of that. */
const RULES: readonly [rule: string, kept: object, broken: object, said: string][] = [
  ['of an address by its place', organization({ address: [{ use: 'work' }] }), organization({ address: [{ use: 'home' }] }), 'org-2 Organization.address[0]'],
  ['of a contact point', patient({ telecom: [{ value: '1', system: 'phone' }] }), patient({ telecom: [{ value: '1' }] }), 'cpt-2 Patient.telecom[0]'],
  ['of an attachment', patient({ photo: [{ data: 'AQID', contentType: 'image/png' }] }), patient({ photo: [{ data: 'AQID' }] }), 'att-1 Patient.photo[0]'],
  ['of a period', period('2020', '2020'), period('2020', '2019'), 'per-1 Patient.name[0].period'],
  ['of a period of two precisions, where only what is certain counts', period('2020-06-15', '2020'), period('2020-06-15', '2020-05'), 'per-1 Patient.name[0].period'],
  ['of a period in two zones', period('2020-01-01T00:00:00+02:00', '2019-12-31T23:00:00Z'), period('2020-01-01T00:00:00-02:00', '2020-01-01T01:00:00Z'), 'per-1 Patient.name[0].period'],
  ['of an extension', patient({ extension: [{ url: 'urn:x', valueCode: 'y' }] }), patient({ extension: [{ url: 'urn:x', valueCode: 'y', extension: [{ url: 'urn:z', valueCode: 'y' }] }] }), 'ext-1 Patient.extension[0]'],
  ['of a quantity', observation({ valueQuantity: { value: 1, system: 'urn:x', code: 'y' } }), observation({ valueQuantity: { value: 1, code: 'y' } }), 'qty-3 Observation.valueQuantity'],
  ['of a quantity that may have no comparator', observation({ referenceRange: [{ low: { value: 1 } }] }), observation({ referenceRange: [{ low: { value: 1, comparator: '<' } }] }), 'sqty-1 Observation.referenceRange[0].low'],
  ['of a range', observation({ valueRange: { low: { value: 1 }, high: { value: 2 } } }), observation({ valueRange: { low: { value: 3 }, high: { value: 2 } } }), 'rng-2 Observation.valueRange'],
  ['of a ratio', observation({ valueRatio: { numerator: { value: 1 }, denominator: { value: 2 } } }), observation({ valueRatio: { numerator: { value: 1 } } }), 'rat-1 Observation.valueRatio'],
  ['between a choice and another element', observation({ valueString: 'x' }), observation({ valueString: 'x', dataAbsentReason: { text: 'y' } }), 'obs-6 Observation'],
  ['between elements at different depths', observation({ code: { coding: [{ system: 'urn:x', code: 'a' }] }, component: [{ code: { coding: [{ system: 'urn:x', code: 'a' }] } }] }), observation({ code: { coding: [{ system: 'urn:x', code: 'a' }] }, valueString: 'x', component: [{ code: { coding: [{ system: 'urn:x', code: 'a' }] } }] }), 'obs-7 Observation'],
  ['on codes within', condition({ clinicalStatus: clinical('resolved'), abatementString: 'x' }), condition({ clinicalStatus: clinical('active'), abatementString: 'x' }), 'con-4 Condition'],
  ['on codes of two elements', condition({ verificationStatus: verification('entered-in-error') }), condition({ verificationStatus: verification('entered-in-error'), clinicalStatus: clinical('active') }), 'con-5 Condition'],
  ['of a contained resource that is used', request({ contained: [medication] }), request({ contained: [medication, { ...medication, id: 'n' }] }), 'dom-3 MedicationRequest.contained[1]'],
  ['of a local reference', request({ contained: [medication] }), request({}), 'ref-1 MedicationRequest.medicationReference'],
  ['of contained resources without versions', request({ contained: [medication] }), request({ contained: [{ ...medication, meta: { versionId: '1' } }] }), 'dom-4 MedicationRequest'],
  ['of items within items', questionnaire({ linkId: '1', type: 'group', item: [{ linkId: '2', type: 'string' }] }), questionnaire({ linkId: '1', type: 'group', item: [{ linkId: '2', type: 'display', readOnly: true }] }), 'que-9 Questionnaire.item[0].item[0]'],
  ['of what is unique among all', questionnaire({ linkId: '1', type: 'group', item: [{ linkId: '2', type: 'string' }] }), questionnaire({ linkId: '1', type: 'group', item: [{ linkId: '1', type: 'string' }] }), 'que-2 Questionnaire'],
  ['that is a pattern', { resourceType: 'MessageDefinition', status: 'draft', date: '2020', eventCoding: { code: 'a' }, focus: [{ code: 'Patient', min: 0, max: '*' }] }, { resourceType: 'MessageDefinition', status: 'draft', date: '2020', eventCoding: { code: 'a' }, focus: [{ code: 'Patient', min: 0, max: 'x' }] }, 'md-1 MessageDefinition.focus[0]'],
  ['of a Bundle', { resourceType: 'Bundle', type: 'searchset', total: 1 }, { resourceType: 'Bundle', type: 'collection', total: 1 }, 'bdl-1 Bundle'],
  ['of the entries of a Bundle', { resourceType: 'Bundle', type: 'collection', entry: [{ fullUrl: 'urn:x', resource: patient({}) }] }, { resourceType: 'Bundle', type: 'collection', entry: [{ fullUrl: 'urn:x' }] }, 'bdl-5 Bundle.entry[0]'],
  ['of what follows whom', { resourceType: 'CareTeam', participant: [{ member: { reference: 'Practitioner/1' }, onBehalfOf: { reference: 'Organization/1' } }] }, { resourceType: 'CareTeam', participant: [{ member: { reference: 'Patient/1' }, onBehalfOf: { reference: 'Organization/1' } }] }, 'ctm-1 CareTeam.participant[0]'],
  ['of times', { resourceType: 'Task', status: 'draft', intent: 'order', authoredOn: '2020-01-01', lastModified: '2020-01-02' }, { resourceType: 'Task', status: 'draft', intent: 'order', authoredOn: '2020-01-02', lastModified: '2020-01-01' }, 'inv-1 Task'],
];

describe('the invariants of R4', () => {
  it.each([...RULES])('%s', (_, kept, broken, said) => {
    expect(codes(kept)).toEqual([]);
    expect(codes(broken)).toContain(said);
  });

  it('hold within contained resources and Bundles, each in its own resource', () => {
    const inBundle = { resourceType: 'Bundle', type: 'collection', entry: [{ resource: request({}) }, { resource: request({ contained: [medication] }) }] };
    expect(codes(inBundle)).toEqual(['ref-1 Bundle.entry[0].resource.medicationReference']);
    expect(codes(request({ contained: [{ ...medication, ingredient: [{ itemReference: { reference: '#m' } }] }] }))).toEqual([]);
  });

  it('look up what is contained, however much it is', () => {
    const many = Array.from({ length: 20_000 }, (_, index) => ({ ...medication, id: `m${index}` }));
    const list = { resourceType: 'List', status: 'current', mode: 'working', contained: many, entry: many.map(({ id }) => ({ item: { reference: `#${id}` } })) };
    const started = Date.now();
    expect(codes(list)).toEqual([]);
    expect(Date.now() - started).toBeLessThan(5000);
  });

  it('count a primitive with an extension in place of its value as there', () => {
    expect(codes(patient({ telecom: [{ value: '1', _system: { extension: [{ url: 'urn:x', valueCode: 'y' }] } }] }))).toEqual([]);
  });

  it('take a decimal for what it is worth', () => {
    expect(codes(parseJson('{"resourceType":"Observation","status":"final","code":{"text":"x"},"valueRange":{"low":{"value":1.10},"high":{"value":1.1}}}'))).toEqual([]);
    expect(codes(parseJson('{"resourceType":"Observation","status":"final","code":{"text":"x"},"valueRange":{"low":{"value":1.20},"high":{"value":1.1}}}'))).toEqual(['rng-2 Observation.valueRange']);
  });

  it('are told only where the structure is right, and advice only where it is asked for', () => {
    expect(codes(patient({ telecom: [{ value: '1', foo: 1 }] }))).toEqual(['structure Patient.telecom[0].foo']);
    expect(validateResource(patient({}), { isThorough: true })).toEqual([expect.objectContaining({ severity: 'warning', diagnostics: expect.stringContaining('(dom-6)') })]);
    expect(validateResource(patient({}))).toEqual([]);
    const entry = [...Array.from({ length: 150 }, () => ({ resource: patient({}) })), { resource: patient({ active: 'yes' }) }];
    const found = validateResource({ resourceType: 'Bundle', type: 'collection', entry }, { isThorough: true });
    expect([found.length, found.filter(({ severity }) => severity === 'error')]).toEqual([101, [expect.objectContaining({ expression: 'Bundle.entry[150].resource.active' })]]);
  });
});
