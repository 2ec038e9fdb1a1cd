import { randomUUID } from 'node:crypto';
import { patientToken, staffToken } from '../harness/sign-in';
import { startApp, type TestApp } from '../harness/start-app';

const US_CORE = 'http://hl7.org/fhir/us/core/StructureDefinition/';
const PATIENT = `${US_CORE}us-core-patient`;

interface Issue {
  severity: string;
  code: string;
  diagnostics: string;
  expression?: string[];
}

describe('$validate', () => {
  let app: TestApp;
  let staff: string;
  let mine: string;
  const [a, b] = [randomUUID(), randomUUID()];
  const fine = { resourceType: 'Patient', meta: { profile: [PATIENT] }, identifier: [{ system: 'urn:x', value: '1' }], name: [{ family: 'A' }], gender: 'female' };

  beforeAll(async () => {
    app = await startApp();
    staff = await staffToken(app);
    for (const id of [a, b]) expect((await call(staff, 'PUT', `Patient/${id}`, { ...fine, id })).status).toBe(201);
    mine = await patientToken(app, a);
  }, 60_000);
  afterAll(() => app.stop());

  const call = (token: string, method: string, path: string, body?: unknown) => app.request(method, `/apis/default/fhir/${path}`, { token, body });
  const asked = (...parameter: object[]) => ({ resourceType: 'Parameters', parameter });
  const issues = async (path: string, body?: unknown, token = staff): Promise<Issue[]> => {
    const answer = await call(token, body === undefined ? 'GET' : 'POST', path, body);
    expect([answer.status, answer.json.resourceType]).toEqual([200, 'OperationOutcome']);
    return answer.json.issue as Issue[];
  };
  const errors = async (path: string, body?: unknown) => (await issues(path, body)).filter(({ severity }) => severity === 'error').map(({ code, expression }) => `${code} ${expression?.[0]}`);

  it('says of a resource without fault that no errors were found, and what is advised', async () => {
    const [all, advice] = await issues('Patient/$validate', fine);
    expect(all).toMatchObject({ severity: 'information', code: 'informational', diagnostics: 'No errors were found.' });
    expect(advice).toMatchObject({ severity: 'warning', code: 'invariant', expression: ['Patient'], diagnostics: expect.stringContaining('(dom-6)') });
  });

  it.each([
    ['structure', { ...fine, foo: 1 }, 'structure Patient.foo'],
    ['a required code', { ...fine, gender: 'f' }, 'code-invalid Patient.gender'],
    ['an invariant', { ...fine, contact: [{ gender: 'male' }] }, 'invariant Patient.contact[0]'],
    ['a claimed profile', { ...fine, identifier: undefined }, 'required Patient.identifier'],
    ['an extension', { ...fine, extension: [{ url: `${US_CORE}us-core-race`, extension: [{ url: 'ombCategory', valueCoding: { system: 'urn:oid:2.16.840.1.113883.6.238', code: '2106-3' } }] }] }, 'required Patient.extension[0].extension'],
    ['another type than that of the address', { resourceType: 'Basic', code: { text: 'x' } }, 'invalid Resource.resourceType'],
  ])('answers 200 and names the element where %s is wrong', async (_, resource, expected) => {
    expect(await errors('Patient/$validate', resource)).toEqual([expected]);
    expect(await errors('Patient/$validate', asked({ name: 'resource', resource }))).toEqual([expected]);
  });

  it('checks against a profile that is asked for, with or without its version', async () => {
    const plain = { resourceType: 'Patient', name: [{ family: 'A' }] };
    expect(await errors('Patient/$validate', plain)).toEqual([]);
    for (const profile of [PATIENT, `${PATIENT}|8.0.0`, `${PATIENT}|3.1.1`]) {
      expect(await errors('Patient/$validate', asked({ name: 'resource', resource: plain }, { name: 'profile', valueUri: profile }))).toContain('required Patient.identifier');
      expect(await errors(`Patient/$validate?profile=${encodeURIComponent(profile)}`, plain)).toContain('required Patient.identifier');
    }
    expect(await errors('Patient/$validate', asked({ name: 'resource', resource: fine }, { name: 'profile', valueUri: `${US_CORE}us-core-vital-signs` }))).toEqual(['invalid Patient.meta.profile']);
  });

  it.each(['http://example.org/x', `${PATIENT}|5.0.1`, 'nothing'])('refuses the unknown profile %s, and says which are known', async (profile) => {
    const answer = await call(staff, 'POST', 'Patient/$validate', asked({ name: 'resource', resource: fine }, { name: 'profile', valueUri: profile }));
    expect([answer.status, answer.json.issue[0].code, answer.json.issue[0].diagnostics]).toEqual([400, 'not-supported', expect.stringContaining('US Core 3.1.1')]);
  });

  it('remarks on a claimed profile that is not known, and does not refuse it', async () => {
    const claimed = { ...fine, meta: { profile: ['http://example.org/x'] } };
    expect(await issues('Patient/$validate', claimed)).toContainEqual(expect.objectContaining({ severity: 'information', code: 'not-supported', expression: ['Patient.meta.profile'] }));
    expect((await call(staff, 'POST', 'Patient', claimed)).status).toBe(201);
  });

  it('checks what is stored, and what would replace it', async () => {
    expect(await errors(`Patient/${a}/$validate`)).toEqual([]);
    expect(await errors(`Patient/${a}/$validate`, { ...fine, id: a, gender: 'x' })).toEqual(['code-invalid Patient.gender']);
    expect(await errors(`Patient/${a}/$validate?mode=update`, fine)).toEqual(['invalid Patient.id']);
    expect(await errors(`Patient/${a}/$validate?mode=create`, fine)).toEqual([]);
    expect((await call(staff, 'GET', 'Patient/unknown/$validate')).status).toBe(404);
  });

  it('says of a deletion whether there is something to delete', async () => {
    expect((await issues(`Patient/${a}/$validate?mode=delete`))[0]).toMatchObject({ severity: 'information' });
    expect((await call(staff, 'GET', 'Patient/unknown/$validate?mode=delete')).status).toBe(404);
    expect((await call(staff, 'GET', 'Patient/$validate?mode=delete')).status).toBe(400);
  });

  it.each([
    ['an unknown mode', 'Patient/$validate?mode=x', fine],
    ['nothing to validate', 'Patient/$validate', undefined],
    ['the system level', '$validate', fine],
  ])('refuses %s', async (_, path, body) => {
    expect((await call(staff, body ? 'POST' : 'GET', path, body)).status).toBeGreaterThanOrEqual(400);
  });

  it("shows nothing of another patient's record", async () => {
    expect((await call(mine, 'GET', `Patient/${a}/$validate`)).status).toBe(200);
    expect((await call(mine, 'GET', `Patient/${b}/$validate`)).status).toBe(404);
    expect((await call(mine, 'GET', `Patient/${b}/$validate?mode=delete`)).status).not.toBe(200);
  });
});

