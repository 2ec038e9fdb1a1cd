import { randomUUID } from 'node:crypto';
import { patientToken, staffToken } from '../harness/sign-in';
import { startApp, type TestApp } from '../harness/start-app';

const CANARY = 'CANARY-OF-B';

describe('a patient’s token and the other patient', () => {
  let app: TestApp;
  let staff: string;
  let mine: string;
  const [a, b] = [randomUUID(), randomUUID()];
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    app = await startApp();
    staff = await staffToken(app);
    await put(staff, { resourceType: 'Patient', id: a, name: [{ family: 'Anders' }] });
    await put(staff, { resourceType: 'Patient', id: b, name: [{ family: CANARY }] });
    ids.practitioner = await post({ resourceType: 'Practitioner', name: [{ family: 'Shared' }] });
    ids.observation = await post({ resourceType: 'Observation', status: 'final', code: { text: CANARY }, subject: { reference: `Patient/${b}` }, performer: [{ reference: `Practitioner/${ids.practitioner}` }] });
    ids.own = await post({ resourceType: 'Observation', status: 'final', code: { text: 'mine' }, subject: { reference: `Patient/${a}` }, performer: [{ reference: `Practitioner/${ids.practitioner}` }] });
    ids.both = await post({ resourceType: 'Appointment', status: 'booked', start: '2024-01-02T10:00:00Z', end: '2024-01-02T10:15:00Z', description: CANARY, participant: [a, b].map((id) => ({ actor: { reference: `Patient/${id}` }, status: 'accepted' })) });
    ids.group = await post({ resourceType: 'Group', type: 'person', actual: true, name: CANARY, member: [a, b].map((id) => ({ entity: { reference: `Patient/${id}` } })) });
    ids.moved = await post({ resourceType: 'Observation', status: 'final', code: { text: CANARY }, subject: { reference: `Patient/${b}` } });
    await put(staff, { resourceType: 'Observation', id: ids.moved, status: 'final', code: { text: 'now mine' }, subject: { reference: `Patient/${a}` } });
    mine = await patientToken(app, a);
  });
  afterAll(() => app.stop());

  const call = (token: string, method: string, path: string, body?: unknown) => app.request(method, `/apis/default/fhir/${path}`, { token, body });
  const put = (token: string, resource: { resourceType: string; id: string; [name: string]: unknown }) => call(token, 'PUT', `${resource.resourceType}/${resource.id}`, resource);
  const post = async (resource: { resourceType: string; [name: string]: unknown }): Promise<string> => (await call(staff, 'POST', resource.resourceType, resource)).json.id;

  it('reads its own and nothing of the other, which is as if it did not exist', async () => {
    expect((await call(mine, 'GET', `Patient/${a}`)).status).toBe(200);
    expect((await call(mine, 'GET', `Observation/${ids.own}`)).status).toBe(200);
    const unknown = await call(mine, 'GET', `Observation/${randomUUID()}`);
    for (const path of [`Patient/${b}`, `Observation/${ids.observation}`, `Appointment/${ids.both}`, `Group/${ids.group}`, `Observation/${ids.observation}/_history`, `Observation/${ids.observation}/_history/1`]) {
      const answer = await call(mine, 'GET', path);
      expect([path, answer.status, answer.json.issue[0].code]).toEqual([path, unknown.status, unknown.json.issue[0].code]);
    }
  });

  it.each([
    'Observation', 'Patient', 'Appointment', 'Group', `Observation?patient=${b}`, `Observation?subject=Patient/${b}`, `Observation?patient=${a},${b}`, 'Practitioner?_revinclude=Observation:performer',
    'Observation?_include=*', 'Observation?_include:iterate=*&_revinclude=*', `Patient?_id=${a}&_revinclude=*`, `Patient?name=${CANARY}`, `Observation?subject:Patient.name=${CANARY}`, `Practitioner?_has:Observation:performer:subject=Patient/${b}`,
    'Observation?_total=accurate&_count=1', 'Observation?_summary=count',
  ])('finds nothing of the other by %s', async (query) => {
    const answer = await call(mine, 'GET', query);
    // The self link repeats what was asked.
    const told = JSON.stringify({ ...answer.json, link: [] });
    expect([query, answer.status < 500, told.includes(CANARY), told.includes(b)]).toEqual([query, true, false, false]);
    if (query.startsWith('Observation') && answer.json.total !== undefined) expect(answer.json.total).toBeLessThanOrEqual(2);
  });

  it('searches its own compartment, and finds the other’s empty', async () => {
    expect((await call(mine, 'GET', `Patient/${a}/Observation`)).json.entry.map((one: { resource: { id: string } }) => one.resource.id)).toContain(ids.own);
    const other = await call(mine, 'GET', `Patient/${b}/Observation`);
    expect([other.status, other.json.total]).toEqual([200, 0]);
    expect((await call(staff, 'GET', `Patient/${b}/Observation?status:missing=false`)).json.entry).not.toHaveLength(0);
    expect((await call(mine, 'GET', `Location/${a}/Observation`)).status).toBe(404);
  });

  it('sees of a moved resource only the versions that are its own', async () => {
    const history = await call(mine, 'GET', `Observation/${ids.moved}/_history`);
    expect([history.status, history.text.includes(CANARY), history.json.entry.length]).toEqual([200, false, 1]);
    expect((await call(mine, 'GET', `Observation/${ids.moved}/_history/1`)).status).toBe(404);
  });

  it('writes nothing: patients read their charts', async () => {
    const about = (patient: string) => ({ resourceType: 'Observation', status: 'final', code: { text: 'x' }, subject: { reference: `Patient/${patient}` } });
    for (const [method, path, body] of [['POST', 'Observation', about(a)], ['PUT', `Observation/${ids.own}`, { ...about(a), id: ids.own }], ['DELETE', `Observation/${ids.own}`, undefined]] as const) {
      expect([method, (await call(mine, method, path, body)).status]).toEqual([method, 403]);
    }
    expect((await call(staff, 'GET', `Observation/${ids.own}`)).json.meta.versionId).toBe('1');
  });

  it('has each entry of a batch judged alone', async () => {
    const batch = { resourceType: 'Bundle', type: 'batch', entry: [`Observation/${ids.own}`, `Observation/${ids.observation}`, `Patient?_id=${b}`].map((url) => ({ request: { method: 'GET', url } })) };
    const answer = await call(mine, 'POST', '', batch);
    expect([answer.status, answer.text.includes(CANARY)]).toEqual([200, false]);
    expect(answer.json.entry.map((one: { response: { status: string } }) => one.response.status.slice(0, 3))).toEqual(['200', '404', '200']);
  });

  it('is refused at another site', async () => {
    expect((await app.request('GET', `/apis/alternate/fhir/Patient/${a}`, { token: mine })).status).toBe(401);
  });
});
