import { ClientStore } from '../../src/auth';
import { AuthApp } from './token.fixture';

describe('POST /oauth2/:site/registration', () => {
  let app: AuthApp;
  beforeAll(async () => {
    app = await AuthApp.start({ CLIENT_APPROVAL: 'patient-auto', OAUTH_PASSWORD_GRANT: 'both' });
  });
  afterAll(() => app.stop());

  it('gives a confidential client its identifiers and secrets, and echoes what it sent', async () => {
    const sent = {
      application_type: 'private', redirect_uris: ['https://app.example.org/cb'], post_logout_redirect_uris: ['https://app.example.org/bye'], client_name: 'A Private App',
      token_endpoint_auth_method: 'client_secret_post', contacts: ['me@example.org'], scope: 'openid api:oemr user/allergy.read user/Patient.rs', default_max_age: 3600, require_auth_time: true,
      username: 'admin', password: 'pass', unknown_member: 1,
    };
    const { status, headers, json } = await app.register(sent);
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('pragma')).toBe('no-cache');
    expect(json.client_id).toMatch(/^[\w-]{43}$/);
    expect(json.client_secret).toMatch(/^[\w-]{86}$/);
    expect(json.registration_access_token).toMatch(/^[\w-]{43}$/);
    expect(json.registration_client_uri).toMatch(new RegExp(`^${app.url}/oauth2/default/client/[\\w-]{22}$`));
    expect(json).toMatchObject({ client_role: 'user', client_secret_expires_at: 0, scope: sent.scope, contacts: sent.contacts, default_max_age: 3600, redirect_uris: sent.redirect_uris, dsi_type: 'none' });
    expect(json).not.toHaveProperty('password');
    expect(json).not.toHaveProperty('unknown_member');
    expect(Math.abs(json.client_id_issued_at - Date.now() / 1000)).toBeLessThan(60);
  });

  it('gives a public client no secret, the patient role and, without a scope, the default ones', async () => {
    const { status, json } = await app.register({ application_type: 'web' });
    expect(status).toBe(200);
    expect(json).toMatchObject({ client_secret: '', client_role: 'patient' });
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['no redirect_uris', { redirect_uris: undefined }, 'invalid_redirect_uri'],
    ['empty redirect_uris', { redirect_uris: [] }, 'invalid_redirect_uri'],
    ['a javascript: redirect', { redirect_uris: ['javascript:alert(1)'] }, 'invalid_redirect_uri'],
    ['a data: redirect', { redirect_uris: ['data:text/html,x'] }, 'invalid_redirect_uri'],
    ['a wildcard redirect', { redirect_uris: ['https://*.example.org/cb'] }, 'invalid_redirect_uri'],
    ['a redirect with a fragment', { redirect_uris: ['https://app.example.org/cb#x'] }, 'invalid_redirect_uri'],
    ['a redirect with user information', { redirect_uris: ['https://app@evil.example.org/cb'] }, 'invalid_redirect_uri'],
    ['http to another host', { redirect_uris: ['http://app.example.org/cb'] }, 'invalid_redirect_uri'],
    ['a number as redirect', { redirect_uris: [5] }, 'invalid_redirect_uri'],
    ['user/ scopes for a public client', { application_type: 'native', scope: 'openid user/Patient.rs' }, 'invalid_client_metadata'],
    ['system/ scopes for a public client', { scope: 'system/*.rs' }, 'invalid_client_metadata'],
    ['system/ scopes without keys', { application_type: 'private', scope: 'system/*.rs' }, 'invalid_client_metadata'],
    ['private_key_jwt without keys', { application_type: 'private', scope: 'openid', token_endpoint_auth_method: 'private_key_jwt' }, 'invalid_client_metadata'],
    ['a symmetric key', { application_type: 'private', jwks: { keys: [{ kty: 'oct', k: 'AAAA' }] } }, 'invalid_client_metadata'],
    ['a private key', { application_type: 'private', jwks: { keys: [{ kty: 'EC', crv: 'P-384', x: 'a', y: 'b', d: 'c' }] } }, 'invalid_client_metadata'],
    ['an unsupported scope', { scope: 'openid patient/Unicorn.rs' }, 'invalid_scope'],
    ['letters in the wrong order', { scope: 'patient/Observation.sr' }, 'invalid_scope'],
    ['writes for patients', { scope: 'patient/Observation.cruds' }, 'invalid_scope'],
    ['an unknown auth method', { token_endpoint_auth_method: 'tls_client_auth' }, 'invalid_client_metadata'],
    ['an unknown grant type', { grant_types: ['implicit'] }, 'invalid_client_metadata'],
    ['control characters in the name', { client_name: 'a\r\nb' }, 'invalid_client_metadata'],
  ])('refuses %s', async (_what, metadata, error) => {
    const { status, json } = await app.register(metadata);
    expect({ status, error: json.error }).toEqual({ status: 400, error });
    expect(json.message).toBe(json.error_description);
  });

  const INTERNAL = [
    'http://169.254.169.254/latest', 'https://169.254.169.254/latest', 'https://localhost:8443/', 'http://localhost:6379', 'https://[::1]/', 'https://10.0.0.5/jwks', 'https://0x7f000001/',
    'https://2130706433/', 'https://[::ffff:127.0.0.1]/', 'https://127.1/', 'https://app.localhost/', 'https://redis/', 'https://db.internal/', 'https://192.168.0.1/', 'https://100.64.0.1/',
    'file:///etc/passwd', 'gopher://x.example.org/', 'data:application/json,{}', 'https://example.org:6379/', 'https://u:p@example.org/', 'https://[fd00::1]/', 'https://[64:ff9b::7f00:1]/',
  ];
  const members = INTERNAL.map((uri) => ['jwks_uri', uri] as const).concat(['logo_uri', 'initiate_login_uri', 'policy_uri', 'tos_uri'].map((member) => [member as 'jwks_uri', INTERNAL[0]!]));
  it.each(members)('refuses %s = %s', async (member, uri) => {
    const { status, json } = await app.register({ application_type: 'private', [member]: uri });
    expect({ status, error: json.error }).toEqual({ status: 400, error: 'invalid_client_metadata' });
  });

  it('accepts public https addresses, loopback redirects and schemes of native apps', async () => {
    const { status } = await app.register({ jwks_uri: 'https://app.example.org/jwks', logo_uri: 'https://app.example.org:8443/logo.png', redirect_uris: ['http://127.0.0.1/cb', 'http://localhost:4200/cb', 'com.example.app:/cb'] });
    expect(status).toBe(200);
  });

  it.each([
    ['text/plain', '{}'],
    ['application/x-www-form-urlencoded', 'redirect_uris=https://app.example.org/cb'],
  ])('refuses a body of %s', async (type, body) => {
    const { status } = await app.send('POST', '/oauth2/default/registration', { headers: { 'content-type': type }, body });
    expect([400, 415]).toContain(status);
  });

  it.each([['[]'], ['"x"'], ['{"redirect_uris":'], ['']])('refuses the body %s', async (body) => {
    const { status } = await app.send('POST', '/oauth2/default/registration', { headers: { 'content-type': 'application/json' }, body });
    expect(status).toBe(400);
  });

  it('keeps no secret in clear', async () => {
    const { json } = await app.register({ application_type: 'private', scope: 'openid' });
    const stored = JSON.stringify(await app.at(ClientStore, (clients) => clients.find(json.client_id)));
    expect(stored).toContain(json.client_id);
    expect(stored).not.toContain(json.client_secret);
    expect(stored).not.toContain(json.registration_access_token);
  });
});

