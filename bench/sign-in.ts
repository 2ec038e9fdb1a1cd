import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { Accounts } from '../src/auth';
import { newUuid } from '../src/kernel';
import type { BenchApp } from './bench-app';

const PASSWORD = 'Correct-Horse-7';
const STAFF_SCOPES = 'openid api:oemr api:fhir user/*.rs user/patient.rs';
const ASSERTION = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** An access token of an administrator of the site, by the password grant. */
export async function staffToken(app: BenchApp, site: string): Promise<string> {
  await app.at(site, Accounts, (accounts) =>
    accounts.create({ kind: 'users', username: 'bench', password: PASSWORD, displayName: 'Bench', group: 'Administrators', fhirUser: `Practitioner/${newUuid()}` }));
  const client = await register(app, site, { scope: STAFF_SCOPES });
  return token(app, site, { grant_type: 'password', client_id: client.client_id, client_secret: client.client_secret!, scope: STAFF_SCOPES, user_role: 'users', username: 'bench', password: PASSWORD });
}

/** An access token of a backend client that may export the site, by a signed assertion. */
export async function exportToken(app: BenchApp, site: string): Promise<string> {
  const { publicKey, privateKey } = await generateKeyPair('ES384', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'bench', alg: 'ES384', use: 'sig' };
  const scope = 'system/*.$export system/*.$bulkdata-status system/*.rs';
  const client = await register(app, site, { scope, token_endpoint_auth_method: 'private_key_jwt', grant_types: ['client_credentials'], jwks: { keys: [jwk] } });
  const assertion = await new SignJWT({ jti: newUuid() })
    .setProtectedHeader({ alg: 'ES384', kid: 'bench', typ: 'JWT' })
    .setIssuer(client.client_id).setSubject(client.client_id).setAudience(`${app.url}/oauth2/${site}/token`).setExpirationTime('4m')
    .sign(privateKey);
  return token(app, site, { grant_type: 'client_credentials', scope, client_assertion_type: ASSERTION, client_assertion: assertion });
}

interface Client {
  client_id: string;
  client_secret?: string;
}

async function register(app: BenchApp, site: string, metadata: object): Promise<Client> {
  const body = JSON.stringify({ application_type: 'private', client_name: 'Bench', redirect_uris: ['https://bench.example.org/cb'], ...metadata });
  return answer(await fetch(`${app.url}/oauth2/${site}/registration`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })) as Promise<Client>;
}

async function token(app: BenchApp, site: string, form: Record<string, string>): Promise<string> {
  const granted = (await answer(await fetch(`${app.url}/oauth2/${site}/token`, { method: 'POST', body: new URLSearchParams(form) }))) as { access_token: string };
  return granted.access_token;
}

async function answer(response: Response): Promise<unknown> {
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${text}`);
  return JSON.parse(text);
}
