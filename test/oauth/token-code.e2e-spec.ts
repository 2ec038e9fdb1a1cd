import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import { type Account, Accounts, Clients, Tokens } from '../../src/auth';
import { Db } from '../../src/database';
import { clock } from '../../src/kernel';
import { AuthApp } from './token.fixture';
import { type App, asSystem, assertion, ASSERTION_TYPE, backend, CALLBACK, codeFor, confidential, keyPair, PATIENT_ID, people, pkce, publicClient, withCode } from './token.people';

describe('POST /oauth2/:site/token, authorization_code', () => {
  let app: AuthApp;
  let staff: App;
  let publicId: string;
  let accounts: Awaited<ReturnType<typeof people>>;
  const active = async (token: string) => (await app.form('/oauth2/default/introspect', { token }, staff.basic)).json.active;

  beforeAll(async () => {
    app = await AuthApp.start();
    accounts = await people(app);
    staff = await confidential(app);
    publicId = await publicClient(app);
  });
  afterAll(() => app.stop());
  afterEach(() => jest.restoreAllMocks());

  it('gives a confidential client tokens, context and an id token that verifies', async () => {
    const code = await codeFor(app, staff.id, accounts.physician, { nonce: 'n-1', encounter: 'e-1', scopes: ['openid', 'fhirUser', 'profile', 'email', 'offline_access', 'launch', 'api:oemr', 'patient/*.rs'], launch: { intent: 'main.tab', needPatientBanner: false } });
    const { status, headers, json } = await withCode(app, code, {}, staff.basic);
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('pragma')).toBe('no-cache');
    expect(headers.get('content-type')).toMatch(/^application\/json; charset=utf-8$/i);
    expect(json).toEqual({
      access_token: expect.stringMatching(/^[\w-]{43}$/), refresh_token: expect.stringMatching(/^[\w-]{43}$/), id_token: expect.any(String), token_type: 'Bearer', expires_in: 3600,
      scope: 'openid fhirUser profile email offline_access launch patient/*.rs', patient: PATIENT_ID, encounter: 'e-1', intent: 'main.tab', need_patient_banner: false,
      smart_style_url: `${app.url}/oauth2/default/smart/smart-style`,
    });
    const keys = createRemoteJWKSet(new URL(`${app.url}/oauth2/default/jwk`));
    const { payload, protectedHeader } = await jwtVerify(json.id_token, keys, { issuer: `${app.url}/oauth2/default`, audience: staff.id, algorithms: ['RS256'] });
    expect(protectedHeader).toMatchObject({ alg: 'RS256', typ: 'JWT', kid: expect.any(String) });
    expect(payload).toMatchObject({
      sub: accounts.physician.id, nonce: 'n-1', auth_time: 1_700_000_000, fhirUser: `${app.url}/apis/default/fhir/${accounts.physician.fhirUser}`, name: 'Dana Staff', given_name: 'Dana', family_name: 'Staff',
      preferred_username: 'physician', email: 'dana@clinic.example.org', email_verified: true, 'api:oemr': true,
    });
  });

  it('gives a public client tokens for its verifier, and says that it must show the patient', async () => {
    const { verifier, challenge } = pkce();
    const { status, json } = await withCode(app, await codeFor(app, publicId, accounts.patient, { codeChallenge: challenge }), { client_id: publicId, code_verifier: verifier });
    expect(status).toBe(200);
    expect(json).toMatchObject({ patient: PATIENT_ID, need_patient_banner: true });
    expect(decodeJwt(json.id_token).fhirUser).toBe(`${app.url}/apis/default/fhir/Patient/${PATIENT_ID}`);
  });

  it('gives no refresh token without offline_access and no id token without openid', async () => {
    const { json } = await withCode(app, await codeFor(app, staff.id, accounts.physician, { scopes: ['user/Patient.rs'], patient: undefined }), {}, staff.basic);
    expect(Object.keys(json).sort()).toEqual(['access_token', 'expires_in', 'scope', 'token_type']);
  });

  it('takes a client by its key', async () => {
    const key = await keyPair('RS384', 'k1');
    const id = await backend(app, key, 'openid launch/patient patient/*.rs offline_access');
    const fields = async () => ({ client_assertion_type: ASSERTION_TYPE, client_assertion: await assertion(app, id, key) });
    const first = await withCode(app, await codeFor(app, id, accounts.patient), await fields());
    expect(first.status).toBe(200);
    const refreshed = await app.token({ grant_type: 'refresh_token', refresh_token: first.json.refresh_token, ...(await fields()) });
    expect(refreshed.status).toBe(200);
    expect((await app.token({ grant_type: 'refresh_token', refresh_token: refreshed.json.refresh_token, client_id: id })).json.error).toBe('invalid_client');
  });

  it('does not ask for a redirect_uri that was not given at /authorize, but refuses a wrong one', async () => {
    const without = () => codeFor(app, staff.id, accounts.physician, { redirectUriGiven: false });
    expect((await app.token({ grant_type: 'authorization_code', code: await without() }, staff.basic)).status).toBe(200);
    expect((await withCode(app, await without(), { redirect_uri: 'https://evil.example.org/' }, staff.basic)).json.error).toBe('invalid_grant');
  });

  it('revokes what a code gave when the code comes a second time', async () => {
    const code = await codeFor(app, staff.id, accounts.physician);
    const { json } = await withCode(app, code, {}, staff.basic);
    expect(await active(json.access_token)).toBe(true);
    const again = await withCode(app, code, {}, staff.basic);
    expect([again.status, again.json.error]).toEqual([400, 'invalid_grant']);
    expect(await active(json.access_token)).toBe(false);
    expect((await app.token({ grant_type: 'refresh_token', refresh_token: json.refresh_token }, staff.basic)).json.error).toBe('invalid_grant');
  });

  it('serves one of many who redeem a code at once, and then revokes its tokens', async () => {
    const code = await codeFor(app, staff.id, accounts.physician);
    const answers = await Promise.all(Array.from({ length: 6 }, () => withCode(app, code, {}, staff.basic)));
    const served = answers.filter(({ status }) => status === 200);
    expect(served.length).toBeLessThanOrEqual(1);
    expect(answers.filter(({ json }) => json.error === 'invalid_grant').length).toBeGreaterThanOrEqual(5);
    for (const { json } of served) expect(await active(json.access_token)).toBe(false);
  });

  describe('burns the code and tells nothing of the reason when', () => {
    const proof = pkce();
    const other = pkce();
    type Case = [string, () => Promise<{ code: string; client: Record<string, string>; headers?: Record<string, string> }>, Record<string, string>];
    const challenged = async () => ({ code: await codeFor(app, publicId, accounts.patient, { codeChallenge: proof.challenge }), client: { client_id: publicId } });
    const plain = async () => ({ code: await codeFor(app, staff.id, accounts.physician), client: {}, headers: staff.basic });
    const cases: Case[] = [
      ['the verifier is missing', challenged, {}],
      ['the verifier is empty', challenged, { code_verifier: '' }],
      ['the verifier is another', challenged, { code_verifier: other.verifier }],
      ['the verifier is the challenge', challenged, { code_verifier: proof.challenge }],
      ['the verifier has the wrong case', challenged, { code_verifier: proof.verifier.toUpperCase() }],
      ['the verifier is too short', challenged, { code_verifier: 'short' }],
      ['a verifier comes without a challenge', plain, { code_verifier: proof.verifier }],
      ['the redirect_uri is another', plain, { redirect_uri: `${CALLBACK}/` }],
      ['the redirect_uri is missing', plain, { redirect_uri: '' }],
      ['a public client has a code without a challenge', async () => ({ code: await codeFor(app, publicId, accounts.patient), client: { client_id: publicId } }), {}],
      ['the code is another client’s', async () => ({ code: await codeFor(app, publicId, accounts.patient), client: {}, headers: staff.basic }), {}],
    ];
    it.each(cases)('%s', async (_what, make, fields) => {
      const { code, client, headers } = await make();
      const wrong = await withCode(app, code, { ...client, ...fields }, headers);
      expect([wrong.status, wrong.json]).toEqual([400, { error: 'invalid_grant', error_description: 'The authorization code is invalid.', message: 'The authorization code is invalid.' }]);
      expect(wrong.headers.get('cache-control')).toBe('no-store');
      const right = await withCode(app, code, client.client_id ? { ...client, code_verifier: proof.verifier } : {}, headers);
      expect(right.json.error).toBe('invalid_grant');
    });
  });

  it('refuses a code after its minute', async () => {
    const code = await codeFor(app, staff.id, accounts.physician);
    const later = Date.now() + 61_000;
    jest.spyOn(clock, 'now').mockImplementation(() => later);
    expect((await withCode(app, code, {}, staff.basic)).json.error).toBe('invalid_grant');
  });

  it('refuses a code at another site', async () => {
    const code = await codeFor(app, staff.id, accounts.physician);
    const there = await confidential(app, undefined, {}, 'alternate');
    const { status, json } = await app.token({ grant_type: 'authorization_code', code, redirect_uri: CALLBACK }, there.basic, 'alternate');
    expect([status, json.error]).toEqual([400, 'invalid_grant']);
  });

  it('refuses a code of somebody disabled meanwhile', async () => {
    const gone = await app.at(Accounts, (all) => all.create({ kind: 'users', username: 'gone', password: 'x', displayName: 'Gone', group: 'Physicians' }));
    const code = await codeFor(app, staff.id, gone);
    await app.at(Accounts, (all) => all.disable('users', gone.id));
    expect((await withCode(app, code, {}, staff.basic)).json.error).toBe('invalid_grant');
  });

  it('ends everything of a browser session at once', async () => {
    const { json } = await withCode(app, await codeFor(app, staff.id, accounts.physician, { sessionId: 's-1' }), {}, staff.basic);
    expect(await active(json.access_token)).toBe(true);
    await app.at(Tokens, (tokens) => tokens.revokeSession('s-1'));
    expect(await active(json.access_token)).toBe(false);
  });

  it.each([
    ['no code', {}, 400, 'invalid_request'],
    ['an unknown code', { code: 'x'.repeat(43) }, 400, 'invalid_grant'],
    ['an unknown grant type', { grant_type: 'urn:x:y', code: 'x' }, 400, 'unsupported_grant_type'],
    ['no grant type', { grant_type: '' }, 400, 'invalid_request'],
  ])('answers %s with the RFC’s error', async (_what, fields, status, error) => {
    const answer = await app.token({ grant_type: 'authorization_code', redirect_uri: CALLBACK, ...(fields as Record<string, string>) }, staff.basic);
    expect([answer.status, answer.json.error]).toEqual([status, error]);
    expect(answer.json).toHaveProperty('error_description');
    expect(answer.headers.get('pragma')).toBe('no-cache');
  });

  it('keeps only hashes of codes and tokens', async () => {
    const code = await codeFor(app, staff.id, accounts.physician);
    const { json } = await withCode(app, code, {}, staff.basic);
    const dump = await app.at(Db, async (db) => {
      const sql = await db.sql();
      return JSON.stringify([await sql.query('SELECT * FROM oauth_code'), await sql.query('SELECT * FROM oauth_token'), await sql.query('SELECT * FROM oauth_grant')]);
    });
    for (const secret of [code, json.access_token, json.refresh_token]) expect(dump).not.toContain(secret);
  });

  it('lets a backend client have no code and no refresh token', async () => {
    const key = await keyPair('ES384', 'k2');
    const id = await backend(app, key);
    const { json } = await asSystem(app, await assertion(app, id, key));
    expect(json).not.toHaveProperty('refresh_token');
    expect(json).not.toHaveProperty('id_token');
  });
});

