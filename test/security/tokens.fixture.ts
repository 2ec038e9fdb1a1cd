import { randomUUID } from 'node:crypto';
import { Accounts, type NewAccount } from '../../src/auth';
import { runInContext } from '../../src/kernel';
import type { TestApp } from '../harness/start-app';
import type { AuthApp } from '../oauth/token.fixture';
import { assertion, ASSERTION_TYPE, keyPair } from '../oauth/token.people';

const PASSWORD = 'Correct-Horse-7';
const DOMAINS = ['patient', 'encounter', 'vital', 'allergy', 'medical_problem', 'practitioner', 'facility'];

export const STAFF_SCOPES = ['api:oemr', 'api:fhir', 'openid', 'fhirUser', ...DOMAINS.map((name) => `user/${name}.cruds`), 'user/*.cruds'];
export const PORTAL_SCOPES = ['api:port', 'api:fhir', 'openid', 'fhirUser', 'patient/patient.s', 'patient/encounter.rs', 'patient/*.rs'];

/** Tokens by the dozen: one client, one account for each role, a token for each set of scopes. */
export class Tokens {
  private readonly people = new Map<string, Promise<Record<string, string>>>();

  private constructor(
    private readonly app: TestApp,
    private readonly site: string,
    private readonly client: { client_id: string; client_secret: string },
  ) {}

  static async of(app: TestApp, site = 'default'): Promise<Tokens> {
    const scope = [...STAFF_SCOPES, ...PORTAL_SCOPES].join(' ');
    const { json } = await app.request('POST', `/oauth2/${site}/registration`, { body: { application_type: 'private', client_name: 'Matrix', redirect_uris: ['https://app.example.org/cb'], scope } });
    return new Tokens(app, site, json);
  }

  get clientId(): string {
    return this.client.client_id;
  }

  async staff(group: string, scopes: readonly string[] = STAFF_SCOPES): Promise<string> {
    return this.token(await this.person(group, { kind: 'users', displayName: group, group, fhirUser: `Practitioner/${randomUUID()}` } as NewAccount, 'users'), scopes);
  }

  async patient(patient: string, scopes: readonly string[] = PORTAL_SCOPES): Promise<string> {
    return this.token(await this.person(patient, { kind: 'patient', displayName: 'Patient', patient, email: `${patient}@example.org`, fhirUser: `Patient/${patient}` } as NewAccount, 'patient'), scopes);
  }

  /** A backend client’s own token. */
  async system(scope = 'system/*.rs'): Promise<string> {
    const key = await keyPair('ES384', 'k');
    const body = { application_type: 'private', client_name: 'Backend', redirect_uris: ['https://app.example.org/cb'], scope, jwks: { keys: [key.jwk] }, token_endpoint_auth_method: 'private_key_jwt' };
    const { json } = await this.app.request('POST', `/oauth2/${this.site}/registration`, { body });
    const client_assertion = await assertion({ url: this.app.url } as AuthApp, json.client_id, key);
    return this.granted({ grant_type: 'client_credentials', client_assertion_type: ASSERTION_TYPE, client_assertion, scope });
  }

  private person(key: string, account: NewAccount, role: string): Promise<Record<string, string>> {
    const known = this.people.get(key) ?? this.create(account, role);
    this.people.set(key, known);
    return known;
  }

  private async create(account: NewAccount, user_role: string): Promise<Record<string, string>> {
    const username = `u-${randomUUID().slice(0, 8)}`;
    await runInContext({ requestId: 'test', site: this.site, audit: {} }, () => this.app.app.get(Accounts).create({ ...account, username, password: PASSWORD }));
    return { user_role, username, password: PASSWORD, ...(account.email && { email: account.email }) };
  }

  private token(credentials: Record<string, string>, scopes: readonly string[]): Promise<string> {
    return this.granted({ grant_type: 'password', client_id: this.client.client_id, client_secret: this.client.client_secret, scope: scopes.join(' '), ...credentials });
  }

  private async granted(form: Record<string, string>): Promise<string> {
    const answer = await this.app.request('POST', `/oauth2/${this.site}/token`, { form });
    if (answer.status !== 200) throw new Error(`Token endpoint answered ${answer.status}: ${answer.text}`);
    return answer.json.access_token;
  }
}
