import { resourceTypes, validateResource } from '#libs/fhir';
import { staffToken } from '../harness/sign-in';
import { startApp, type TestApp } from '../harness/start-app';
import { fullest, smallest } from './sample-resource';

describe('every R4 resource type', () => {
  let app: TestApp;
  let token: string;
  beforeAll(async () => {
    app = await startApp();
    token = await staffToken(app);
  });
  afterAll(() => app.stop());

  const fhir = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => app.request(method, `/apis/default/fhir/${path}`, { token, body, ...(headers && { headers }) });

  it.each([...resourceTypes])('%s is created, read, searched, updated, versioned and deleted', async (type) => {
    const resource = smallest(type);
    expect(validateResource(resource)).toEqual([]);
    const created = await fhir('POST', type, resource);
    expect(created.text.slice(0, 300) && created.status).toBe(201);
    const id = created.json.id as string;
    expect(created.headers.get('location')).toMatch(new RegExp(`/${type}/${id}/_history/1$`));
    expect((await fhir('GET', `${type}/${id}`)).json).toEqual(created.json);
    const found = await fhir('GET', `${type}?_id=${id}`);
    expect(found.json.entry.map((one: { resource: unknown }) => one.resource)).toEqual([created.json]);
    const updated = await fhir('PUT', `${type}/${id}`, { ...created.json, language: 'de' }, { 'if-match': 'W/"1"' });
    expect([updated.status, updated.headers.get('etag')]).toEqual([200, 'W/"2"']);
    expect((await fhir('PUT', `${type}/${id}`, created.json, { 'if-match': 'W/"1"' })).status).toBe(412);
    expect((await fhir('GET', `${type}/${id}/_history/1`)).json).toEqual(created.json);
    expect((await fhir('GET', `${type}/${id}/_history`)).json.entry).toHaveLength(2);
    expect((await fhir('DELETE', `${type}/${id}`)).status).toBe(204);
    expect((await fhir('GET', `${type}/${id}`)).status).toBe(410);
    expect((await fhir('GET', `${type}?_id=${id}`)).json.total).toBe(0);
  });

  it.each([...resourceTypes])('%s keeps every element it was given', async (type) => {
    const resource = fullest(type);
    expect(validateResource(resource)).toEqual([]);
    const created = await fhir('POST', type, resource);
    expect(created.status).toBe(201);
    const { id: _id, meta: _meta, ...stored } = (await fhir('GET', `${type}/${created.json.id}`)).json;
    expect(stored).toEqual(resource);
  });
});
