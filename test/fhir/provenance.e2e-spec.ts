import { randomUUID } from 'node:crypto';
import { patientToken, staffToken } from '../harness/sign-in';
import { startApp, type TestApp } from '../harness/start-app';

describe('Provenance', () => {
  let app: TestApp;
  let token: string;
  beforeAll(async () => {
    app = await startApp();
    token = await staffToken(app);
  });
  afterAll(() => app.stop());

  const call = (method: string, path: string, body?: unknown, as = token) => app.request(method, `/apis/default/fhir/${path}`, { token: as, body });
  const included = (answer: { json: { entry: { resource: { resourceType: string }; search: { mode: string } }[] } }) => answer.json.entry.filter((one) => one.search.mode === 'include').map((one) => one.resource);

  it('of the current version comes with what was written, and says who wrote it', async () => {
    const { json: basic } = await call('POST', 'Basic', { resourceType: 'Basic', code: { text: 'a' } });
    await call('PUT', `Basic/${basic.id}`, { ...basic, code: { text: 'b' } });
    const [provenance] = included(await call('GET', `Basic?_id=${basic.id}&_revinclude=Provenance:target`)) as unknown as { id: string; target: unknown[]; activity: { coding: { code: string }[] }; agent: { who: { reference: string } }[] }[];
    expect(provenance).toMatchObject({ target: [{ reference: `Basic/${basic.id}` }], activity: { coding: [{ code: 'UPDATE' }] } });
    expect(provenance!.agent[0]!.who.reference).toMatch(/^Practitioner\//);
    expect((await call('GET', `Provenance/${provenance!.id}`)).json).toEqual(provenance);
  });

  it('that was stored is served instead of a derived one', async () => {
    const { json: basic } = await call('POST', 'Basic', { resourceType: 'Basic', code: { text: 'a' } });
    const { json: stored } = await call('POST', 'Provenance', { resourceType: 'Provenance', target: [{ reference: `Basic/${basic.id}` }], recorded: '2024-01-01T00:00:00Z', agent: [{ who: { display: 'someone' } }] });
    expect(included(await call('GET', `Basic?_id=${basic.id}&_revinclude=Provenance:target`))).toEqual([stored]);
  });

  it('is as hidden as its target', async () => {
    const [a, b] = [randomUUID(), randomUUID()];
    for (const id of [a, b]) await call('PUT', `Patient/${id}`, { resourceType: 'Patient', id });
    const { json: observation } = await call('POST', 'Observation', { resourceType: 'Observation', status: 'final', code: { text: 'x' }, subject: { reference: `Patient/${b}` } });
    const [provenance] = included(await call('GET', `Observation?_id=${observation.id}&_revinclude=Provenance:target`)) as { id?: string }[];
    const other = await patientToken(app, a);
    expect((await call('GET', `Provenance/${provenance!.id}`, undefined, await patientToken(app, b))).status).toBe(200);
    expect((await call('GET', `Provenance/${provenance!.id}`, undefined, other)).status).toBe(404);
    expect((await call('GET', 'Provenance/h-999999-1', undefined, other)).status).toBe(404);
  });

  it('of what was another’s once is the other’s still', async () => {
    const [a, b] = [randomUUID(), randomUUID()];
    for (const id of [a, b]) await call('PUT', `Patient/${id}`, { resourceType: 'Patient', id });
    const observation = (patient: string) => ({ resourceType: 'Observation', id: 'moved', status: 'final', code: { text: 'x' }, subject: { reference: `Patient/${patient}` } });
    await call('PUT', 'Observation/moved', observation(b));
    const [first] = included(await call('GET', 'Observation?_id=moved&_revinclude=Provenance:target')) as { id?: string }[];
    await call('PUT', 'Observation/moved', observation(a));
    const [second] = included(await call('GET', 'Observation?_id=moved&_revinclude=Provenance:target')) as { id?: string }[];
    const mine = await patientToken(app, a);
    expect((await call('GET', `Provenance/${second!.id}`, undefined, mine)).status).toBe(200);
    expect((await call('GET', `Provenance/${first!.id}`, undefined, mine)).status).toBe(404);
    expect((await call('GET', `Provenance/${first!.id}`)).status).toBe(200);
  });

  it('is out of reach of a right restricted by search parameters', async () => {
    const { json: goal } = await call('POST', 'Basic', { resourceType: 'Basic', code: { text: 'a' } });
    const search = `Basic?_id=${goal.id}&_revinclude=Provenance:target`;
    const [provenance] = included(await call('GET', search)) as { id?: string }[];
    const narrow = await staffToken(app, { scopes: 'openid api:fhir user/Basic.rs user/Provenance.rs?agent-type=author' });
    expect(included(await call('GET', search, undefined, narrow))).toEqual([]);
    expect((await call('GET', `Provenance/${provenance!.id}`, undefined, narrow)).status).toBe(404);
  });
});
