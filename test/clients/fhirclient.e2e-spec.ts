import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import smart from 'fhirclient';
import type FhirClient from 'fhirclient/lib/Client';
import { Clinic, PASSWORD } from '../oauth/authorize.fixture';

const SCOPE = 'openid fhirUser offline_access launch/patient patient/Patient.rs patient/Observation.rs';

interface Settings {
  clientId: string;
  clientSecret?: string;
  scope?: string;
  iss?: string;
}

/** A SMART app as its authors write it: `/launch` begins, `/app` is the redirect address. */
class SmartApp {
  private readonly server: Server;
  private readonly kept = new Map<string, unknown>();
  settings!: Settings;
  client: FhirClient | undefined;
  failure: unknown;

  constructor() {
    this.server = createServer((request, response) => void this.serve(request, response));
  }

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return this.address('/app');
  }

  address = (path: string): string => `http://127.0.0.1:${(this.server.address() as AddressInfo).port}${path}`;

  close(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const storage = {
      get: async (key: string) => this.kept.get(key),
      set: async (key: string, value: unknown) => this.kept.set(key, value).get(key),
      unset: async (key: string) => this.kept.delete(key),
    };
    const api = smart(request as never, response as never, storage as never);
    try {
      if (request.url!.startsWith('/launch')) return void (await api.authorize({ redirectUri: this.address('/app'), scope: SCOPE, ...this.settings }));
      this.client = await api.ready();
    } catch (error) {
      this.failure = error;
    }
    response.end('done');
  }
}

let clinic: Clinic;
let app: SmartApp;
let secret: { id: string; secret: string };
let open: { id: string };
beforeAll(async () => {
  clinic = await Clinic.open();
  app = new SmartApp();
  const redirect_uris = [await app.open()];
  secret = await clinic.register({ application_type: 'private', client_name: 'Growth', redirect_uris, scope: `${SCOPE} launch`, initiate_login_uri: 'https://app.example.org/launch' });
  open = await clinic.register({ application_type: 'native', client_name: 'Pocket', redirect_uris, scope: SCOPE, token_endpoint_auth_method: 'none' });
});
afterAll(async () => {
  await app.close();
  await clinic.stop();
});

/** What the app knows after `path` was opened and a person went through the pages. */
async function launched(settings: Settings, path: string, person: string, choose?: string): Promise<FhirClient> {
  Object.assign(app, { settings, client: undefined, failure: undefined });
  const begun = await fetch(app.address(path), { redirect: 'manual' });
  if (app.failure) throw app.failure;
  const authorize = new URL(begun.headers.get('location')!);
  const browser = clinic.browser();
  await browser.go(authorize.pathname + authorize.search);
  await browser.signIn(person, PASSWORD, person === 'ana' ? { email: 'ana@example.org' } : {});
  if (choose) await browser.choose(choose);
  await fetch((await browser.authorize()).left!);
  if (!app.client) throw app.failure;
  return app.client;
}

describe('fhirclient', () => {
  it.each<[string, () => Settings]>([
    ['confidential', () => ({ clientId: secret.id, clientSecret: secret.secret })],
    ['public, with PKCE', () => ({ clientId: open.id })],
  ])('launches standalone (%s), knows patient and user, and reads both', async (_kind, settings) => {
    const client = await launched(settings(), `/launch?iss=${clinic.fhir}`, 'doctor', 'Ana Ruiz');
    expect(client.patient.id).toBe(clinic.patients.get('Ana'));
    expect(await client.patient.read()).toMatchObject({ resourceType: 'Patient', name: [{ family: 'Ruiz', given: ['Ana'] }] });
    expect([client.user.resourceType, client.user.fhirUser]).toEqual(['Practitioner', clinic.people.get('doctor')!.fhirUser]);
    await expect(client.request(`Patient/${clinic.patients.get('Ben')}`)).rejects.toMatchObject({ status: 404 });
    await expect(client.patient.request('Observation')).resolves.toMatchObject({ resourceType: 'Bundle' });
  });

  it('launches for a patient, without a picker, and refreshes', async () => {
    const client = await launched({ clientId: secret.id, clientSecret: secret.secret }, `/launch?iss=${clinic.fhir}`, 'ana');
    expect([client.patient.id, client.user.resourceType]).toEqual([clinic.patients.get('Ana'), 'Patient']);
    expect(await client.user.read()).toMatchObject({ id: clinic.patients.get('Ana') });
    const before = client.state.tokenResponse!.access_token;
    await client.refresh();
    expect(client.state.tokenResponse!.access_token).not.toBe(before);
    expect(await client.patient.read()).toMatchObject({ id: clinic.patients.get('Ana') });
  });

  it('launches from the EHR with the patient that was open there', async () => {
    const handle = await clinic.launch('doctor', { patient: clinic.patients.get('Ben')! }, secret);
    const scope = 'openid fhirUser launch patient/Patient.rs';
    const client = await launched({ clientId: secret.id, clientSecret: secret.secret, scope }, `/launch?iss=${clinic.fhir}&launch=${handle}`, 'doctor');
    expect(client.patient.id).toBe(clinic.patients.get('Ben'));
    expect(client.state.tokenResponse).toMatchObject({ need_patient_banner: false, smart_style_url: expect.stringContaining('/smart/smart-style') });
    expect(await client.patient.read()).toMatchObject({ name: [{ family: 'O’Hara' }] });
  });

  it('gets nothing with another app’s secret', async () => {
    await expect(launched({ clientId: secret.id, clientSecret: 'wrong' }, `/launch?iss=${clinic.fhir}`, 'doctor', 'Ana Ruiz')).rejects.toThrow(/Client authentication failed/);
  });
});