describe('approval of new clients', () => {
  const confidential = { application_type: 'private' };
  const keys = { jwks: { keys: [{ kty: 'EC', crv: 'P-384', kid: '1', x: 'AA', y: 'AA' }] } };
  const cases: [string, Record<string, unknown>, Record<string, boolean>][] = [
    ['a public app for patients', { scope: 'openid launch/patient patient/*.rs' }, { manual: false, 'patient-auto': true, auto: true }],
    ['a public app launched from the chart', { scope: 'openid launch patient/*.rs' }, { manual: false, 'patient-auto': false, auto: true }],
    ['a confidential app for patients', { ...confidential, scope: 'openid patient/*.rs' }, { manual: false, 'patient-auto': true, auto: true }],
    ['a confidential app for staff', { ...confidential, scope: 'openid user/Patient.rs' }, { manual: false, 'patient-auto': false, auto: true }],
    ['staff writes', { ...confidential, scope: 'api:oemr user/patient.write' }, { manual: false, 'patient-auto': false, auto: true }],
    ['a backend service', { ...confidential, ...keys, scope: 'system/*.*' }, { manual: false, 'patient-auto': false, auto: true }],
    ['the password grant', { grant_types: ['password'], scope: 'openid' }, { manual: false, 'patient-auto': false, auto: true }],
  ];
  describe.each(['manual', 'patient-auto', 'auto'])('by CLIENT_APPROVAL=%s', (mode) => {
    let app: AuthApp;
    beforeAll(async () => {
      app = await AuthApp.start({ CLIENT_APPROVAL: mode });
    });
    afterAll(() => app.stop());

    it.each(cases)('%s', async (_what, metadata, expected) => {
      const { json } = await app.register(metadata);
      const client = await app.at(ClientStore, (clients) => clients.find(json.client_id));
      expect(client!.enabled).toBe(expected[mode]);
    });
  });
});

describe('limits of registration', () => {
  it('answers 429 with Retry-After to who registers without end', async () => {
    const app = await AuthApp.start();
    const statuses: number[] = [];
    for (let round = 0; round < 121; round += 1) statuses.push((await app.register({ redirect_uris: [] })).status);
    const last = await app.register({});
    expect(statuses.slice(0, 120)).toEqual(new Array(120).fill(400));
    expect(last.status).toBe(429);
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
    await app.stop();
  });
});

describe('GET /oauth2/:site/client/:path', () => {
  let app: AuthApp;
  beforeAll(async () => {
    app = await AuthApp.start();
  });
  afterAll(() => app.stop());

  it('shows a client its own registration, without the secret', async () => {
    const { json } = await app.register({ application_type: 'private', contacts: ['me@example.org'] });
    const own = await app.get(json.registration_client_uri, json.registration_access_token);
    expect(own.status).toBe(200);
    expect(own.json).toEqual({ client_id: json.client_id, contacts: ['me@example.org'], application_type: 'user', client_name: 'Test app', redirect_uris: ['https://app.example.org/cb'], dsi_type: 'none', dsi_source_attributes: [] });
  });

  it('says the same to a wrong token, another client’s token, no token, an unknown path and another site', async () => {
    const [mine, other] = [await app.register({}), await app.register({})].map(({ json }) => json);
    const unknown = mine.registration_client_uri.replace(/[^/]+$/, 'x'.repeat(22));
    const elsewhere = mine.registration_client_uri.replace('/default/', '/alternate/');
    const answers = [
      await app.get(mine.registration_client_uri, 'wrong'),
      await app.get(mine.registration_client_uri, other.registration_access_token),
      await app.get(mine.registration_client_uri),
      await app.get(unknown, mine.registration_access_token),
      await app.get(elsewhere, mine.registration_access_token),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401]);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  });
});
