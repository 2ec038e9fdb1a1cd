import { randomUUID } from 'node:crypto';
import { staffToken } from '../harness/sign-in';
import { JSON_PATCH, MRN, observation, patient, said, WritingClient } from './writes.fixture';

describe('PATCH', () => {
  let client: WritingClient;
  beforeAll(async () => {
    client = await WritingClient.open({ SALUS_BODY_LIMIT: '200000' });
  });
  afterAll(() => client.stop());

  const parameters = (...operations: Record<string, string | object>[]) => ({
    resourceType: 'Parameters',
    parameter: operations.map((operation) => ({ name: 'operation', part: Object.entries(operation).map(([name, value]) => ({ name, ...(typeof value === 'string' ? (name === 'type' ? { valueCode: value } : { valueString: value }) : value) })) })),
  });
  const replaceBirthDate = parameters({ type: 'replace', path: 'Patient.birthDate', value: { valueDate: '1901-02-03' } });

  describe('by JSON Patch', () => {
    it('changes a resource into its next version', async () => {
      const stored = await client.stored(patient(undefined, { active: true, name: [{ family: 'A', given: ['B', 'C'] }] }));
      const answer = await client.patch(`Patient/${stored.id}`, [{ op: 'test', path: '/active', value: true }, { op: 'replace', path: '/name/0/family', value: 'Z' }, { op: 'remove', path: '/name/0/given/1' }, { op: 'add', path: '/gender', value: 'other' }]);
      expect([answer.status, answer.headers.get('etag')]).toEqual([200, 'W/"2"']);
      expect(answer.json).toMatchObject({ id: stored.id, active: true, gender: 'other', name: [{ family: 'Z', given: ['B'] }], meta: { versionId: '2' } });
      expect((await client.get(`Patient/${stored.id}`)).json).toEqual(answer.json);
      expect((await client.get(`Patient/${stored.id}/_history`)).json.entry).toHaveLength(2);
      expect((await client.app.request('GET', `/apis/default/api/patient/${stored.id}`, { token: client.token })).json.data).toMatchObject({ lname: 'Z' });
    });

    it('is found again by what it changed', async () => {
      const { id } = await client.stored(patient('p-old'));
      await client.patch(`Patient/${id}`, [{ op: 'replace', path: '/identifier/0/value', value: 'p-new' }]);
      expect([await client.count(`Patient?identifier=${MRN}|p-old`), await client.count(`Patient?identifier=${MRN}|p-new`)]).toEqual([0, 1]);
    });

    it('that changes nothing makes no version', async () => {
      const { id } = await client.stored(patient(undefined, { active: true }));
      const answer = await client.patch(`Patient/${id}`, [{ op: 'replace', path: '/active', value: true }]);
      expect([answer.status, answer.headers.get('etag')]).toEqual([200, 'W/"1"']);
    });

    it('keeps the digits of decimals, those it writes and those it passes by', async () => {
      const id = randomUUID();
      const quantity = (value: string) => `{"resourceType":"Observation","id":"${id}","status":"final","code":{"text":"x"},"valueQuantity":{"value":${value}}}`;
      await client.call('PUT', `Observation/${id}`, quantity('1.10'), { 'content-type': 'application/fhir+json' });
      await client.patch(`Observation/${id}`, '[{"op":"add","path":"/component","value":[{"code":{"text":"y"},"valueQuantity":{"value":2.500}}]},{"op":"test","path":"/valueQuantity/value","value":1.1}]');
      const { text } = await client.get(`Observation/${id}`);
      expect([text.includes('"value":1.10}'), text.includes('"value":2.500}')]).toEqual([true, true]);
    });

    it.each<[string, unknown, string]>([
      ['a test that fails', [{ op: 'test', path: '/active', value: false }], '422 processing'],
      ['a path to nothing', [{ op: 'remove', path: '/photo' }], '422 processing'],
      ['another id', [{ op: 'replace', path: '/id', value: 'another' }], '422 processing'],
      ['another type', [{ op: 'replace', path: '/resourceType', value: 'Person' }], '422 processing'],
      ['another resource altogether', [{ op: 'replace', path: '', value: { resourceType: 'Person', id: 'x' } }], '422 processing'],
      ['a scalar instead of the resource', [{ op: 'replace', path: '', value: 1 }], '422 processing'],
      ['an outcome that is not valid', [{ op: 'add', path: '/gender', value: 'x' }], '400 code-invalid'],
      ['an unknown element', [{ op: 'add', path: '/colour', value: 'red' }], '400 structure'],
      ['an empty list', [{ op: 'add', path: '/telecom', value: [] }], '400 structure'],
      ['no patch', { active: false }, '400 value'],
      ['an empty patch', [], '400 value'],
      ['an unknown operation', [{ op: 'merge', path: '/active', value: 1 }], '400 value'],
      ['the prototype', [{ op: 'add', path: '/__proto__/polluted', value: true }], '400 value'],
      ['the constructor', [{ op: 'add', path: '/constructor/prototype/polluted', value: true }], '400 value'],
      ['what a member named like a prototype holds', '[{"op":"add","path":"/extension","value":[{"url":"u","__proto__":{"polluted":true}}]}]', '400 structure'],
      ['copies without end', Array.from({ length: 60 }, () => ({ op: 'copy', from: '/name', path: '/name/-' })), '400 value'],
      ['malformed JSON', '[{"op":"add"', '400 invalid'],
      ['nesting without end', `${'['.repeat(90_000)}`, '400 invalid'],
      ['a member given twice', '[{"op":"remove","op":"test","path":"/active"}]', '400 invalid'],
      ['more than the body limit', [{ op: 'add', path: '/language', value: 'x'.repeat(300_000) }], '413 too-long'],
    ])('refuses %s and changes nothing', async (_what, document, expected) => {
      const stored = await client.stored(patient(undefined, { active: true, name: [{ family: 'A' }, { family: 'B' }] }));
      const answer = await client.patch(`Patient/${stored.id}`, document);
      expect([said(answer), answer.json.resourceType]).toEqual([expected, 'OperationOutcome']);
      expect((await client.get(`Patient/${stored.id}`)).json).toEqual(stored);
      expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    });

    it('names the element that is wrong, and the operation', async () => {
      const { id } = await client.stored(patient());
      expect((await client.patch(`Patient/${id}`, [{ op: 'add', path: '/birthDate', value: 'soon' }])).json.issue[0].expression).toEqual(['Patient.birthDate']);
      expect((await client.patch(`Patient/${id}`, [{ op: 'add', path: '/active', value: true }, { op: 'remove', path: '/photo' }])).json.issue[0].diagnostics).toContain('Operation 2');
    });

    it('leaves to the server what is the server’s', async () => {
      const { id } = await client.stored(patient());
      const answer = await client.patch(`Patient/${id}`, [{ op: 'replace', path: '/meta/versionId', value: '99' }, { op: 'replace', path: '/meta/lastUpdated', value: '2001-01-01T00:00:00Z' }, { op: 'add', path: '/active', value: true }]);
      expect(answer.json.meta.versionId).toBe('2');
      expect(answer.json.meta.lastUpdated > '2020').toBe(true);
    });
  });

  describe('by FHIRPath Patch', () => {
    it('changes a resource into its next version', async () => {
      const { id } = await client.stored(patient(undefined, { birthDate: '1900-01-01', telecom: [{ system: 'phone', value: '1', use: 'home' }, { system: 'phone', value: '2', use: 'work' }] }));
      const answer = await client.call('PATCH', `Patient/${id}`, parameters(
        { type: 'replace', path: 'Patient.birthDate', value: { valueDate: '1901-02-03' } }, { type: 'delete', path: "Patient.telecom.where(use = 'home')" },
        { type: 'add', path: 'Patient', name: 'maritalStatus', value: { valueCodeableConcept: { text: 'married' } } },
      ));
      expect([answer.status, answer.headers.get('etag')]).toEqual([200, 'W/"2"']);
      expect(answer.json).toMatchObject({ birthDate: '1901-02-03', telecom: [{ value: '2' }], maritalStatus: { text: 'married' } });
      expect((await client.get(`Patient/${id}`)).json).toEqual(answer.json);
    });

    it.each<[string, object, string]>([
      ['a path to nothing', parameters({ type: 'replace', path: 'Patient.gender', value: { valueCode: 'male' } }), '422 processing'],
      ['a path to several', parameters({ type: 'delete', path: 'Patient.name' }), '422 processing'],
      ['another id', parameters({ type: 'replace', path: 'Patient.id', value: { valueId: 'another' } }), '422 processing'],
      ['what leads out of the resource', parameters({ type: 'delete', path: 'Patient.generalPractitioner.resolve().name' }), '400 value'],
      ['what is no path', parameters({ type: 'delete', path: 'Patient..name' }), '400 value'],
      ['an unknown type of operation', parameters({ type: 'merge', path: 'Patient.name' }), '400 value'],
      ['a value of the wrong type', parameters({ type: 'add', path: 'Patient', name: 'telecom', value: { valueBoolean: true } }), '400 value'],
      ['an outcome that is not valid', parameters({ type: 'add', path: 'Patient', name: 'gender', value: { valueCode: 'x' } }), '400 code-invalid'],
      ['Parameters that are none', { resourceType: 'Parameters', operation: [] }, '400 structure'],
      ['another resource', { resourceType: 'Patient' }, '400 value'],
    ])('refuses %s and changes nothing', async (_what, body, expected) => {
      const stored = await client.stored(patient(undefined, { name: [{ family: 'A' }, { family: 'B' }] }));
      const answer = await client.call('PATCH', `Patient/${stored.id}`, body);
      expect([said(answer), answer.json.resourceType]).toEqual([expected, 'OperationOutcome']);
      expect((await client.get(`Patient/${stored.id}`)).json).toEqual(stored);
    });
  });

  it('says how a JSON Patch is sent to those who send it as a resource', async () => {
    const { id } = await client.stored(patient());
    const answer = await client.call('PATCH', `Patient/${id}`, '[]', { 'content-type': 'application/json' });
    expect([answer.status, answer.json.issue[0].diagnostics]).toEqual([415, expect.stringContaining('application/json-patch+json')]);
  });

  it.each([['merge patch', 'application/merge-patch+json'], ['an XML patch', 'application/xml-patch+xml'], ['a form', 'application/x-www-form-urlencoded']])('refuses %s, and says what is taken', async (_what, type) => {
    const { id } = await client.stored(patient());
    const answer = await client.call('PATCH', `Patient/${id}`, '{"active":true}', { 'content-type': type });
    expect([answer.status, answer.json.resourceType]).toEqual([415, 'OperationOutcome']);
    expect(answer.json.issue[0].diagnostics).toContain('application/json-patch+json');
    expect((await client.get(`Patient/${id}`)).json.meta.versionId).toBe('1');
  });

  it('finds nothing where nothing is, or was', async () => {
    const { id } = await client.stored(patient());
    await client.call('DELETE', `Patient/${id}`);
    for (const name of [`Patient/${id}`, `Patient/${randomUUID()}`]) expect((await client.patch(name, [{ op: 'add', path: '/active', value: true }])).status).toBe(404);
    expect((await client.patch('Nothing/1', [{ op: 'add', path: '/active', value: true }])).status).toBe(404);
    expect((await client.get(`Patient/${id}`)).status).toBe(410);
  });

  it('heeds If-Match; of many, one gets through', async () => {
    const { id } = await client.stored(patient());
    const send = (ifMatch: string, year = 2000) => client.patch(`Patient/${id}`, [{ op: 'add', path: '/birthDate', value: `${year}` }], { 'if-match': ifMatch });
    expect(said(await send('W/"2"'))).toBe('412 conflict');
    const answers = await Promise.all(Array.from({ length: 6 }, (_, n) => send('W/"1"', 2000 + n)));
    expect(answers.map((one) => one.status).sort()).toEqual([200, 412, 412, 412, 412, 412]);
  });

  it('loses none of many that come at once', async () => {
    const { id } = await client.stored(patient(undefined, { name: [{ family: 'A', given: ['0'] }] }));
    const answers = await Promise.all(Array.from({ length: 6 }, (_, n) => client.patch(`Patient/${id}`, [{ op: 'add', path: '/name/0/given/-', value: String(n + 1) }])));
    expect(answers.map((one) => one.status)).toEqual(new Array<number>(6).fill(200));
    expect((await client.get(`Patient/${id}`)).json.name[0].given.toSorted()).toEqual(['0', '1', '2', '3', '4', '5', '6']);
  });

  it('goes by criteria: none is refused, one is patched, several are refused', async () => {
    const patch = (mrn: string) => client.patch(`Patient?identifier=${MRN}|${mrn}`, [{ op: 'add', path: '/active', value: true }]);
    expect(said(await patch('pc-0'))).toBe('404 not-found');
    const { id } = await client.stored(patient('pc-1'));
    expect((await patch('pc-1')).json).toMatchObject({ id, active: true });
    await client.stored(patient('pc-1'));
    expect(said(await patch('pc-1'))).toBe('412 multiple-matches');
    expect(said(await client.patch('Patient', [{ op: 'add', path: '/active', value: true }]))).toBe('400 invalid');
  });

  describe('access', () => {
    const activate = [{ op: 'add', path: '/active', value: true }];

    it('is the right to update, and without the right to read nothing is shown', async () => {
      const { id } = await client.stored(patient());
      const as = async (scopes: string) => client.patch(`Patient/${id}`, activate, {}, { token: await staffToken(client.app, { scopes: `openid api:fhir ${scopes}` }) });
      for (const scopes of ['user/Patient.rs', 'user/Patient.c', 'user/Patient.d', 'user/Observation.cruds']) expect([scopes, said(await as(scopes))]).toEqual([scopes, '403 forbidden']);
      const updater = await as('user/Patient.u');
      expect([updater.status, updater.text, updater.headers.get('etag')]).toEqual([200, '', 'W/"2"']);
      expect((await as('user/Patient.ru')).json).toMatchObject({ id, active: true });
    });

    it('cannot carry a resource out of what is granted', async () => {
      const category = (code: string) => [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code }] }];
      const { id } = await client.stored(observation('Patient/x', { category: category('vital-signs') }));
      const token = await staffToken(client.app, { scopes: 'openid api:fhir user/Observation.cruds?category=http://terminology.hl7.org/CodeSystem/observation-category|vital-signs' });
      expect(said(await client.patch(`Observation/${id}`, [{ op: 'replace', path: '/category', value: category('laboratory') }], {}, { token }))).toBe('403 forbidden');
      expect((await client.patch(`Observation/${id}`, [{ op: 'replace', path: '/status', value: 'amended' }], {}, { token })).status).toBe(200);
    });

    it('is refused without a token', async () => {
      const answer = await client.app.request('PATCH', '/apis/default/fhir/Patient/1', { body: '[]', headers: { 'content-type': JSON_PATCH } });
      expect(said(answer)).toBe('401 login');
    });
  });

  describe('in a Bundle', () => {
    const urn = 'urn:uuid:00000000-0000-4000-8000-000000000001';
    const binary = (operations: unknown) => ({ resourceType: 'Binary', contentType: JSON_PATCH, data: Buffer.from(JSON.stringify(operations)).toString('base64') });
    const entry = (resource: unknown, url: string, request: Record<string, unknown> = {}) => ({ resource, request: { method: 'PATCH', url, ...request } });
    const send = (type: string, ...entries: unknown[]) => client.call('POST', '', { resourceType: 'Bundle', type, entry: entries }, { prefer: 'return=representation' });

    it.each(['transaction', 'batch'])('of type %s takes both kinds, by id and by criteria', async (type) => {
      const [first, second] = [await client.stored(patient(`pb-${type}`)), await client.stored(patient(undefined, { birthDate: '1900-01-01' }))];
      const answer = await send(type, entry(binary([{ op: 'add', path: '/active', value: true }]), `Patient?identifier=${MRN}|pb-${type}`, { ifMatch: 'W/"1"' }), entry(replaceBirthDate, `Patient/${second.id}`));
      expect(answer.json.entry.map((one: { response: { status: string; etag: string } }) => [one.response.status, one.response.etag])).toEqual([['200 OK', 'W/"2"'], ['200 OK', 'W/"2"']]);
      expect(answer.json.entry.map((one: { resource: object }) => one.resource)).toMatchObject([{ id: first.id, active: true }, { id: second.id, birthDate: '1901-02-03' }]);
    });

    it('refers to other entries, by either kind, and by condition', async () => {
      const [first, second] = [await client.stored(observation('Patient/x')), await client.stored(observation('Patient/x'))];
      await client.stored({ resourceType: 'Practitioner', id: 'pb-doctor', identifier: [{ system: MRN, value: 'pb-doctor' }] });
      const answer = await send('transaction',
        entry(binary([{ op: 'replace', path: '/subject', value: { reference: urn } }, { op: 'add', path: '/performer', value: [{ reference: `Practitioner?identifier=${MRN}|pb-doctor` }] }]), `Observation/${first.id}`),
        entry(parameters({ type: 'replace', path: 'Observation.subject', value: { valueReference: { reference: urn } } }), `Observation/${second.id}`),
        { fullUrl: urn, resource: patient(), request: { method: 'POST', url: 'Patient' } });
      const made = answer.json.entry[2].resource.id;
      expect(answer.json.entry[0].resource).toMatchObject({ subject: { reference: `Patient/${made}` }, performer: [{ reference: 'Practitioner/pb-doctor' }] });
      expect(answer.json.entry[1].resource).toMatchObject({ subject: { reference: `Patient/${made}` } });
    });

    it('takes a failed transaction back and names the entry; in a batch the others stand', async () => {
      const [first, second] = [await client.stored(patient()), await client.stored(patient())];
      const entries = [entry(binary([{ op: 'add', path: '/active', value: true }]), `Patient/${first.id}`), entry(binary([{ op: 'add', path: '/birthDate', value: 'soon' }]), `Patient/${second.id}`)];
      const refused = await send('transaction', ...entries);
      expect([said(refused), refused.json.issue[0].expression]).toEqual(['400 value', ['Bundle.entry[1]']]);
      expect(refused.json.issue[0].diagnostics).toContain('Patient.birthDate');
      expect((await client.get(`Patient/${first.id}`)).json.meta.versionId).toBe('1');
      const batch = await send('batch', ...entries);
      expect(batch.json.entry.map((one: { response: { status: string } }) => one.response.status.slice(0, 3))).toEqual(['200', '400']);
    });

    it.each<[string, unknown, string]>([
      ['no resource', undefined, '400 required'], ['another resource', patient(), '400 value'], ['a Binary of another type', { resourceType: 'Binary', contentType: 'text/plain', data: 'W10=' }, '400 value'],
      ['a Binary that holds no JSON', { resourceType: 'Binary', contentType: JSON_PATCH, data: 'eA==' }, '400 value'], ['a Binary without data', { resourceType: 'Binary', contentType: JSON_PATCH }, '400 value'], ['no patch', binary({}), '400 value'],
    ])('refuses %s', async (_what, resource, expected) => {
      const { id } = await client.stored(patient());
      const answer = await send('transaction', entry(resource, `Patient/${id}`));
      expect([said(answer).replace('invalid', 'value'), answer.json.issue[0].expression]).toEqual([expected, ['Bundle.entry[0].resource']]);
    });

    it('refuses two entries that concern the same resource', async () => {
      const { id } = await client.stored(patient());
      const one = () => entry(binary([{ op: 'add', path: '/active', value: true }]), `Patient/${id}`);
      expect(said(await send('transaction', one(), one()))).toBe('400 duplicate');
    });
  });
});
