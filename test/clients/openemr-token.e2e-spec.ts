import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { demoPortalLogin, demoStaff } from '#libs/demo';
import { Accounts } from '../../src/auth';
import { runInContext } from '../../src/kernel';
import { startApp, type TestAnswer, type TestApp } from '../harness/start-app';

const AT = '/oauth2/default/token';
const STAFF_SCOPE = 'openid offline_access api:oemr api:fhir user/allergy.read user/patient.read user/vital.write user/Patient.read';
const PATIENT_SCOPE = 'openid offline_access api:port api:fhir patient/encounter.read patient/patient.read patient/Observation.read';
const SYSTEM_SCOPE = 'system/Patient.read system/Group.$export';
const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

let app: TestApp;
let client: { client_id: string; client_secret: string };
let backend: string;
let keys: { rsa: Key; other: Key };

interface Key {
  jwk: JWK;
  privateKey: Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];
}

async function key(kid: string): Promise<Key> {
  const pair = await generateKeyPair('RS384', { extractable: true });
  return { privateKey: pair.privateKey, jwk: { ...(await exportJWK(pair.publicKey)), kid } };
}

beforeAll(async () => {
  app = await startApp();
  const accounts = app.app.get(Accounts);
  await runInContext({ requestId: 'test', site: 'default', audit: {} }, async () => {
    for (const { username, password, given, family, role, practitionerId } of demoStaff) await accounts.create({ kind: 'users', username, password, displayName: `${given} ${family}`, given, family, group: role, fhirUser: `Practitioner/${practitionerId}` });
    const { username, password, email, patientId } = demoPortalLogin;
    await accounts.create({ kind: 'patient', username, password, email, displayName: 'Phil Belford', patient: patientId, fhirUser: `Patient/${patientId}` });
  });
  keys = { rsa: await key('rsa'), other: await key('rsa') };
  const register = async (body: Record<string, unknown>) => (await app.request('POST', '/oauth2/default/registration', { body: { application_type: 'private', redirect_uris: ['https://client.example.org/callback'], ...body } })).json;
  client = await register({ scope: `${STAFF_SCOPE} ${PATIENT_SCOPE}` });
  backend = (await register({ scope: SYSTEM_SCOPE, jwks: { keys: [keys.rsa.jwk] }, token_endpoint_auth_method: 'private_key_jwt' })).client_id;
});
afterAll(() => app.stop());

/** Sent as a shell would: one encoded line. */
const curl = (fields: Record<string, string | undefined>, at = AT, headers: Record<string, string> = {}): Promise<TestAnswer> =>
  app.request('POST', at, { headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers }, body: Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : `${name}=${encodeURIComponent(value)}`)).join('&') });

const admin = (more: Record<string, string | undefined> = {}) => curl({ grant_type: 'password', client_id: client.client_id, client_secret: client.client_secret, scope: STAFF_SCOPE, user_role: 'users', username: 'admin', password: 'pass', ...more });
const phil = (more: Record<string, string | undefined> = {}) =>
  curl({ grant_type: 'password', client_id: client.client_id, client_secret: client.client_secret, scope: PATIENT_SCOPE, user_role: 'patient', username: 'Phil1', password: 'phil', email: 'heya@invalid.email.com', ...more });
const outcome = ({ status, json }: TestAnswer) => [status, json.error];

