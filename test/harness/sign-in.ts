import { randomUUID } from 'node:crypto';
import { Accounts, type NewAccount } from '../../src/auth';
import { runInContext } from '../../src/kernel';
import type { TestApp } from './start-app';

const DOMAINS = ['patient', 'encounter', 'vital', 'allergy', 'medical_problem', 'practitioner', 'facility'];

/** Everything staff may ask for. */
export const STAFF_SCOPES = ['openid', 'fhirUser', 'offline_access', 'api:oemr', 'api:fhir', 'user/*.cruds', ...DOMAINS.map((name) => `user/${name}.cruds`)].join(' ');

/** Everything a patient may ask for. */
export const PATIENT_SCOPES = 'openid fhirUser offline_access api:port api:fhir patient/*.rs patient/patient.s patient/encounter.rs patient/appointment.rs';

export interface Person {
  group?: string;
  scopes?: string;
  site?: string;
}

/** Registers a client and a member of staff, signs in with the password grant, and returns the access token. */
export async function staffToken(app: TestApp, { group = 'Administrators', scopes = STAFF_SCOPES, site = 'default' }: Person = {}): Promise<string> {
  const username = `staff-${randomUUID().slice(0, 8)}`;
  await createAccount(app, site, { kind: 'users', username, password: 'Correct-Horse-7', displayName: 'Test Staff', group, fhirUser: `Practitioner/${randomUUID()}` });
  return passwordToken(app, site, scopes, { user_role: 'users', username, password: 'Correct-Horse-7' });
}

/** The same for a patient who signs in to their own record. */
export async function patientToken(app: TestApp, patient: string, { scopes = PATIENT_SCOPES, site = 'default' }: Person = {}): Promise<string> {
  const username = `patient-${randomUUID().slice(0, 8)}`;
  const email = `${username}@example.org`;
  await createAccount(app, site, { kind: 'patient', username, password: 'Correct-Horse-7', displayName: 'Test Patient', email, patient, fhirUser: `Patient/${patient}` });
  return passwordToken(app, site, scopes, { user_role: 'patient', username, password: 'Correct-Horse-7', email });
}

function createAccount(app: TestApp, site: string, account: NewAccount): Promise<unknown> {
  return runInContext({ requestId: 'test', site, audit: {} }, () => app.app.get(Accounts).create(account));
}

async function passwordToken(app: TestApp, site: string, scopes: string, credentials: Record<string, string>): Promise<string> {
  const client = await app.request('POST', `/oauth2/${site}/registration`, {
    body: { application_type: 'private', client_name: 'Tests', redirect_uris: ['https://app.example.org/callback'], scope: scopes },
  });
  if (client.status !== 200) throw new Error(`Registration answered ${client.status}: ${client.text}`);
  const { client_id, client_secret } = client.json as Record<string, string>;
  const token = await app.request('POST', `/oauth2/${site}/token`, { form: { grant_type: 'password', client_id: client_id!, client_secret: client_secret!, scope: scopes, ...credentials } });
  if (token.status !== 200) throw new Error(`Token endpoint answered ${token.status}: ${token.text}`);
  return (token.json as { access_token: string }).access_token;
}
