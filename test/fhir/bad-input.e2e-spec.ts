import { staffToken } from '../harness/sign-in';
import { startApp, type TestApp } from '../harness/start-app';

describe('bad input to the FHIR API', () => {
  let app: TestApp;
  let token: string;
  beforeAll(async () => {
    app = await startApp({ SALUS_BODY_LIMIT: '200000' });
    token = await staffToken(app);
  });
  afterAll(() => app.stop());

  const send = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    app.request(method, `/apis/default/fhir${path}`, { token, body, headers: { ...(body !== undefined && { 'content-type': 'application/fhir+json' }), ...headers } });

  const patients = async () => (await send('GET', '/Patient?_summary=count')).json.total as number;

  it.each([
    ['malformed JSON', '{"resourceType":"Patient"', 400],
    ['an empty body', '', 400],
    ['a JSON array', '[]', 400],
    ['another type than the address', { resourceType: 'Observation' }, 400],
    ['an unknown element', { resourceType: 'Patient', birthday: '2020-01-01' }, 400],
    ['a wrong type', { resourceType: 'Patient', active: 'yes' }, 400],
    ['an object where a list belongs', { resourceType: 'Patient', name: { family: 'A' } }, 400],
    ['an impossible date', { resourceType: 'Patient', birthDate: '2021-02-30' }, 400],
    ['a code outside a required set', { resourceType: 'Patient', gender: 'm' }, 400],
    ['two values of one choice', { resourceType: 'Patient', deceasedBoolean: true, deceasedDateTime: '2020' }, 400],
    ['an empty element', { resourceType: 'Patient', name: [{}] }, 400],
    ['a duplicate member', '{"resourceType":"Patient","active":true,"active":false}', 400],
    ['a prototype as element', '{"resourceType":"Patient","__proto__":{"admin":true}}', 400],
    ['a lone surrogate', '{"resourceType":"Patient","language":"\\ud800"}', 400],
    ['more than the body limit', JSON.stringify({ resourceType: 'Patient', name: [{ family: 'x'.repeat(300_000) }] }), 413],
    ['100,000 levels of nesting', '['.repeat(90_000), 400],
  ])('refuses %s with an OperationOutcome and stores nothing', async (_what, body, status) => {
    const before = await patients();
    const answer = await send('POST', '/Patient', body);
    expect([answer.status, answer.json?.resourceType, answer.json?.issue?.[0]?.severity]).toEqual([status, 'OperationOutcome', 'error']);
    expect(answer.headers.get('content-type')).toMatch(/^application\/fhir\+json/);
    expect(await patients()).toBe(before);
  });

  it.each(['under_score', 'x'.repeat(65), 'a%20b'])('says what an id may be made of, rather than that %s is not there', async (id) => {
    const answer = await send('PUT', `/Patient/${id}`, { resourceType: 'Patient', id });
    expect([answer.status, answer.json.issue[0].diagnostics]).toEqual([400, expect.stringContaining('letters, digits, hyphens and dots')]);
  });

  it('names the element of every problem', async () => {
    const answer = await send('POST', '/Patient', { resourceType: 'Patient', birthDate: '1', gender: 'x', foo: 1 });
    expect(answer.json.issue.flatMap((one: { expression: string[] }) => one.expression).sort()).toEqual(['Patient.birthDate', 'Patient.foo', 'Patient.gender']);
  });

  it.each([
    ['Turtle', 'application/fhir+turtle', '[a fhir:Patient].', 415],
    ['R5', 'application/fhir+json; fhirVersion=5.0', '{"resourceType":"Patient"}', 415],
    ['another charset', 'application/fhir+json; charset=iso-8859-1', '{"resourceType":"Patient"}', 415],
    ['a form', 'application/x-www-form-urlencoded', 'a=b', 415],
  ])('refuses %s as a resource', async (_what, type, body, status) => {
    const answer = await app.request('POST', '/apis/default/fhir/Patient', { token, body, headers: { 'content-type': type } });
    expect([answer.status, answer.json?.resourceType]).toEqual([status, 'OperationOutcome']);
  });

  it('refuses to answer in Turtle alone', async () => {
    const answer = await app.request('GET', '/apis/default/fhir/metadata', { headers: { accept: 'application/fhir+turtle' } });
    expect([answer.status, answer.json?.resourceType]).toEqual([406, 'OperationOutcome']);
  });

  it('refuses an update that names a version it cannot read, or one that is not current', async () => {
    const { json } = await send('POST', '/Patient', { resourceType: 'Patient' });
    expect((await send('PUT', `/Patient/${json.id}`, json, { 'if-match': 'now' })).status).toBe(400);
    expect((await send('PUT', `/Patient/${json.id}`, json, { 'if-match': 'W/"7"' })).status).toBe(412);
    expect((await send('GET', `/Patient/${json.id}`)).json).toEqual(json);
  });

  it('answers without a token with 401 and an OperationOutcome, also at unknown addresses', async () => {
    for (const path of ['/Patient', '/Patient/1', '/nothing/at/all']) {
      const answer = await app.request('GET', `/apis/default/fhir${path}`);
      expect([path, answer.status, answer.json?.resourceType]).toEqual([path, 401, 'OperationOutcome']);
    }
  });

  it.each(["'", '"', '\\', '%', '_', ';--', '/*', '%00', '%bf%27', '%ff', "' OR '1'='1", 'a'.repeat(5000)])('takes %s in any parameter as a value', async (hostile) => {
    await send('POST', '/Patient', { resourceType: 'Patient', name: [{ family: 'Harmless' }] });
    for (const name of ['name', 'family:exact', 'family:contains', 'identifier', 'gender', 'birthdate', '_id', '_lastUpdated', 'general-practitioner', '_sort', '_count', '_elements', '_include', '_revinclude', '_has:Observation:patient:code', '_cursor', 'organization.name', '_profile']) {
      const answer = await send('GET', `/Patient?${encodeURIComponent(name)}=${hostile.startsWith('%') ? hostile : encodeURIComponent(hostile)}`);
      expect([name, [200, 400].includes(answer.status), /sql|syntax error|ER_/i.test(answer.text)]).toEqual([name, true, false]);
      if (answer.status === 200 && !name.startsWith('_') && hostile !== '%' && hostile !== '_') expect([name, answer.json.entry?.filter((one: { search: { mode: string } }) => one.search.mode === 'match') ?? []]).toEqual([name, []]);
    }
  });
});
