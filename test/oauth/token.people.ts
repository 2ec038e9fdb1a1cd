import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { createHash, randomBytes } from 'node:crypto';
import { type Account, Accounts, AuthorizationCodes, type CodeRequest } from '../../src/auth';
import type { Answer, AuthApp } from './token.fixture';

export const PASSWORD = 'correct horse battery staple';
export const PATIENT_ID = '5f0f7a3e-0000-4000-8000-000000000001';

/** One account of each kind. Names carry `mark`, so that suites on one database do not meet. */
export async function people(app: AuthApp, mark = ''): Promise<Record<'admin' | 'physician' | 'frontDesk' | 'patient', Account>> {
  const staff = (username: string, group: string, fhirUser: string) =>
    app.at(Accounts, (accounts) => accounts.create({ kind: 'users', username: username + mark, password: PASSWORD, displayName: 'Dana Staff', given: 'Dana', family: 'Staff', email: 'dana@clinic.example.org', group, fhirUser }));
  const patient = () =>
    app.at(Accounts, (accounts) => accounts.create({ kind: 'patient', username: `phil${mark}`, password: PASSWORD, displayName: 'Phil Belford', email: 'phil@example.org', patient: PATIENT_ID }));
  return {
    admin: await staff('admin', 'Administrators', 'Practitioner/11111111-0000-4000-8000-000000000001'),
    physician: await staff('physician', 'Physicians', 'Practitioner/11111111-0000-4000-8000-000000000002'),
    frontDesk: await staff('front', 'Front Office', 'Person/11111111-0000-4000-8000-000000000003'),
    patient: await patient(),
  };
}

export interface App {
  id: string;
  secret: string;
  basic: Record<string, string>;
}

export const STAFF_SCOPES = 'openid fhirUser profile email offline_access launch launch/patient api:oemr api:fhir user/*.cruds user/patient.cruds user/user.rs patient/*.rs patient/Observation.rs';

export async function confidential(app: AuthApp, scope = STAFF_SCOPES, more: Record<string, unknown> = {}, site = 'default'): Promise<App> {
  const { json } = await app.register({ application_type: 'private', scope, ...more }, site);
  return { id: json.client_id, secret: json.client_secret, basic: { authorization: `Basic ${Buffer.from(`${json.client_id}:${json.client_secret}`).toString('base64')}` } };
}

export async function publicClient(app: AuthApp, scope = 'openid fhirUser offline_access launch/patient patient/*.rs api:port patient/patient.s'): Promise<string> {
  return (await app.register({ application_type: 'native', scope })).json.client_id;
}

export const CALLBACK = 'https://app.example.org/cb';

export function pkce(): { verifier: string; challenge: string } {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

/** A code as the consent page hands it out. */
export function codeFor(app: AuthApp, clientId: string, account: Account, more: Partial<CodeRequest> = {}): Promise<string> {
  return app.at(AuthorizationCodes, (codes) =>
    codes.issue({ client: { clientId }, account, redirectUri: CALLBACK, redirectUriGiven: true, scopes: ['openid', 'fhirUser', 'offline_access', 'launch/patient', 'patient/*.rs'], authTime: 1_700_000_000, patient: PATIENT_ID, ...more }));
}

export const withCode = (app: AuthApp, code: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Answer> =>
  app.token({ grant_type: 'authorization_code', code, redirect_uri: CALLBACK, ...fields }, headers);

export interface KeyPair {
  alg: 'RS384' | 'ES384';
  privateKey: CryptoKey;
  jwk: JWK;
}

export async function keyPair(alg: KeyPair['alg'], kid: string): Promise<KeyPair> {
  const pair = await generateKeyPair(alg, { extractable: true });
  return { alg, privateKey: pair.privateKey, jwk: { ...(await exportJWK(pair.publicKey)), kid, alg, use: 'sig' } };
}

export const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

export async function assertion(app: AuthApp, clientId: string, key: KeyPair, claims: Record<string, unknown> = {}, header: Record<string, unknown> = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const all = { iss: clientId, sub: clientId, aud: `${app.url}/oauth2/default/token`, exp: now + 240, iat: now, jti: randomBytes(16).toString('hex'), ...claims };
  const kept = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  return new SignJWT(kept).setProtectedHeader({ alg: key.alg, kid: key.jwk.kid!, typ: 'JWT', ...header }).sign(key.privateKey);
}

export const asSystem = (app: AuthApp, text: string, scope = 'system/*.rs', more: Record<string, string> = {}, site = 'default'): Promise<Answer> =>
  app.token({ grant_type: 'client_credentials', client_assertion_type: ASSERTION_TYPE, client_assertion: text, scope, ...more }, {}, site);

export async function backend(app: AuthApp, key: KeyPair, scope = 'system/*.rs system/Patient.$export', more: Record<string, unknown> = {}): Promise<string> {
  return (await app.register({ application_type: 'private', scope, jwks: { keys: [key.jwk] }, token_endpoint_auth_method: 'private_key_jwt', ...more })).json.client_id;
}

export const staffLogin = (app: AuthApp, { id, secret }: App, username: string, scope = STAFF_SCOPES, more: Record<string, string> = {}): Promise<Answer> =>
  app.token({ grant_type: 'password', client_id: id, client_secret: secret, user_role: 'users', username, password: PASSWORD, scope, ...more });
