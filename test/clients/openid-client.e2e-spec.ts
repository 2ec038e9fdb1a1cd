import { type CryptoKey, exportJWK, generateKeyPair } from 'jose';
import * as oidc from 'openid-client';
import { CALLBACK, Clinic, PASSWORD } from '../oauth/authorize.fixture';

const SCOPE = 'openid profile fhirUser offline_access launch/patient patient/Patient.rs patient/Observation.rs';
const INSECURE = { execute: [oidc.allowInsecureRequests] };

let clinic: Clinic;
let issuer: URL;
beforeAll(async () => {
  clinic = await Clinic.open();
  issuer = new URL(`${clinic.app.url}/oauth2/default`);
});
afterAll(() => clinic.stop());

/** A client of openid-client's, with whatever way of authenticating. */
const configured = (id: string, auth: oidc.ClientAuth, metadata: Partial<oidc.ClientMetadata> = {}) => oidc.discovery(issuer, id, metadata, auth, INSECURE);

/** A standalone launch by the doctor for Ana, through the real pages, up to where the app is opened again. */
async function land(config: oidc.Configuration, redirect: string, scope: string) {
  const [verifier, nonce, state] = [oidc.randomPKCECodeVerifier(), oidc.randomNonce(), oidc.randomState()];
  const url = oidc.buildAuthorizationUrl(config, { redirect_uri: redirect, scope, aud: clinic.fhir, nonce, state, code_challenge: await oidc.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256' });
  const browser = clinic.browser();
  await browser.go(url.pathname + url.search);
  await browser.signIn('doctor', PASSWORD);
  await browser.choose('Ana Ruiz');
  const { left } = await browser.authorize();
  return { landed: left!, checks: { pkceCodeVerifier: verifier, expectedNonce: nonce, expectedState: state, idTokenExpected: true } };
}

/** The same, with the code traded in; the library checks state, nonce and the id token. */
async function launch(config: oidc.Configuration, redirect = CALLBACK, scope = SCOPE) {
  const { landed, checks } = await land(config, redirect, scope);
  return oidc.authorizationCodeGrant(config, landed, checks);
}

interface Key {
  config: oidc.Configuration;
  id: string;
}

async function keyHolder(alg: 'RS384' | 'ES384', metadata: Record<string, unknown>, options?: oidc.ModifyAssertionOptions): Promise<Key> {
  const pair = await generateKeyPair(alg, { extractable: true });
  const jwk = { ...(await exportJWK(pair.publicKey)), kid: `key-${alg}`, alg, use: 'sig' };
  const { id } = await clinic.register({ application_type: 'private', client_name: alg, redirect_uris: [CALLBACK], token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [jwk] }, ...metadata });
  const auth = oidc.PrivateKeyJwt({ key: pair.privateKey as CryptoKey & { type: 'private' }, kid: jwk.kid }, options);
  return { id, config: await configured(id, auth) };
}

const refusal = (promise: Promise<unknown>) => promise.then(() => 'granted', (error: { error?: string; code?: string; status?: number }) => error.error ?? error.code ?? String(error.status));

describe('openid-client as a public app', () => {
  const redirect = 'http://127.0.0.1:53682/cb';
  const scope = 'openid fhirUser launch/patient patient/Patient.rs';
  const client = () => configured(clinic.publicApp.id, oidc.None());

  it('launches with PKCE at a loopback port of its choice', async () => {
    const tokens = await launch(await client(), redirect, scope);
    expect(tokens).toMatchObject({ token_type: 'bearer', expires_in: 3600, patient: clinic.patients.get('Ana'), need_patient_banner: true });
    expect(tokens.refresh_token).toBeUndefined();
    expect(tokens.claims()).toMatchObject({ aud: clinic.publicApp.id, fhirUser: expect.stringContaining(`${clinic.fhir}/Practitioner/`) });
    expect((await clinic.app.request('GET', `/apis/default/fhir/Patient/${tokens['patient']}`, { token: tokens.access_token })).status).toBe(200);
  });

  it('gets nothing for another verifier', async () => {
    const { landed, checks } = await land(await client(), redirect, scope);
    expect(await refusal(oidc.authorizationCodeGrant(await client(), landed, { ...checks, pkceCodeVerifier: oidc.randomPKCECodeVerifier() }))).toBe('invalid_grant');
  });

  it('refreshes without a secret where offline_access was agreed to', async () => {
    const tokens = await launch(await client(), redirect, `${scope} offline_access`);
    expect(await oidc.refreshTokenGrant(await client(), tokens.refresh_token!)).toMatchObject({ patient: tokens['patient'], scope: tokens.scope });
  });
});

describe.each<[string, (secret: string) => oidc.ClientAuth]>([
  ['client_secret_basic', (secret) => oidc.ClientSecretBasic(secret)],
  ['client_secret_post', (secret) => oidc.ClientSecretPost(secret)],
])('openid-client as a confidential app, by %s', (_method, auth) => {
  const config = () => configured(clinic.confidential.id, auth(clinic.confidential.secret));

  it('launches, reads userinfo of the same subject, introspects, and refreshes in the same context', async () => {
    const client = await config();
    const tokens = await launch(client);
    const { sub } = tokens.claims()!;
    expect(sub).toBe(clinic.people.get('doctor')!.id);
    expect(await oidc.fetchUserInfo(client, tokens.access_token, sub)).toMatchObject({ sub, preferred_username: 'doctor' });
    expect(await oidc.tokenIntrospection(client, tokens.access_token)).toMatchObject({ active: true, sub, client_id: clinic.confidential.id, scope: tokens.scope, patient: tokens['patient'], iss: issuer.href });
    const fresh = await oidc.refreshTokenGrant(client, tokens.refresh_token!);
    expect(fresh).toMatchObject({ patient: tokens['patient'], scope: tokens.scope });
    expect(fresh.refresh_token).not.toBe(tokens.refresh_token);
  });

  it('loses the whole family when a traded-in refresh token comes back', async () => {
    const client = await config();
    const tokens = await launch(client);
    const fresh = await oidc.refreshTokenGrant(client, tokens.refresh_token!);
    expect(await refusal(oidc.refreshTokenGrant(client, tokens.refresh_token!))).toBe('invalid_grant');
    expect(await refusal(oidc.refreshTokenGrant(client, fresh.refresh_token!))).toBe('invalid_grant');
    expect(await oidc.tokenIntrospection(client, fresh.access_token)).toEqual({ active: false });
  });

  it('revokes what it holds', async () => {
    const client = await config();
    const tokens = await launch(client);
    await oidc.tokenRevocation(client, tokens.refresh_token!, { token_type_hint: 'refresh_token' });
    expect(await oidc.tokenIntrospection(client, tokens.access_token)).toEqual({ active: false });
    expect((await clinic.app.request('GET', '/apis/default/fhir/Patient', { token: tokens.access_token })).status).toBe(401);
  });

  it('is refused with another secret', async () => {
    const wrong = await configured(clinic.confidential.id, auth('wrong'));
    expect(await refusal(oidc.refreshTokenGrant(wrong, 'x'))).toMatch(/invalid_client|OAUTH_WWW_AUTHENTICATE_CHALLENGE/);
  });
});

describe('openid-client as an app that leaves', () => {
  it('signs out at the end_session_endpoint and comes back with state; its tokens are dead', async () => {
    const client = await configured(clinic.confidential.id, oidc.ClientSecretPost(clinic.confidential.secret));
    const tokens = await launch(client);
    const end = oidc.buildEndSessionUrl(client, { id_token_hint: tokens.id_token!, post_logout_redirect_uri: 'https://app.example.org/bye', state: 'done' });
    expect((await clinic.browser().go(end.pathname + end.search)).left?.href).toBe('https://app.example.org/bye?state=done');
    expect(await refusal(oidc.refreshTokenGrant(client, tokens.refresh_token!))).toBe('invalid_grant');
    expect(await oidc.tokenIntrospection(client, tokens.access_token)).toEqual({ active: false });
  });
});

describe.each(['RS384', 'ES384'] as const)('openid-client with a key, %s', (alg) => {
  it('gets a system token and reads with it, and no refresh token', async () => {
    const { config } = await keyHolder(alg, { scope: 'system/Patient.rs' });
    const tokens = await oidc.clientCredentialsGrant(config, { scope: 'system/Patient.rs' });
    expect(tokens).toMatchObject({ token_type: 'bearer', expires_in: 300, scope: 'system/Patient.rs' });
    expect(tokens.refresh_token).toBeUndefined();
    const found = await clinic.app.request('GET', '/apis/default/fhir/Patient?_summary=count', { token: tokens.access_token });
    expect([found.status, found.json.total]).toEqual([200, 3]);
    expect((await clinic.app.request('GET', '/apis/default/fhir/Observation', { token: tokens.access_token })).status).toBe(403);
  });

  it('may name the token endpoint as audience, as SMART asks, but no other server and no other site', async () => {
    const audience = (aud: string | string[]): oidc.ModifyAssertionOptions => ({ [oidc.modifyAssertion]: (_header, payload) => { payload['aud'] = aud; } });
    const tryWith = async (aud: string | string[]) => refusal(oidc.clientCredentialsGrant((await keyHolder(alg, { scope: 'system/Patient.rs' }, audience(aud))).config, { scope: 'system/Patient.rs' }));
    expect(await tryWith(`${issuer.href}/token`)).toBe('granted');
    expect(await tryWith([`${issuer.href}/token`])).toBe('granted');
    for (const aud of ['https://other.example.org/token', `${clinic.app.url}/oauth2/alternate/token`, `${clinic.app.url}/oauth2/alternate`, clinic.app.url, `${issuer.href}/authorize`, [issuer.href, 'https://other.example.org']]) {
      expect([aud, await tryWith(aud)]).toEqual([aud, 'invalid_client']);
    }
  });

  it('signs people in, and refreshes, by key', async () => {
    const { config, id } = await keyHolder(alg, { scope: SCOPE });
    const tokens = await launch(config);
    expect(tokens.claims()).toMatchObject({ aud: id });
    expect((await oidc.refreshTokenGrant(config, tokens.refresh_token!))['patient']).toBe(clinic.patients.get('Ana'));
  });
});
