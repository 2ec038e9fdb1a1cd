import { randomUUID } from 'node:crypto';
import { Holders, observation } from './holders.fixture';

const CATEGORY = 'http://terminology.hl7.org/CodeSystem/observation-category';
const MRN = 'urn:mrn';

let holders: Holders;
let admin: string;
beforeAll(async () => {
  // A patient who goes while the chart stays, as a merge would leave it.
  holders = await Holders.open({ SALUS_DELETE_REFERENCED: 'allow' });
  admin = await holders.user('user/*.cruds');
});
afterAll(() => holders.stop());

const made = async (body: { resourceType: string }): Promise<Record<string, unknown> & { id: string }> => (await holders.fhir(admin, 'POST', body.resourceType, body)).json;

describe('a granular scope with all verbs', () => {
  it('writes inside its category and neither outside of it nor across', async () => {
    const token = await holders.user(`user/Observation.cruds?category=${CATEGORY}|vital-signs`);
    const ana = holders.id('Ana');
    const [vital, lab] = [await made(observation(ana, 'vital-signs')), await made(observation(ana, 'laboratory'))];
    const status = async (method: string, path: string, body?: unknown) => (await holders.fhir(token, method, path, body)).status;
    expect(await status('POST', 'Observation', observation(ana, 'vital-signs'))).toBe(201);
    expect(await status('POST', 'Observation', observation(ana, 'laboratory'))).toBe(403);
    expect(await status('PUT', `Observation/${vital.id}`, { ...vital, status: 'amended' })).toBe(200);
    expect([403, 404]).toContain(await status('PUT', `Observation/${lab.id}`, { ...lab, status: 'amended' }));
    expect([403, 404]).toContain(await status('PUT', `Observation/${lab.id}`, { ...observation(ana, 'vital-signs'), id: lab.id }));
    expect(await status('PUT', `Observation/${vital.id}`, { ...observation(ana, 'laboratory'), id: vital.id })).toBe(403);
    expect([403, 404]).toContain(await status('DELETE', `Observation/${lab.id}`));
    expect((await holders.fhir(admin, 'GET', `Observation/${lab.id}`)).json).toEqual(lab);
    expect((await holders.fhir(admin, 'GET', `Observation/${vital.id}`)).json.meta.versionId).toBe('2');
  });
});

describe('PUT to an id that is not there', () => {
  const put = async (scope: string) => {
    const id = randomUUID();
    return (await holders.fhir(await holders.user(scope), 'PUT', `Observation/${id}`, { ...observation(holders.id('Ana'), 'survey'), id })).status;
  };

  it('creates, so it needs the letter c', async () => {
    expect(await put('user/Observation.cu')).toBe(201);
    expect(await put('user/Observation.u')).toBe(403);
  });
});

describe('conditions are searches', () => {
  const ask = (token: string, family: string, identifier: string) =>
    holders.clinic.app.request('POST', '/apis/default/fhir/Patient', { token, body: { resourceType: 'Patient', name: [{ family }], identifier: [{ system: MRN, value: identifier }] }, headers: { 'if-none-exist': `identifier=${MRN}|${identifier}` } });

  it('so a conditional create needs s, and r to answer with what exists', async () => {
    await made({ resourceType: 'Patient', identifier: [{ system: MRN, value: 'known' }] } as never);
    const [creator, searcher, all] = [await holders.user('user/Patient.c'), await holders.user('user/Patient.cs'), await holders.user('user/Patient.crs')];
    expect([(await ask(creator, 'X', 'known')).status, (await ask(creator, 'X', 'unknown')).status]).toEqual([403, 403]);
    expect((await ask(searcher, 'X', 'known')).text).not.toContain('"identifier"');
    expect([(await ask(all, 'X', 'known')).status, (await ask(all, 'X', 'new')).status]).toEqual([200, 201]);
  });

  it('so is a reference by search in a transaction', async () => {
    const token = await holders.user('user/Observation.c');
    const entry = [{ resource: { ...observation(holders.id('Ana'), 'survey'), subject: { reference: `Patient?identifier=${MRN}|known` } }, request: { method: 'POST', url: 'Observation' } }];
    const answer = await holders.fhir(token, 'POST', '', { resourceType: 'Bundle', type: 'transaction', entry });
    expect(answer.status).toBe(403);
  });
});

describe('a launch whose patient is gone', () => {
  it('opens nothing any more, least of all everyone', async () => {
    const token = await holders.launched('patient/*.rs', 'doctor', 'Cleo Stone');
    await made(observation(holders.id('Cleo'), 'vital-signs'));
    expect((await holders.fhir(token, 'GET', 'Observation')).json.entry).toHaveLength(1);
    expect((await holders.fhir(admin, 'DELETE', `Patient/${holders.id('Cleo')}`)).status).toBe(204);
    for (const query of ['Observation', 'Patient', 'Condition']) expect((await holders.fhir(token, 'GET', query)).json.entry ?? []).toEqual([]);
    expect([404, 410]).toContain((await holders.fhir(token, 'GET', `Patient/${holders.id('Cleo')}`)).status);
  });
});

describe('a launch by somebody whose role sees no charts', () => {
  it('opens the patient but not the record', async () => {
    const token = await holders.launched('patient/*.rs', 'receptionist');
    expect((await holders.fhir(token, 'GET', `Patient/${holders.id('Ana')}`)).status).toBe(200);
    expect((await holders.fhir(token, 'GET', 'Observation')).status).toBe(403);
  });
});

describe('a page link', () => {
  it('is worth nothing to another token', async () => {
    for (let count = 0; count < 3; count += 1) await made(observation(holders.id('Ben'), 'vital-signs'));
    const first = await holders.fhir(admin, 'GET', `Observation?patient=${holders.id('Ben')}&_count=1`);
    const next = first.json.link.find((link: { relation: string }) => link.relation === 'next').url;
    expect((await holders.clinic.app.request('GET', next, { token: admin })).json.entry).toHaveLength(1);
    const answer = await holders.clinic.app.request('GET', next, { token: await holders.patient('patient/*.rs') });
    expect(JSON.stringify(answer.json.entry ?? [])).not.toContain(holders.id('Ben'));
    expect((await holders.clinic.app.request('GET', next, { token: await holders.user('user/Patient.rs') })).status).toBeGreaterThanOrEqual(400);
    expect((await holders.clinic.app.request('GET', next)).status).toBe(401);
  });
});
