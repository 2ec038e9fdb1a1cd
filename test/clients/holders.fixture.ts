import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { randomUUID } from 'node:crypto';
import { Accounts } from '../../src/auth';
import type { TestAnswer } from '../harness/start-app';
import { CALLBACK, type Client, Clinic, PASSWORD } from '../oauth/authorize.fixture';

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** Stands in every value of Ben's record; an answer about Ana that holds it is a leak. */
export const CANARY = 'zqcanary';

/** Access tokens of every kind of holder, got as apps get them, and requests made with them. */
export class Holders {
  private constructor(readonly clinic: Clinic) {}

  static async open(settings: Record<string, string> = {}): Promise<Holders> {
    const holders = new Holders(await Clinic.open(settings));
    await holders.hire('receptionist', 'Front Office');
    return holders;
  }

  stop(): Promise<void> {
    return this.clinic.stop();
  }

  id(patient: string): string {
    return this.clinic.patients.get(patient)!;
  }

  /** A member of staff by the password grant. */
  async user(scope: string, username = 'admin'): Promise<string> {
    return this.byPassword(scope, { user_role: 'users', username });
  }

  /** A patient who signs in to their own record. */
  async patient(scope: string, username = 'ana'): Promise<string> {
    return this.byPassword(scope, { user_role: 'patient', username, email: `${username}@example.org` });
  }

  /** Staff who launched an app for one patient, through the pages. */
  async launched(scope: string, username = 'doctor', patient = 'Ana Ruiz'): Promise<string> {
    const client = await this.app(`openid launch/patient ${scope}`);
    const browser = this.clinic.browser();
    await browser.go(this.clinic.authorizeUrl({ client_id: client.id, scope: `launch/patient ${scope}` }));
    await browser.signIn(username, PASSWORD);
    await browser.choose(patient);
    const code = (await browser.authorize()).left!.searchParams.get('code')!;
    return tokenOf(await this.clinic.redeem(code, { client_id: client.id, client_secret: client.secret }));
  }

  /** A backend service by its key. */
  async system(scope: string): Promise<string> {
    const pair = await generateKeyPair('ES384', { extractable: true });
    const jwk = { ...(await exportJWK(pair.publicKey)), kid: 'k', alg: 'ES384', use: 'sig' };
    const { id } = await this.app(scope, { jwks: { keys: [jwk] } });
    const aud = `${this.clinic.app.url}/oauth2/default/token`;
    const client_assertion = await new SignJWT({ iss: id, sub: id, aud, jti: randomUUID() }).setProtectedHeader({ alg: 'ES384', kid: 'k' }).setIssuedAt().setExpirationTime('4m').sign(pair.privateKey);
    return tokenOf(await this.token({ grant_type: 'client_credentials', scope, client_assertion_type: ASSERTION_TYPE, client_assertion }));
  }

  /** A member of staff besides those of the clinic. */
  async hire(username: string, group: string, site = 'default'): Promise<void> {
    const account = { kind: 'users', username, password: PASSWORD, displayName: username, group, fhirUser: `Practitioner/${randomUUID()}` } as const;
    this.clinic.people.set(username, await this.clinic.inSite(site, () => this.clinic.service(Accounts).create(account)));
  }

  app(scope: string, more: Record<string, unknown> = {}): Promise<Client> {
    return this.clinic.register({ application_type: 'private', client_name: 'Holder', redirect_uris: [CALLBACK], scope, ...more });
  }

  token(form: Record<string, string>): Promise<TestAnswer> {
    return this.clinic.app.request('POST', '/oauth2/default/token', { form });
  }

  fhir(token: string, method: string, path: string, body?: unknown): Promise<TestAnswer> {
    return this.clinic.app.request(method, `/apis/default/fhir/${path}`, { token, ...(body !== undefined && { body }) });
  }

  private async byPassword(scope: string, who: Record<string, string>): Promise<string> {
    const { id, secret } = await this.app(scope);
    return tokenOf(await this.token({ grant_type: 'password', client_id: id, client_secret: secret, scope, password: PASSWORD, ...who }));
  }
}

function tokenOf({ status, json, text }: TestAnswer): string {
  if (status !== 200) throw new Error(`Token endpoint answered ${status}: ${text}`);
  return json.access_token as string;
}

/** A clinical fact of one patient. */
export const observation = (patient: string, category: string | string[], more: Record<string, unknown> = {}) => ({
  resourceType: 'Observation', status: 'final', code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] }, subject: { reference: `Patient/${patient}` }, effectiveDateTime: '2024-01-01',
  category: [category].flat().map((code) => ({ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code }] })), ...more,
});
