import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Importer } from '../../src/fhir/import';
import { patientToken, staffToken } from '../harness/sign-in';
import { startApp, type TestApp } from '../harness/start-app';
import { itWhere } from '../harness/where';

const SYNTHEA = resolve(__dirname, '../../../shared/data/synthea');

describe('POST /fhir', () => {
  let app: TestApp;
  let token: string;

  beforeAll(async () => {
    app = await startApp();
    token = await staffToken(app);
  });
  afterAll(() => app.stop());

  const send = (body: unknown, options: { token?: string; headers?: Record<string, string> } = { token }) => app.request('POST', '/apis/default/fhir', { ...options, body });
  const get = (path: string) => app.request('GET', `/apis/default${path}`, { token });
  const ada = { resourceType: 'Patient', name: [{ use: 'official', family: 'Bundleton', given: ['Ada'] }], birthDate: '1990-01-01', gender: 'female' };
  const pulse = (subject: string) => ({
    resourceType: 'Observation', status: 'final', subject: { reference: subject }, effectiveDateTime: '2026-01-02T03:04:05Z',
    category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' }] }],
    code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] }, valueQuantity: { value: 61, unit: '/min', system: 'http://unitsofmeasure.org', code: '/min' },
  });
  const URN = 'urn:uuid:0f0e0d0c-0000-4000-8000-000000000001';
  const chart = (...more: unknown[]) => ({
    resourceType: 'Bundle', type: 'transaction',
    entry: [{ fullUrl: URN, resource: ada, request: { method: 'POST', url: 'Patient' } }, { resource: pulse(URN), request: { method: 'POST', url: 'Observation' } }, ...more],
  });
  const patients = async (): Promise<number> => (await get('/fhir/Patient?family=Bundleton&_summary=count')).json.total as number;

  it('stores a transaction in all three APIs at once', async () => {
    const answer = await send(chart());
    expect([answer.status, answer.json.type]).toEqual([200, 'transaction-response']);
    expect(answer.headers.get('content-type')).toMatch(/^application\/fhir\+json/);
    const location = answer.json.entry[0].response.location as string;
    expect((await app.request('GET', location, { token })).json).toMatchObject({ resourceType: 'Patient', birthDate: '1990-01-01' });
    const [, id] = /Patient\/([^/]+)\//.exec(location)!;
    expect((await get(`/api/patient/${id}`)).json.data).toMatchObject({ lname: 'Bundleton', fname: 'Ada' });
    expect((await get(`/fhir/Observation?patient=${id}&code=8867-4`)).json.total).toBe(1);
  });

  it('answers as Prefer asks', async () => {
    const answer = await send(chart(), { token, headers: { prefer: 'return=representation' } });
    expect(answer.json.entry[1].resource).toMatchObject({ resourceType: 'Observation', valueQuantity: { value: 61 } });
  });

  it('stores nothing of a transaction with one bad entry, and names it', async () => {
    const before = await patients();
    const answer = await send(chart({ resource: { ...ada, gender: 'x' }, request: { method: 'POST', url: 'Patient' } }));
    expect([answer.status, answer.json.resourceType]).toEqual([400, 'OperationOutcome']);
    expect(answer.json.issue[0].expression).toEqual(['Bundle.entry[2].resource.gender']);
    expect(await patients()).toBe(before);
  });

  it('answers a batch entry by entry', async () => {
    const answer = await send({ resourceType: 'Bundle', type: 'batch', entry: [{ request: { method: 'GET', url: 'Patient?family=Bundleton' } }, { request: { method: 'GET', url: 'Patient/nobody' } }] });
    expect(answer.json.entry.map((one: { response: { status: string } }) => one.response.status.slice(0, 3))).toEqual(['200', '404']);
    expect(answer.json.entry[0].resource.type).toBe('searchset');
  });

  it('is refused without a token, and beyond what the token allows', async () => {
    expect((await send(chart(), {})).status).toBe(401);
    const reader = await staffToken(app, { scopes: 'openid api:fhir user/Patient.rs user/Observation.rs' });
    const before = await patients();
    const answer = await send(chart(), { token: reader });
    expect([answer.status, answer.json.issue[0].code]).toEqual([403, 'forbidden']);
    expect(await patients()).toBe(before);
  });

  it('shows a patient nothing of others', async () => {
    const made = await send(chart());
    const [, own] = /Patient\/([^/]+)\//.exec(made.json.entry[0].response.location as string)!;
    const answer = await send({ resourceType: 'Bundle', type: 'batch', entry: [{ request: { method: 'GET', url: 'Patient' } }, { request: { method: 'GET', url: 'Observation' } }] }, { token: await patientToken(app, own!) });
    const [seen, observed] = answer.json.entry.map((one: { resource: { entry: { resource: { id: string; subject?: { reference: string } } }[] } }) => one.resource.entry.map(({ resource }) => resource));
    expect(seen.map((one: { id: string }) => one.id)).toEqual([own]);
    expect(observed.map((one: { subject: { reference: string } }) => one.subject.reference)).toEqual([`Patient/${own}`]);
  });

  const withSynthea = itWhere(existsSync(SYNTHEA), 'the Synthea bundles are not beside the project');

  withSynthea('shows every imported patient in the standard API', async () => {
    const report = await app.app.get(Importer, { strict: false }).importPaths('default', [SYNTHEA]);
    expect(report).toMatchObject({ created: 9760, refused: 0 });
    const imported = (await get('/fhir/Patient?identifier=https://github.com/synthetichealth/synthea|&_count=50')).json.entry.map((one: { resource: { id: string } }) => one.resource.id) as string[];
    expect(imported).toHaveLength(15);
    for (const id of imported) expect((await get(`/api/patient/${id}`)).json.data).toMatchObject({ uuid: id, lname: expect.stringMatching(/\d$/) });
  }, 180_000);
});
