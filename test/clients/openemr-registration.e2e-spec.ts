import { exportJWK, generateKeyPair } from 'jose';
import { startApp, type TestApp } from '../harness/start-app';

const AT = '/oauth2/default/registration';

/** Every key an OpenEMR client may send, with a value of its type. */
async function everything(): Promise<Record<string, unknown>> {
  const { publicKey } = await generateKeyPair('RS384', { extractable: true });
  return {
    application_type: 'private', redirect_uris: ['https://client.example.org/callback', 'https://client.example.org/other'], post_logout_redirect_uris: ['https://client.example.org/logout/callback'], client_name: 'A Private App',
    initiate_login_uri: 'https://client.example.org/launch', token_endpoint_auth_method: 'client_secret_post', contacts: ['me@example.org', 'them@example.org'], scope: 'openid launch offline_access api:oemr user/patient.read user/Patient.rs system/Patient.rs',
    jwks: { keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS384', use: 'sig' }] }, jwks_uri: 'https://client.example.org/jwks', logo_uri: 'https://client.example.org/logo.png', policy_uri: 'https://client.example.org/policy', tos_uri: 'https://client.example.org/terms',
    sector_identifier_uri: 'https://client.example.org/sector', subject_type: 'public', default_max_age: 600, require_auth_time: true, default_acr_values: ['1'], request_uris: ['https://client.example.org/request'], response_types: ['code'],
    grant_types: ['authorization_code', 'refresh_token', 'password', 'client_credentials'], dsi_type: 'predictive', dsi_source_attributes: [{ name: 'Name of the intervention', value: 'x' }],
  };
}

describe('registration, as OpenEMR’s clients send it', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.stop());

  const register = (body: unknown, type = 'application/json') => app.request('POST', AT, { body: typeof body === 'string' ? body : JSON.stringify(body), headers: { 'content-type': type } });
  const least = { application_type: 'private', redirect_uris: ['https://client.example.org/callback'], client_name: 'App', scope: 'openid api:oemr user/patient.read' };

  it('takes every key and echoes it', async () => {
    const sent = await everything();
    const { status, json, headers } = await register(sent);
    expect(status).toBe(200);
    expect(json).toMatchObject(sent);
    expect([headers.get('cache-control'), headers.get('pragma'), headers.get('content-type')]).toEqual(['no-store', 'no-cache', expect.stringMatching(/^application\/json/)]);
  });

  it('answers with identifiers and secrets of their lengths', async () => {
    const { json } = await register(least);
    expect(json).toMatchObject({
      client_id: expect.stringMatching(/^[\w-]{43}$/), client_secret: expect.stringMatching(/^[\w-]{86}$/), registration_access_token: expect.stringMatching(/^[\w-]{43}$/),
      registration_client_uri: expect.stringMatching(/\/oauth2\/default\/client\/[\w-]{22}$/), client_id_issued_at: expect.any(Number), client_secret_expires_at: 0, client_role: 'user', dsi_type: 'none',
    });
  });

  it.each(Object.entries({ application_type: 'web', client_name: 'Public', contacts: ['a@example.org'], dsi_type: 'evidence', default_max_age: 1, require_auth_time: false, subject_type: 'pairwise' }))('echoes %s of a public app', async (key, value) => {
    const { status, json } = await register({ redirect_uris: ['https://client.example.org/callback'], [key]: value });
    expect([status, json[key], json.client_secret, json.client_role]).toEqual([200, value, '', 'patient']);
  });

  it('takes jwks as the text of the object too, and answers with the object', async () => {
    const { jwks } = await everything();
    expect((await register({ ...least, jwks: JSON.stringify(jwks) })).json.jwks).toEqual(jwks);
  });

  it('ignores a user name and password in the body, and older gates in the scope', async () => {
    const { status, json } = await register({ ...least, scope: 'openid api:oemr api:pofh site:default user/patient.read', username: 'admin', password: 'pass' });
    expect([status, json.username, json.password]).toEqual([200, undefined, undefined]);
    expect(json.scope).toContain('api:oemr');
  });

  it.each([
    ['cut off', '{"redirect_uris": ["https://client.example.org/callback"'], ['not JSON', 'redirect_uris=https://client.example.org/callback'], ['empty', ''], ['a list', '[]'], ['a text', '"x"'], ['null', 'null'],
  ])('answers 400 invalid_client_metadata to a body that is %s', async (_what, body) => {
    const { status, json, headers } = await register(body);
    expect([status, json.error, json.message]).toEqual([400, 'invalid_client_metadata', json.error_description]);
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it.each(['text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])('answers 400 invalid_client_metadata to %s', async (type) => {
    const { status, json } = await register(least, type);
    expect([status, json.error]).toEqual([400, 'invalid_client_metadata']);
  });

  it('keeps its own words for a body that is too large', async () => {
    const { status, json } = await register({ ...least, client_name: 'x'.repeat(17 * 1024 * 1024) });
    expect([status, json.message]).toEqual([413, json.error_description]);
  });

  it('shows a registration to the holder of its token, by header or parameter, and to nobody else', async () => {
    const { json } = await register({ ...least, contacts: ['me@example.org'] });
    const path = new URL(json.registration_client_uri).pathname;
    const shown = { client_id: json.client_id, contacts: ['me@example.org'], application_type: 'user', client_name: 'App', redirect_uris: least.redirect_uris, dsi_type: 'none', dsi_source_attributes: [] };
    expect((await app.request('GET', path, { token: json.registration_access_token })).json).toEqual(shown);
    expect((await app.request('GET', `${path}?access_token=${json.registration_access_token}`)).json).toEqual(shown);
    for (const [where, token] of [[path, 'wrong'], [path, json.client_secret], [`${path}x`, json.registration_access_token], [path.replace('default', 'alternate'), json.registration_access_token]] as const) {
      const refused = await app.request('GET', where, { token });
      expect(refused.status).toBe(401);
      expect(refused.text).not.toContain('App');
    }
    expect((await app.request('GET', path)).status).toBe(401);
  });
});

describe('a new client under CLIENT_APPROVAL=patient-auto', () => {
  it('is unknown to the token endpoint until it is approved', async () => {
    const app = await startApp({ CLIENT_APPROVAL: 'patient-auto' });
    try {
      const { json } = await app.request('POST', AT, { body: { application_type: 'private', redirect_uris: ['https://client.example.org/callback'], scope: 'api:oemr user/patient.read' } });
      const answer = await app.request('POST', '/oauth2/default/token', { form: { grant_type: 'password', client_id: json.client_id, client_secret: json.client_secret, user_role: 'users', username: 'admin', password: 'pass', scope: 'api:oemr' } });
      expect([answer.status, answer.json.error]).toEqual([401, 'invalid_client']);
    } finally {
      await app.stop();
    }
  });
});
