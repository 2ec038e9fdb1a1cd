import { randomUUID } from 'node:crypto';
import { staffToken } from '../harness/sign-in';
import { startApp, type TestApp } from '../harness/start-app';

/** Malformed: whoever is told so has had it read. */
const BROKEN = '{'.repeat(1000);

describe('bodies', () => {
  let app: TestApp;
  let token: string;
  beforeAll(async () => {
    app = await startApp();
    token = await staffToken(app);
  });
  afterAll(() => app.stop());

  const ROUTES: [string, string, string][] = [
    ['POST', '/apis/default/fhir/Patient', 'application/fhir+json'], ['POST', '/apis/default/fhir/Patient', 'application/fhir+xml'], ['POST', '/apis/default/fhir', 'application/fhir+json'],
    ['PUT', '/apis/default/fhir/Patient/a', 'application/fhir+json'], ['PATCH', '/apis/default/fhir/Patient/a', 'application/json-patch+json'], ['POST', '/apis/default/fhir/$graphql', 'application/json'],
    ['POST', '/apis/default/api/patient', 'application/json'], ['POST', '/apis/default/portal/nothing', 'application/json'], ['POST', '/apis/default/fhir/not/there/at/all', 'application/json'],
  ];

  it.each(ROUTES)('of %s %s (%s) are not read for whoever shows no valid token', async (method, path, type) => {
    const headers = { 'content-type': type };
    expect((await app.request(method, path, { body: BROKEN, headers })).status).toBe(401);
    expect((await app.request(method, path, { body: BROKEN, headers, token: randomUUID() })).status).toBe(401);
    expect((await app.request(method, path, { body: BROKEN, headers, token })).status).toBe(400);
  });

  it('of strangers take no time of the others’, however long they are', async () => {
    const decimals = `[${'1.10,'.repeat(3_000_000)}1]`;
    const refused = app.request('POST', '/apis/default/fhir/Patient', { body: decimals, headers: { 'content-type': 'application/fhir+json' } });
    expect((await refused).status).toBe(401);
    expect((await app.request('POST', '/oauth2/default/registration', { body: decimals, headers: { 'content-type': 'application/json' } })).status).toBe(413);
    expect((await app.request('POST', '/oauth2/default/registration', { body: JSON.stringify({ redirect_uris: [] }), headers: { 'content-type': 'application/json' } })).json.error).toBe('invalid_redirect_uri');
  });
});
