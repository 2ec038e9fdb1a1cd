import { createHash, randomBytes } from 'node:crypto';
import { type Account, Accounts, ClientStore, Launches } from '../../src/auth';
import { PatientService } from '../../src/clinical/patient';
import { clock, internalAccess, newUuid, runInContext } from '../../src/kernel';
import { startApp, type TestApp } from '../harness/start-app';
import { Browser, type Seen } from './authorize.browser';

export interface Client {
  id: string;
  secret: string;
}

/** PKCE pair of one launch (RFC 7636). */
export interface Proof {
  verifier: string;
  challenge: string;
}

export function proof(): Proof {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

export const CALLBACK = 'https://app.example.org/cb';
export const PASSWORD = 'correct horse battery';
export const ALL_SCOPES = 'openid fhirUser profile email offline_access launch launch/patient patient/*.rs patient/Patient.rs patient/Condition.rs patient/Observation.rs user/Patient.rs user/Observation.rs api:oemr user/patient.rs';

/** A clinic with staff, two patients with accounts, a third without, and apps. */
export class Clinic {
  readonly people = new Map<string, Account>();
  readonly patients = new Map<string, string>();
  confidential!: Client;
  publicApp!: Client;

  private constructor(readonly app: TestApp) {}

  static async open(settings: Record<string, string> = {}): Promise<Clinic> {
    const clinic = new Clinic(await startApp(settings));
    try {
      await clinic.inSite('default', () => clinic.fill());
      await clinic.registerApps();
    } catch (error) {
      await clinic.stop();
      throw error;
    }
    return clinic;
  }

  inSite<T>(site: string, work: () => Promise<T>): Promise<T> {
    return runInContext({ requestId: 'test', site, access: internalAccess(site, 'fixture'), audit: {} }, work);
  }

  service<T>(token: abstract new (...given: never[]) => T): T {
    return this.app.app.get(token as never, { strict: false });
  }

  async register(metadata: Record<string, unknown>, site = 'default'): Promise<Client> {
    const answer = await this.app.request('POST', `/oauth2/${site}/registration`, { body: metadata });
    if (answer.status !== 200) throw new Error(`Registration failed: ${answer.text}`);
    return { id: answer.json.client_id, secret: answer.json.client_secret };
  }

  browser(): Browser {
    return new Browser(this.app);
  }

  get fhir(): string {
    return `${this.app.url}/apis/default/fhir`;
  }

  /** The address of an authorization request; `undefined` leaves a parameter out. */
  authorizeUrl(changes: Record<string, string | undefined> = {}, path = '/oauth2/default/authorize'): string {
    const given = { response_type: 'code', client_id: this.confidential.id, redirect_uri: CALLBACK, scope: 'openid launch/patient patient/Patient.rs patient/Observation.rs', state: 'xyz', aud: this.fhir, ...changes };
    const kept = Object.entries(given).filter((pair): pair is [string, string] => pair[1] !== undefined);
    return `${path}?${new URLSearchParams(kept).toString()}`;
  }

  redeem(code: string, more: Record<string, string> = {}) {
    const { id, secret } = this.confidential;
    return this.app.request('POST', '/oauth2/default/token', { form: { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, client_id: id, client_secret: secret, ...more } });
  }

  launch(username: string, context: Parameters<Launches['create']>[2], client = this.confidential): Promise<string> {
    return this.inSite('default', () => this.service(Launches).create(client.id, this.people.get(username)!, context));
  }

  /** Runs `work` with the server's clock that much ahead. */
  async later(ms: number, work: () => Promise<void>): Promise<void> {
    const { now } = clock;
    clock.now = () => now() + ms;
    try {
      await work();
    } finally {
      clock.now = now;
    }
  }

  async setClient(id: string, enabled: boolean): Promise<void> {
    await this.inSite('default', () => this.service(ClientStore).setEnabled(id, enabled));
  }

  stop(): Promise<void> {
    return this.app.stop();
  }

  private async registerApps(): Promise<void> {
    this.confidential = await this.register({ application_type: 'private', client_name: 'Growth <Charts>', redirect_uris: [CALLBACK], scope: ALL_SCOPES, initiate_login_uri: 'https://app.example.org/launch', post_logout_redirect_uris: ['https://app.example.org/bye'] });
    this.publicApp = await this.register({ application_type: 'native', client_name: 'Pocket Chart', redirect_uris: ['http://127.0.0.1/cb', 'com.example.pocket:/cb'], scope: 'openid fhirUser offline_access launch/patient patient/Patient.rs patient/Observation.rs', token_endpoint_auth_method: 'none' });
  }

  private async fill(): Promise<void> {
    for (const [fname, lname, birth] of [['Ana', 'Ruiz', '1950-02-03'], ['Ben', 'O’Hara', '1988-11-30'], ['Cleo', 'Stone', '2019-06-01']] as const) {
      const { uuid } = await this.service(PatientService).create({ fname, lname, DOB: birth, sex: 'Female', title: 'Ms' });
      this.patients.set(fname, uuid);
    }
    await this.hire('admin', 'Administrators');
    await this.hire('doctor', 'Physicians');
    await this.hire('bookkeeper', 'Accounting');
    await this.hire('visitor', 'Accounting');
    await this.admit('ana', 'Ana');
    await this.admit('ben', 'Ben');
  }

  private async hire(username: string, group: string): Promise<void> {
    const given = { kind: 'users', username, password: PASSWORD, displayName: `${username} of the clinic`, family: 'Staff', group, fhirUser: `Practitioner/${newUuid()}` } as const;
    this.people.set(username, await this.service(Accounts).create(given));
  }

  private async admit(username: string, patient: string): Promise<void> {
    const given = { kind: 'patient', username, password: PASSWORD, email: `${username}@example.org`, displayName: patient, patient: this.patients.get(patient)! } as const;
    this.people.set(username, await this.service(Accounts).create(given));
  }
}

/** The answer an app gets: parameters of the address the browser left for. */
export function answer(seen: Seen): Record<string, string> {
  if (!seen.left) throw new Error(`The browser stayed at ${seen.at} (${seen.status}): ${seen.text.replace(/<style>[\s\S]*<\/style>/, '').slice(0, 600)}`);
  return Object.fromEntries(seen.left.searchParams);
}
