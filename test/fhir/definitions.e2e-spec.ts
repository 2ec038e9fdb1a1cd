import { resourceTypes, searchParameterResources, validateResource } from '#libs/fhir';
import { staffToken } from '../harness/sign-in';
import { startApp, type TestApp } from '../harness/start-app';

describe('definitions that come with the server', () => {
  let app: TestApp;
  let token: string;
  beforeAll(async () => {
    app = await startApp();
    token = await staffToken(app);
  });
  afterAll(() => app.stop());

  const call = (method: string, path: string, body?: unknown, as = token) => app.request(method, `/apis/default/fhir/${path}`, { token: as, body });
  const ids = (answer: { json: { entry?: { resource: { id: string } }[] } }) => (answer.json.entry ?? []).map(({ resource }) => resource.id);

  it.each([
    ['SearchParameter/individual-family', { resourceType: 'SearchParameter', url: 'http://hl7.org/fhir/SearchParameter/individual-family', base: ['Patient', 'Practitioner'] }],
    ['OperationDefinition/Patient-everything', { resourceType: 'OperationDefinition', code: 'everything', base: 'http://hl7.org/fhir/OperationDefinition/Patient-everything', instance: true, system: false }],
    ['OperationDefinition/group-export', { code: 'export', resource: ['Group'] }],
    ['ValueSet/administrative-gender', { resourceType: 'ValueSet', url: 'http://hl7.org/fhir/ValueSet/administrative-gender' }],
    ['CodeSystem/administrative-gender', { resourceType: 'CodeSystem', content: 'complete' }],
  ])('%s is read', async (path, expected) => {
    const answer = await call('GET', path);
    expect([answer.status, answer.json]).toEqual([200, expect.objectContaining(expected)]);
  });

  it.each([
    ['SearchParameter?url=http://hl7.org/fhir/SearchParameter/individual-family', ['individual-family']],
    ['SearchParameter?code=family&base=Patient', ['individual-family']],
    ['SearchParameter?_id=individual-family,Patient-active', ['Patient-active', 'individual-family']],
    ['OperationDefinition?base=http://hl7.org/fhir/OperationDefinition/Patient-everything', ['Patient-everything']],
    ['OperationDefinition?name=patient&code=everything', ['Patient-everything']],
    ['ValueSet?url=http://hl7.org/fhir/ValueSet/administrative-gender', ['administrative-gender']],
    ['SearchParameter?url=http://example.org/none', []],
    ['SearchParameter?_id=individual-family&_lastUpdated=gt2020', []],
    ['SearchParameter?_id=individual-family&base=Account', []],
  ])('%s finds what it names, and nothing else', async (query, expected) => {
    const answer = await call('GET', query);
    expect([answer.status, ids(answer).sort(), answer.json.total]).toEqual([200, expected, expected.length]);
  });

  it('are found page by page, each once, behind those that are stored', async () => {
    const own = (await call('POST', 'SearchParameter', { resourceType: 'SearchParameter', url: 'http://example.org/own', name: 'own', status: 'draft', description: 'x', code: 'own', base: ['Patient'], type: 'string' })).json.id as string;
    const found: string[] = [];
    for (let url: string | undefined = '/apis/default/fhir/SearchParameter?base=Patient&_count=7'; url; ) {
      const page = await app.request('GET', url, { token });
      expect(page.status).toBe(200);
      found.push(...ids(page));
      url = page.json.link.find((link: { relation: string }) => link.relation === 'next')?.url;
    }
    expect(found[0]).toBe(own);
    expect(found.slice(1)).toEqual(searchParameterResources().filter(({ base }) => (base as string[]).includes('Patient')).map(({ id }) => id));
    expect((await call('GET', 'SearchParameter?_summary=count')).json.total).toBe(searchParameterResources().length + 1);
    const elements = (await call('GET', 'SearchParameter?_id=individual-family&_elements=url')).json.entry[0].resource;
    expect([elements.expression, elements.url]).toEqual([undefined, 'http://hl7.org/fhir/SearchParameter/individual-family']);
  });

  it('keep their page links to their caller and their search', async () => {
    const next = (await call('GET', 'SearchParameter?base=Patient&_count=3')).json.link[1].url as string;
    expect((await app.request('GET', next, { token })).status).toBe(200);
    expect((await app.request('GET', next.replace('base=Patient', 'base=Group'), { token })).status).toBe(400);
    expect((await app.request('GET', next, { token: await staffToken(app) })).status).toBe(400);
  });

  it('give way to a stored one of the same id', async () => {
    const stored = { resourceType: 'ValueSet', id: 'administrative-gender', url: 'http://example.org/mine', status: 'draft' };
    expect((await call('PUT', 'ValueSet/administrative-gender', stored)).status).toBe(201);
    expect((await call('GET', 'ValueSet/administrative-gender')).json).toMatchObject(stored);
  });

  it('want a right to their type', async () => {
    const other = await staffToken(app, { scopes: 'openid api:fhir user/Patient.rs' });
    expect((await call('GET', 'SearchParameter/individual-family', undefined, other)).status).toBe(403);
    expect((await call('GET', 'SearchParameter?code=family', undefined, other)).status).toBe(403);
    expect((await app.request('GET', '/apis/default/fhir/SearchParameter/individual-family')).status).toBe(401);
    expect((await call('GET', 'SearchParameter/none')).status).toBe(404);
  });

  describe('metadata', () => {
    it('tells everything, the normative part, or the terminology', async () => {
      const [full, normative, terminology] = await Promise.all(['', '?mode=normative', '?mode=terminology'].map(async (mode) => (await app.request('GET', `/apis/default/fhir/metadata${mode}`)).json));
      expect(full).toMatchObject({ resourceType: 'CapabilityStatement', fhirVersion: '4.0.1', patchFormat: expect.arrayContaining(['application/json-patch+json']), format: expect.arrayContaining(['xml', 'json']) });
      expect(full.rest[0].resource.map(({ type }: { type: string }) => type)).toEqual([...resourceTypes]);
      expect(full.rest[0].security.service[0].coding[0].code).toBe('SMART-on-FHIR');
      expect(full.rest[0].security.extension[0].extension.map(({ url }: { url: string }) => url)).toEqual(['authorize', 'token', 'register', 'introspect', 'revoke']);
      expect([normative.rest[0].security, normative.rest[0].resource[0].versioning, normative.rest[0].resource.length]).toEqual([undefined, undefined, resourceTypes.length]);
      expect(terminology).toMatchObject({ resourceType: 'TerminologyCapabilities', codeSystem: expect.arrayContaining([expect.objectContaining({ uri: 'http://hl7.org/fhir/administrative-gender' })]) });
    });

    it('refuses another mode', async () => {
      const answer = await app.request('GET', '/apis/default/fhir/metadata?mode=everything');
      expect([answer.status, answer.json.issue[0].expression]).toEqual([400, ['mode']]);
    });

    it.each(['', '?mode=normative', '?mode=terminology'])('is valid R4 (%s)', async (mode) => {
      const statement = (await app.request('GET', `/apis/default/fhir/metadata${mode}`)).json;
      expect(validateResource(statement)).toEqual([]);
    });
  });

  it('are valid R4, all that are ours', async () => {
    const found = await call('GET', 'OperationDefinition?_count=200');
    expect(found.json.entry.length).toBeGreaterThan(5);
    for (const { resource } of found.json.entry) expect([resource.id, validateResource(resource)]).toEqual([resource.id, []]);
  });
});