describe('what is written is validated', () => {
  let app: TestApp;
  let token: string;
  beforeAll(async () => {
    app = await startApp();
    token = await staffToken(app);
  }, 60_000);
  afterAll(() => app.stop());

  const send = (method: string, path: string, body: unknown) => app.request(method, `/apis/default/fhir/${path}`, { token, body });
  const claiming = { resourceType: 'Patient', meta: { profile: [PATIENT] }, name: [{ family: 'A' }] };
  const sound = { ...claiming, identifier: [{ system: 'urn:x', value: '1' }] };
  const diagnosed = (answer: { status: number; json: { issue: Issue[] } }) => [answer.status, answer.json.issue[0]!.code, answer.json.issue[0]!.expression?.[0]];

  it('400 for what R4 forbids, 422 for what a profile alone forbids, each with the element', async () => {
    expect(diagnosed(await send('POST', 'Patient', { ...sound, gender: 'f' }))).toEqual([400, 'code-invalid', 'Patient.gender']);
    expect(diagnosed(await send('POST', 'Patient', { ...sound, contact: [{ gender: 'male' }] }))).toEqual([400, 'invariant', 'Patient.contact[0]']);
    const refused = await send('POST', 'Patient', claiming);
    expect(diagnosed(refused)).toEqual([422, 'required', 'Patient.identifier']);
    expect(refused.json.issue[0].diagnostics).toBe(`identifier is required. Wanted by ${PATIENT}|8.0.0.`);
    expect((await send('POST', 'Patient', sound)).status).toBe(201);
  });

  it('an update and a patch are held to the claimed profile as well', async () => {
    const id = randomUUID();
    expect((await send('PUT', `Patient/${id}`, { ...claiming, id })).status).toBe(422);
    expect((await send('PUT', `Patient/${id}`, { ...sound, id })).status).toBe(201);
    const patch = (operations: unknown) => app.request('PATCH', `/apis/default/fhir/Patient/${id}`, { token, body: JSON.stringify(operations), headers: { 'content-type': 'application/json-patch+json' } });
    expect((await patch([{ op: 'remove', path: '/identifier' }])).status).toBe(422);
    expect((await patch([{ op: 'add', path: '/gender', value: 'male' }])).status).toBe(200);
  });

  it('so are the entries of a batch and of a transaction, which then changes nothing', async () => {
    const bundle = (type: string) => ({ resourceType: 'Bundle', type, entry: [sound, claiming].map((resource) => ({ resource, request: { method: 'POST', url: 'Patient' } })) });
    const batch = await send('POST', '', bundle('batch'));
    expect(batch.json.entry.map((one: { response: { status: string } }) => one.response.status.slice(0, 3))).toEqual(['201', '422']);
    const before = (await send('GET', 'Patient?_summary=count', undefined)).json.total;
    expect(diagnosed(await send('POST', '', bundle('transaction')))).toEqual([422, 'required', 'Bundle.entry[1].resource.identifier']);
    expect((await send('GET', 'Patient?_summary=count', undefined)).json.total).toBe(before);
  });

  it('a narrative with a script is refused, one of the XHTML subset kept as it is', async () => {
    const div = (inner: string) => ({ ...sound, text: { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml">${inner}</div>` } });
    expect(diagnosed(await send('POST', 'Patient', div('<script>alert(1)</script>')))).toEqual([400, 'invariant', 'Patient.text.div']);
    expect(diagnosed(await send('POST', 'Patient', div('<p onclick="x()">a</p>')))).toEqual([400, 'invariant', 'Patient.text.div']);
    const kept = await send('POST', 'Patient', div('<p class="x">A &amp; <b>B</b></p>'));
    expect([kept.status, kept.json.text.div]).toEqual([201, '<div xmlns="http://www.w3.org/1999/xhtml"><p class="x">A &amp; <b>B</b></p></div>']);
  });
});
