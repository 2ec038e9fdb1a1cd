import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { type JWK, SignJWT, UnsecuredJWT } from 'jose';
import { SigningKeys } from '../../src/auth';
import { AuthApp } from './token.fixture';
import { asSystem, assertion, ASSERTION_TYPE, backend, codeFor, confidential, type KeyPair, keyPair, people, withCode } from './token.people';

const SECONDS = () => Math.floor(Date.now() / 1000);

describe('POST /oauth2/:site/token, client_credentials', () => {
  let app: AuthApp;
  let rsa: KeyPair;
  let ec: KeyPair;
  let rsaClient: string;
  let ecClient: string;
  beforeAll(async () => {
    app = await AuthApp.start();
    rsa = await keyPair('RS384', 'rsa-1');
    ec = await keyPair('ES384', 'ec-1');
    rsaClient = await backend(app, rsa);
    ecClient = await backend(app, ec, 'system/Patient.rs system/Observation.read openid api:oemr user/Patient.rs');
  });
  afterAll(() => app.stop());

  it('gives a backend client five minutes for an RS384 assertion', async () => {
    const { status, json, headers } = await asSystem(app, await assertion(app, rsaClient, rsa));
    expect(status).toBe(200);
    expect(json).toEqual({ access_token: expect.any(String), token_type: 'Bearer', expires_in: 300, scope: 'system/*.rs' });
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('pragma')).toBe('no-cache');
  });

  it('and for an ES384 one', async () => expect((await asSystem(app, await assertion(app, ecClient, ec), 'system/Patient.rs')).status).toBe(200));

  it('narrows what is asked to what is registered, and grants system/ scopes only', async () => {
    const ask = async (scope: string) => asSystem(app, await assertion(app, ecClient, ec), scope);
    expect((await ask('system/*.rs openid user/Patient.rs api:oemr')).json.scope).toBe('system/Patient.rs system/Observation.read');
    const nothing = await ask('system/Condition.rs');
    expect([nothing.status, nothing.json.error]).toEqual([400, 'invalid_scope']);
    expect((await ask('openid user/Patient.rs')).json.error).toBe('invalid_scope');
  });

  it('accepts an assertion once, also when it comes twice at once', async () => {
    const text = await assertion(app, rsaClient, rsa);
    const answers = await Promise.all([asSystem(app, text), asSystem(app, text), asSystem(app, text)]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const again = await asSystem(app, text);
    expect([again.status, again.json.error]).toEqual([401, 'invalid_client']);
  });

  it('keeps the jti of one client apart from another’s', async () => {
    const jti = 'shared-jti';
    expect((await asSystem(app, await assertion(app, rsaClient, rsa, { jti }))).status).toBe(200);
    expect((await asSystem(app, await assertion(app, ecClient, ec, { jti }), 'system/Patient.rs')).status).toBe(200);
  });

  it.each<[string, () => Record<string, unknown>]>([
    ['an audience array of one', () => ({ aud: [`${app.url}/oauth2/default/token`] })],
    ['a clock 30 seconds behind', () => ({ exp: SECONDS() - 30 })],
    ['the alias of the token endpoint', () => ({ aud: `${app.url}/connect/token` })],
  ])('accepts %s', async (_what, claims) => expect((await asSystem(app, await assertion(app, rsaClient, rsa, claims()))).status).toBe(200));

  it.each<[string, () => Record<string, unknown>]>([
    ['iss of another client', () => ({ iss: ecClient })],
    ['sub of another client', () => ({ sub: ecClient })],
    ['the endpoint of another site', () => ({ aud: `${app.url}/oauth2/alternate/token` })],
    ['another server', () => ({ aud: 'https://other.example.org/token' })],
    ['an audience among others', () => ({ aud: [`${app.url}/oauth2/default/token`, 'https://evil.example.org'] })],
    ['no exp', () => ({ exp: undefined })],
    ['exp past', () => ({ exp: SECONDS() - 120 })],
    ['exp ten minutes ahead', () => ({ exp: SECONDS() + 600 })],
    ['exp as text', () => ({ exp: String(SECONDS() + 60) })],
    ['exp beyond all time', () => ({ exp: 1e99 })],
    ['nbf in the future', () => ({ nbf: SECONDS() + 300 })],
    ['iat years ago', () => ({ iat: SECONDS() - 1e8 })],
    ['no jti', () => ({ jti: undefined })],
  ])('refuses %s', async (_what, claims) => {
    const { status, json } = await asSystem(app, await assertion(app, rsaClient, rsa, claims()));
    expect([status, json.error]).toEqual([401, 'invalid_client']);
    expect(json).not.toHaveProperty('access_token');
  });

  it.each<[string, () => Record<string, unknown>]>([
    ['an unknown kid', () => ({ kid: 'nobody' })],
    ['a kid that walks the disk', () => ({ kid: '../../etc/passwd' })],
    ['a kid of SQL', () => ({ kid: "x' OR '1'='1" })],
    ['another client’s kid', () => ({ kid: 'ec-1' })],
    ['a jku that is not registered', () => ({ jku: 'https://evil.example.org/jwks' })],
    ['the typ of another token', () => ({ typ: 'at+jwt' })],
  ])('refuses %s', async (_what, header) => {
    const { status, json } = await asSystem(app, await assertion(app, rsaClient, rsa, {}, header()));
    expect([status, json.error]).toEqual([401, 'invalid_client']);
  });

  it('never uses a key out of the header', async () => {
    const attacker = await keyPair('RS384', 'rsa-1');
    const { status } = await asSystem(app, await assertion(app, rsaClient, attacker, {}, { jwk: attacker.jwk, x5u: 'https://evil.example.org/x', x5c: ['AA'] }));
    expect(status).toBe(401);
  });

  it('refuses alg none and HMAC keyed with a public key', async () => {
    const now = SECONDS();
    const claims = { iss: rsaClient, sub: rsaClient, aud: `${app.url}/oauth2/default/token`, exp: now + 200, iat: now, jti: 'h' };
    const none = new UnsecuredJWT(claims).encode();
    const header = (alg: string) => Buffer.from(JSON.stringify({ alg, kid: 'rsa-1', typ: 'JWT' })).toString('base64url');
    const body = Buffer.from(JSON.stringify(claims)).toString('base64url');
    const publicKey = createPublicKey({ key: rsa.jwk as JsonWebKey, format: 'jwk' });
    const own = (await app.at(SigningKeys, (keys) => keys.jwks())).keys[0] as JWK;
    const secrets = [publicKey.export({ type: 'spki', format: 'pem' }), publicKey.export({ type: 'spki', format: 'der' }), createPublicKey({ key: own as JsonWebKey, format: 'jwk' }).export({ type: 'spki', format: 'pem' })];
    const hmacs = await Promise.all(secrets.map((secret) => new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'rsa-1', typ: 'JWT' }).sign(Buffer.from(secret as string))));
    for (const text of [none, `${header('None')}.${body}.`, `${header('nOnE')}.${body}.AA`, `${header('RS999')}.${body}.AA`, ...hmacs]) {
      const { status, json } = await asSystem(app, text);
      expect([status, json.error]).toEqual([401, 'invalid_client']);
    }
  });

  it('takes a key only for its own algorithm', async () => {
    const rs256 = await keyPair('RS384', 'rs');
    const { alg: _, ...bare } = rs256.jwk;
    const client = (await app.register({ application_type: 'private', scope: 'system/*.rs', jwks: { keys: [bare] } })).json.client_id;
    expect((await asSystem(app, await assertion(app, client, rs256))).status).toBe(200);
    const locked = (await app.register({ application_type: 'private', scope: 'system/*.rs', jwks: JSON.stringify({ keys: [{ ...bare, alg: 'RS256' }] }) })).json.client_id;
    expect((await asSystem(app, await assertion(app, locked, rs256))).status).toBe(401);
  });

  it('tries each key of the same name', async () => {
    const [one, two] = [await keyPair('RS384', 'same'), await keyPair('RS384', 'same')];
    const client = (await app.register({ application_type: 'private', scope: 'system/*.rs', jwks: { keys: [one.jwk, two.jwk] } })).json.client_id;
    expect((await asSystem(app, await assertion(app, client, two))).status).toBe(200);
  });

  it('refuses a secret instead of a key, and a client_id that is not the assertion’s', async () => {
    const client = await confidential(app, 'system/*.rs', { jwks: { keys: [rsa.jwk] } });
    const bySecret = await app.token({ grant_type: 'client_credentials', scope: 'system/*.rs' }, client.basic);
    expect([bySecret.status, bySecret.json.error]).toEqual([400, 'invalid_request']);
    expect((await asSystem(app, await assertion(app, rsaClient, rsa), 'system/*.rs', { client_id: client.id })).status).toBe(401);
    expect((await asSystem(app, await assertion(app, rsaClient, rsa), 'system/*.rs', { client_secret: 'x', client_id: rsaClient })).json.error).toBe('invalid_request');
  });

  it('does not know the client at another site', async () => {
    const text = await assertion(app, rsaClient, rsa, { aud: `${app.url}/oauth2/alternate/token` });
    expect((await asSystem(app, text, 'system/*.rs', {}, 'alternate')).status).toBe(401);
  });

  it('answers a wrong grant_type with exactly 400', async () => {
    const { status, json } = await app.token({ grant_type: 'client_credentialz', client_assertion_type: ASSERTION_TYPE, client_assertion: await assertion(app, rsaClient, rsa), scope: 'system/*.rs' });
    expect([status, json.error]).toEqual([400, 'unsupported_grant_type']);
  });

  it('takes no other token of ours for an assertion', async () => {
    const staff = await confidential(app);
    const { physician } = await people(app);
    const { json } = await withCode(app, await codeFor(app, staff.id, physician), {}, staff.basic);
    for (const token of [json.id_token, json.access_token, json.refresh_token]) expect((await asSystem(app, token)).status).toBe(401);
  });
});
