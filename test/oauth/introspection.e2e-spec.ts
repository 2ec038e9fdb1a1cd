import { decodeJwt } from 'jose';
import { clock } from '../../src/kernel';
import { AuthApp } from './token.fixture';
import { type App, asSystem, assertion, ASSERTION_TYPE, backend, codeFor, confidential, type KeyPair, keyPair, PATIENT_ID, people, pkce, publicClient, withCode } from './token.people';

describe('POST /oauth2/:site/introspect and /revoke', () => {
  let app: AuthApp;
  let client: App;
  let accounts: Awaited<ReturnType<typeof people>>;
  let key: KeyPair;
  let backendId: string;
  beforeAll(async () => {
    app = await AuthApp.start();
    accounts = await people(app);
    client = await confidential(app);
    key = await keyPair('ES384', 'k');
    backendId = await backend(app, key);
  });
  afterAll(() => app.stop());
  afterEach(() => jest.restoreAllMocks());

  const tokens = async () => (await withCode(app, await codeFor(app, client.id, accounts.physician, { encounter: 'e-1', launch: { intent: 'main.tab' } }), {}, client.basic)).json;
  const ask = (fields: Record<string, string>, headers: Record<string, string> = client.basic, site = 'default') => app.form(`/oauth2/${site}/introspect`, fields, headers);
  const revoke = (fields: Record<string, string>, headers: Record<string, string> = client.basic) => app.form('/oauth2/default/revoke', fields, headers);

  it('describes a live access token to its client', async () => {
    const issued = await tokens();
    const { status, json, headers } = await ask({ token: issued.access_token });
    const { iss, sub } = decodeJwt(issued.id_token);
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(json).toEqual({
      active: true, status: 'active', token_type: 'Bearer', scope: issued.scope, client_id: client.id, iat: expect.any(Number), exp: expect.any(Number), sub, iss, aud: [client.id], jti: expect.any(String),
      patient: PATIENT_ID, encounter: 'e-1', intent: 'main.tab', fhirUser: `${app.url}/apis/default/fhir/${accounts.physician.fhirUser}`,
    });
    expect(Math.abs(json.exp - Date.now() / 1000 - 3600)).toBeLessThan(30);
  });

  it('describes refresh tokens, and tokens of backend clients by assertion', async () => {
    const issued = await tokens();
    expect((await ask({ token: issued.refresh_token, token_type_hint: 'refresh_token' })).json).toMatchObject({ active: true, scope: issued.scope, client_id: client.id });
    const system = (await asSystem(app, await assertion(app, backendId, key))).json;
    const { json } = await ask({ token: system.access_token, client_assertion_type: ASSERTION_TYPE, client_assertion: await assertion(app, backendId, key) }, {});
    expect(json).toMatchObject({ active: true, scope: 'system/*.rs', sub: backendId });
    expect(json).not.toHaveProperty('fhirUser');
  });

  it('takes the secret in the body, a bearer token of the same client, and public clients by name', async () => {
    const { access_token: token } = await tokens();
    expect((await ask({ token, client_id: client.id, client_secret: client.secret }, {})).json.active).toBe(true);
    expect((await ask({ token }, { authorization: `Bearer ${token}` })).json.active).toBe(true);
    const id = await publicClient(app);
    const { verifier, challenge } = pkce();
    const issued = (await withCode(app, await codeFor(app, id, accounts.patient, { codeChallenge: challenge }), { client_id: id, code_verifier: verifier })).json;
    expect((await ask({ token: issued.access_token, client_id: id }, {})).json.active).toBe(true);
  });

  it('answers 200 and active: false alone to everything else', async () => {
    const issued = await tokens();
    const { access_token: token } = issued;
    const other = await confidential(app);
    const there = await confidential(app, undefined, {}, 'alternate');
    const answers = [
      await ask({ token: 'x' }), await ask({}), await ask({ token: issued.id_token }), await ask({ token: 'x'.repeat(5000) }), await ask({ token, token_type_hint: 'saml' }), await ask({ token }, other.basic),
      await ask({ token }, {}), await ask({ token, client_id: client.id, client_secret: 'wrong' }, {}), await ask({ token }, { authorization: 'Bearer x' }), await ask({ token }, there.basic, 'alternate'),
      await ask({ token: issued.refresh_token }, other.basic),
    ];
    expect(answers.map(({ status, json }) => [status, json])).toEqual(answers.map(() => [200, { active: false }]));
  });

  it('knows an expired token no more', async () => {
    const { access_token: token, refresh_token: refresh } = await tokens();
    const later = Date.now() + 3_601_000;
    jest.spyOn(clock, 'now').mockImplementation(() => later);
    expect((await ask({ token })).json).toEqual({ active: false });
    expect((await ask({ token: refresh })).json.active).toBe(true);
  });

  it('revokes an access token alone', async () => {
    const issued = await tokens();
    expect((await ask({ token: issued.access_token })).json.active).toBe(true);
    const { status, text } = await revoke({ token: issued.access_token });
    expect([status, text]).toEqual([200, '']);
    expect((await ask({ token: issued.access_token })).json).toEqual({ active: false });
    expect((await ask({ token: issued.refresh_token })).json.active).toBe(true);
  });

  it('revokes a refresh token with its access tokens', async () => {
    const issued = await tokens();
    expect((await ask({ token: issued.access_token })).json.active).toBe(true);
    expect((await revoke({ token: issued.refresh_token, token_type_hint: 'refresh_token' })).status).toBe(200);
    for (const token of [issued.access_token, issued.refresh_token]) expect((await ask({ token })).json).toEqual({ active: false });
  });

  it('answers 200 for an unknown token and leaves another client’s alone', async () => {
    const issued = await tokens();
    const other = await confidential(app);
    expect((await revoke({ token: 'unknown' })).status).toBe(200);
    expect((await revoke({ token: issued.access_token }, other.basic)).status).toBe(200);
    expect((await ask({ token: issued.access_token })).json.active).toBe(true);
  });

  it('refuses to revoke for who is not the client, or without a token', async () => {
    const issued = await tokens();
    const stranger = await revoke({ token: issued.access_token, client_id: client.id, client_secret: 'wrong' }, {});
    expect([stranger.status, stranger.json.error]).toEqual([401, 'invalid_client']);
    expect((await revoke({})).json.error).toBe('invalid_request');
  });
});