describe('the password grant as printed', () => {
  it('signs the administrator in', async () => {
    const { status, json, headers } = await admin();
    expect(status).toBe(200);
    expect(json).toEqual({ token_type: 'Bearer', expires_in: 3600, access_token: expect.any(String), refresh_token: expect.any(String), id_token: expect.any(String), scope: expect.any(String) });
    expect(json.scope.split(' ').sort()).toEqual(STAFF_SCOPE.split(' ').filter((scope) => !scope.startsWith('api:')).sort());
    expect([headers.get('pragma'), headers.get('cache-control'), headers.get('content-type')?.toLowerCase()]).toEqual(['no-cache', 'no-store', 'application/json; charset=utf-8']);
    expect((await app.request('GET', '/apis/default/api/patient', { token: json.access_token })).status).toBe(200);
  });

  it.each(demoStaff.map(({ username, password }) => [username, password]))('signs %s in', async (username, password) => expect((await admin({ username, password })).status).toBe(200));

  it('signs Phil1 in, with the e-mail address', async () => {
    const { status, json } = await phil();
    expect([status, json.patient]).toEqual([200, demoPortalLogin.patientId]);
    expect(JSON.parse(Buffer.from(json.id_token.split('.')[1], 'base64url').toString())).toMatchObject({ 'api:port': true, aud: client.client_id, iss: `${app.url}/oauth2/default` });
  });

  it('does so for a client that named no grant types, since the site allows it; not for one that named others', async () => {
    const { json } = await app.request('POST', '/oauth2/default/registration', { body: { application_type: 'private', redirect_uris: ['https://client.example.org/callback'], scope: 'openid', grant_types: ['authorization_code'] } });
    expect(outcome(await admin({ client_id: json.client_id, client_secret: json.client_secret, scope: 'openid' }))).toEqual([400, 'unauthorized_client']);
  });

  it.each<[string, Record<string, string | undefined>, number, string]>([
    ['a wrong password', { password: 'wrong' }, 400, 'invalid_grant'], ['an unknown name', { username: 'nobody' }, 400, 'invalid_grant'], ['a wrong role', { user_role: 'doctor' }, 400, 'invalid_grant'], ['no role', { user_role: undefined }, 400, 'invalid_grant'],
    ['another role', { user_role: 'patient', email: 'heya@invalid.email.com' }, 400, 'invalid_grant'], ['no client', { client_id: undefined, client_secret: undefined }, 401, 'invalid_client'], ['a wrong secret', { client_secret: 'x' }, 401, 'invalid_client'],
    ['no secret', { client_secret: undefined }, 401, 'invalid_client'], ['no grant type', { grant_type: undefined }, 400, 'invalid_request'], ['an unknown grant type', { grant_type: 'implicit' }, 400, 'unsupported_grant_type'], ['launch scopes alone', { scope: 'launch launch/patient' }, 400, 'invalid_scope'],
  ])('refuses staff with %s', async (_what, change, status, error) => {
    const answer = await admin(change);
    expect(outcome(answer)).toEqual([status, error]);
    expect(answer.json.message).toBe(answer.json.error_description);
    if (error === 'invalid_grant') expect(answer.json.hint).toBe('Failed Authentication');
  });

  it.each<[string, Record<string, string | undefined>]>([['without the e-mail address', { email: undefined }], ['with another’s', { email: 'x@example.org' }], ['as staff', { user_role: 'users' }]])('refuses Phil1 %s', async (_what, change) => {
    expect(outcome(await phil(change))).toEqual([400, 'invalid_grant']);
  });
});

describe('refresh_token as printed', () => {
  it('gives a new pair for the old, and narrows', async () => {
    const { refresh_token } = (await admin()).json;
    const refresh = (token: string, more: Record<string, string> = {}) => curl({ grant_type: 'refresh_token', refresh_token: token, ...more });
    const { json } = await refresh(refresh_token, { client_id: client.client_id, client_secret: client.client_secret, scope: 'openid user/patient.read' });
    expect(json).toMatchObject({ token_type: 'Bearer', expires_in: 3600, scope: 'openid user/patient.read' });
    expect(json.refresh_token).not.toBe(refresh_token);
    expect(outcome(await curl({ grant_type: 'refresh_token', client_id: client.client_id, client_secret: client.client_secret, refresh_token: json.refresh_token, scope: 'user/user.read' }))).toEqual([400, 'invalid_scope']);
    expect(outcome(await curl({ grant_type: 'refresh_token', client_id: client.client_id, client_secret: client.client_secret, refresh_token: 'never-issued' }))).toEqual([400, 'invalid_grant']);
  });
});