describe('client authentication at the token endpoint', () => {
  let app: AuthApp;
  let client: App;
  let physician: Account;
  beforeAll(async () => {
    app = await AuthApp.start();
    physician = (await people(app)).physician;
    client = await confidential(app);
  });
  afterAll(() => app.stop());

  const attempt = async (fields: Record<string, string>, headers: Record<string, string> = {}) => withCode(app, await codeFor(app, client.id, physician), fields, headers);

  it('takes Basic with form-encoded parts, or the body', async () => {
    const encoded = `Basic ${Buffer.from(`${encodeURIComponent(client.id).replaceAll('-', '%2D')}:${client.secret}`).toString('base64')}`;
    expect((await attempt({}, { authorization: encoded })).status).toBe(200);
    expect((await attempt({ client_id: client.id, client_secret: client.secret })).status).toBe(200);
  });

  it('answers a wrong secret by Basic with 401 and a challenge', async () => {
    const { status, json, headers } = await attempt({}, { authorization: `Basic ${Buffer.from(`${client.id}:wrong`).toString('base64')}` });
    expect([status, json.error, headers.get('www-authenticate')]).toEqual([401, 'invalid_client', 'Basic realm="OAuth"']);
  });

  it('says the same of a wrong secret, an unknown client, a disabled client and a secret kept back', async () => {
    const disabled = await confidential(app);
    await app.at(Clients, (clients) => clients.disable(disabled.id));
    const answers = [
      await attempt({ client_id: client.id, client_secret: 'wrong' }),
      await attempt({ client_id: 'x'.repeat(43), client_secret: client.secret }),
      await attempt({ client_id: disabled.id, client_secret: disabled.secret }),
      await attempt({ client_id: client.id }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  });

  it.each<[string, () => [Record<string, string>, Record<string, string>?], number, string]>([
    ['Basic and body at once', () => [{ client_id: client.id, client_secret: client.secret }, client.basic], 400, 'invalid_request'],
    ['Basic and another client_id', () => [{ client_id: 'other' }, client.basic], 401, 'invalid_client'],
    ['no client at all', () => [{}], 401, 'invalid_client'],
    ['Basic that is not base64', () => [{ client_id: client.id }, { authorization: 'Basic %%%' }], 401, 'invalid_client'],
    ['an unknown assertion type', () => [{ client_assertion_type: 'saml', client_assertion: 'x' }], 400, 'invalid_client'],
    ['an assertion that is no JWT', () => [{ client_assertion_type: ASSERTION_TYPE, client_assertion: 'x' }], 401, 'invalid_client'],
  ])('refuses %s', async (_what, make, status, error) => {
    const [fields, headers] = make();
    const answer = await attempt(fields, headers);
    expect([answer.status, answer.json.error]).toEqual([status, error]);
  });

  it('refuses a secret from a public client', async () => {
    const id = await publicClient(app);
    const { verifier, challenge } = pkce();
    for (const headers of [{}, { authorization: `Basic ${Buffer.from(`${id}:x`).toString('base64')}` }] as Record<string, string>[]) {
      const code = await codeFor(app, id, physician, { codeChallenge: challenge });
      const fields: Record<string, string> = headers.authorization ? {} : { client_id: id, client_secret: 'x' };
      expect((await withCode(app, code, { ...fields, code_verifier: verifier }, headers)).json.error).toBe('invalid_client');
    }
  });

  it('lets who keeps guessing wait', async () => {
    const victim = await confidential(app);
    const answers = [];
    for (let guess = 0; guess < 32; guess += 1) answers.push(await app.token({ grant_type: 'refresh_token', refresh_token: 'x', client_id: victim.id, client_secret: `guess ${guess}` }));
    expect(answers[29]!.status).toBe(401);
    expect(answers[31]!.status).toBe(429);
    expect(Number(answers[31]!.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it.each<[string, string, RequestInit, number]>([
    ['JSON', '', { body: '{"grant_type":"password"}', headers: { 'content-type': 'application/json' } }, 400],
    ['a secret in the address', '?client_secret=s3cret', { body: new URLSearchParams({ grant_type: 'password' }) }, 400],
    ['a code in the address', '?code=abc', { body: new URLSearchParams({ grant_type: 'authorization_code' }) }, 400],
    ['a repeated parameter', '', { body: new URLSearchParams([['grant_type', 'password'], ['grant_type', 'refresh_token']]) }, 400],
  ])('refuses %s', async (_what, query, init, status) => {
    const answer = await app.send('POST', `/oauth2/default/token${query}`, init);
    expect([answer.status, answer.json.error]).toEqual([status, 'invalid_request']);
    expect(answer.text).not.toContain('s3cret');
  });

  it('refuses GET with 405', async () => {
    const answer = await app.get('/oauth2/default/token?client_id=x');
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
  });

  it('answers at the alias of other products', async () => {
    const code = await codeFor(app, client.id, physician);
    expect((await app.form('/connect/token', { grant_type: 'authorization_code', code, redirect_uri: CALLBACK }, client.basic)).status).toBe(200);
  });
});