describe('client_credentials as printed', () => {
  const now = () => Math.floor(Date.now() / 1000);
  type Change = { claims?: Record<string, unknown>; header?: Record<string, unknown>; signer?: () => Key };
  const signed = ({ claims = {}, header = {}, signer = () => keys.rsa }: Change = {}) => {
    const all = { iss: backend, sub: backend, aud: `${app.url}${AT}`, jti: randomUUID(), iat: now(), exp: now() + 240, ...claims };
    const kept = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
    return new SignJWT(kept).setProtectedHeader({ alg: 'RS384', kid: 'rsa', typ: 'JWT', ...header }).sign(signer().privateKey);
  };
  const ask = (client_assertion: string, more: Record<string, string | undefined> = {}) => curl({ client_assertion_type: ASSERTION_TYPE, client_assertion, grant_type: 'client_credentials', scope: SYSTEM_SCOPE, ...more });

  it('gives a token for five minutes, without a refresh token', async () => {
    const { status, json } = await ask(await signed());
    expect([status, json]).toEqual([200, { token_type: 'Bearer', expires_in: 300, access_token: expect.any(String), scope: SYSTEM_SCOPE }]);
  });

  it('takes an assertion once', async () => {
    const text = await signed();
    expect((await ask(text)).status).toBe(200);
    expect(outcome(await ask(text))).toEqual([401, 'invalid_client']);
  });

  it.each<[string, Change]>([
    ['iss of another', { claims: { iss: 'x' } }], ['sub of another', { claims: { sub: 'x' } }], ['aud of another server', { claims: { aud: 'https://other.example.org/token' } }], ['no aud', { claims: { aud: undefined } }], ['no exp', { claims: { exp: undefined } }],
    ['exp past', { claims: { exp: 1_700_000_000 } }], ['iat of yesterday', { claims: { iat: 1_700_000_000 } }], ['no jti', { claims: { jti: undefined } }], ['an unregistered key', { signer: () => keys.other }], ['an unknown kid', { header: { kid: 'x' } }],
  ])('refuses %s', async (_what, change) => expect(outcome(await ask(await signed(change)))).toEqual([401, 'invalid_client']));

  it('refuses a secret alone, other scopes, and another kind of assertion', async () => {
    expect(outcome(await curl({ grant_type: 'client_credentials', client_id: client.client_id, client_secret: client.client_secret, scope: 'system/Patient.read' }))).toEqual([400, 'invalid_request']);
    expect(outcome(await ask(await signed(), { scope: 'user/patient.read' }))).toEqual([400, 'invalid_scope']);
    expect(outcome(await ask(await signed(), { client_assertion_type: 'x' }))).toEqual([400, 'invalid_client']);
  });
});

describe('introspection as printed', () => {
  const introspect = (fields: Record<string, string>, headers = {}) => curl(fields, '/oauth2/default/introspect', headers);

  it('describes an access token and a refresh token to their client', async () => {
    const { access_token, refresh_token } = (await phil()).json;
    const proof = { client_id: client.client_id, client_secret: client.client_secret };
    const access = await introspect({ token: access_token, token_type_hint: 'access_token', ...proof });
    expect([access.status, access.json]).toEqual([200, expect.objectContaining({
      active: true, status: 'active', scope: expect.stringContaining('patient/Observation.read'), exp: expect.any(Number), sub: expect.any(String), jti: expect.any(String), aud: [client.client_id], iss: `${app.url}/oauth2/default`, client_id: client.client_id,
      token_type: 'Bearer', patient: demoPortalLogin.patientId, fhirUser: `${app.url}/apis/default/fhir/Patient/${demoPortalLogin.patientId}`,
    })]);
    expect((await introspect({ token: refresh_token, token_type_hint: 'refresh_token', ...proof })).json).toMatchObject({ active: true, status: 'active', client_id: client.client_id });
  });

  it('says active: false, with 200, to everything else', async () => {
    const { access_token } = (await admin()).json;
    const proof = { client_id: client.client_id, client_secret: client.client_secret };
    const cases = [{ token: 'nothing', ...proof }, { ...proof }, { token: access_token, client_id: client.client_id, client_secret: 'x' }, { token: access_token, ...proof, token_type_hint: 'id_token' }, { token: access_token }];
    for (const fields of cases) {
      const { status, json } = await introspect(fields as Record<string, string>);
      expect([status, json]).toEqual([200, { active: false }]);
    }
  });
});

describe('the shape of failures', () => {
  it('is challenged by Basic where Basic was used', async () => {
    const { status, headers } = await curl({ grant_type: 'password' }, AT, { authorization: `Basic ${Buffer.from('x:y').toString('base64')}` });
    expect([status, headers.get('www-authenticate')]).toEqual([401, 'Basic realm="OAuth"']);
  });

  it.each([['application/json', '{"grant_type":"password"}'], ['application/json', '{"grant_type":'], ['application/xml', '<x/>'], ['text/plain', 'grant_type=password']])('answers 400 invalid_request to %s %s, and no cache keeps it', async (type, body) => {
    const answer = await app.request('POST', AT, { headers: { 'content-type': type }, body });
    expect(outcome(answer)).toEqual([400, 'invalid_request']);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('answers 405 to GET and 200 to OPTIONS', async () => {
    expect((await app.request('GET', AT)).status).toBe(405);
    const preflight = await app.request('OPTIONS', AT, { headers: { origin: 'https://app.example.org', 'access-control-request-method': 'POST' } });
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([200, '*']);
  });

  it('answers 400 at an unknown site and 404 at an unknown address', async () => {
    expect(outcome(await curl({ grant_type: 'password' }, '/oauth2/nowhere/token'))).toEqual([400, 'invalid_request']);
    expect((await app.request('GET', '/oauth2/default/nonsense')).status).toBe(404);
  });
});
