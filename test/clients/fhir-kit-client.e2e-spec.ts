import { Client, type FhirResource } from 'fhir-kit-client';
import { staffToken } from '../harness/sign-in';
import { startApp, type TestApp } from '../harness/start-app';

interface Entry {
  fullUrl?: string;
  resource?: Stored;
  response?: { status: string; location?: string };
}
type Stored = FhirResource & { id: string; meta: { versionId: string } };
type Bundle = FhirResource & { type: string; total?: number; entry?: Entry[]; link: { relation: string; url: string }[] };

const MANY = 25;

describe('fhir-kit-client', () => {
  let app: TestApp;
  let client: Client;
  let patient: Stored;

  const observation = (value: number, more: Record<string, unknown> = {}) => ({
    resourceType: 'Observation', status: 'final', code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] }, subject: { reference: `Patient/${patient.id}` },
    effectiveDateTime: `2024-03-${String(1 + (value % 5)).padStart(2, '0')}`, valueQuantity: { value, unit: '/min', system: 'http://unitsofmeasure.org', code: '/min' }, ...more,
  });
  const create = async (body: FhirResource): Promise<Stored> => (await client.create({ resourceType: body.resourceType, body })) as Stored;
  const status = (promise: Promise<unknown>): Promise<number | undefined> => promise.then(() => 0, (error: { response?: { status: number } }) => error.response?.status);

  beforeAll(async () => {
    app = await startApp();
    client = new Client({ baseUrl: `${app.url}/apis/default/fhir`, bearerToken: await staffToken(app) });
    patient = await create({ resourceType: 'Patient', name: [{ family: 'Kit', given: ['Fia'] }], gender: 'female', birthDate: '1970-01-01' });
    await client.transaction({ body: { resourceType: 'Bundle', type: 'transaction', entry: Array.from({ length: MANY }, (_, value) => ({ resource: observation(value), request: { method: 'POST', url: 'Observation' } })) } });
  });
  afterAll(() => app.stop());

  it('finds the SMART endpoints, at the base and at the other vendors’ base', async () => {
    for (const base of ['/apis/default/fhir', '/fhir/r4']) {
      const found = await new Client({ baseUrl: app.url + base }).smartAuthMetadata();
      expect(found.authorizeUrl?.href).toBe(`${app.url}/oauth2/default/authorize`);
      expect(found.tokenUrl?.href).toBe(`${app.url}/oauth2/default/token`);
      expect(found.registerUrl?.href).toBe(`${app.url}/oauth2/default/registration`);
    }
  });

  it('reads the CapabilityStatement without a token', async () => {
    expect(await new Client({ baseUrl: `${app.url}/apis/default/fhir` }).capabilityStatement()).toMatchObject({ resourceType: 'CapabilityStatement', fhirVersion: '4.0.1' });
  });

  it('is told 401 without a token', async () => {
    expect(await status(new Client({ baseUrl: `${app.url}/apis/default/fhir` }).read({ resourceType: 'Patient', id: patient.id }))).toBe(401);
  });

  it('creates, reads, updates, reads versions and the history, deletes', async () => {
    const first = await create(observation(60));
    expect(await client.read({ resourceType: 'Observation', id: first.id })).toEqual(first);
    const second = (await client.update({ resourceType: 'Observation', id: first.id, body: { ...first, status: 'amended' } })) as Stored;
    expect([first.meta.versionId, second.meta.versionId, second['status']]).toEqual(['1', '2', 'amended']);
    expect(await client.vread({ resourceType: 'Observation', id: first.id, version: '1' })).toEqual(first);
    await client.delete({ resourceType: 'Observation', id: first.id });
    expect(await status(client.read({ resourceType: 'Observation', id: first.id }))).toBe(410);
    const history = (await client.history({ resourceType: 'Observation', id: first.id })) as Bundle;
    expect([history.type, history.entry!.map((entry) => entry.resource?.meta.versionId)]).toEqual(['history', [undefined, '2', '1']]);
  });

  it.each([
    ['in no order', {}],
    ['by an order with many ties', { _sort: 'date' }],
    ['backwards', { _sort: '-date,_id' }],
  ])('walks all pages %s and meets each match once, whatever is added meanwhile', async (_order, order) => {
    const before = await idsOf({ patient: patient.id, _count: 200 });
    const met: string[] = [];
    let page: Bundle | undefined = (await client.search({ resourceType: 'Observation', searchParams: { patient: patient.id, _count: 4, ...order } })) as Bundle;
    for (let count = 0; page && count < 30; count += 1) {
      met.push(...page.entry!.map((entry) => entry.resource!.id));
      expect(page.entry!.length).toBeLessThanOrEqual(4);
      if (count === 1) await create(observation(200));
      page = (await client.nextPage({ bundle: page })) as Bundle | undefined;
    }
    expect(new Set(met).size).toBe(met.length);
    expect(before.filter((id) => !met.includes(id))).toEqual([]);
  });

  const idsOf = async (searchParams: Record<string, string | number>): Promise<string[]> => {
    const found = (await client.search({ resourceType: 'Observation', searchParams })) as Bundle;
    return (found.entry ?? []).map((entry) => entry.resource!.id);
  };

  it('searches by POST as by GET', async () => {
    const searchParams = { code: 'http://loinc.org|8867-4', date: 'ge2024-03-04', patient: patient.id, _count: 100 };
    const byPost = (await client.search({ resourceType: 'Observation', searchParams, options: { postSearch: true } })) as Bundle;
    expect(byPost.entry!.map((entry) => entry.resource!.id).sort()).toEqual((await idsOf(searchParams)).sort());
    expect(byPost.entry!.length).toBeGreaterThan(5);
  });

  it('stores a transaction as a whole or not at all', async () => {
    const urn = 'urn:uuid:11111111-2222-4333-8444-555555555555';
    const entry = (resource: FhirResource, fullUrl?: string) => ({ ...(fullUrl && { fullUrl }), resource, request: { method: 'POST', url: resource.resourceType } });
    const good = [entry({ resourceType: 'Patient', name: [{ family: 'Whole' }] }, urn), entry(observation(1, { subject: { reference: urn } }))];
    const answer = (await client.transaction({ body: { resourceType: 'Bundle', type: 'transaction', entry: good } })) as Bundle;
    expect(answer.entry!.map((each) => each.response!.status.slice(0, 3))).toEqual(['201', '201']);
    const id = /Patient\/([^/]+)/.exec(answer.entry![0]!.response!.location!)![1]!;
    expect(await idsOf({ patient: id })).toHaveLength(1);

    const bad = [entry({ resourceType: 'Patient', name: [{ family: 'Halfway' }] }), entry({ resourceType: 'Observation', status: 'final' })];
    expect(await status(client.transaction({ body: { resourceType: 'Bundle', type: 'transaction', entry: bad } }))).toBeGreaterThanOrEqual(400);
    expect(((await client.search({ resourceType: 'Patient', searchParams: { family: 'Halfway' } })) as Bundle).entry ?? []).toEqual([]);
  });

  it('judges each entry of a batch by itself', async () => {
    const body = { resourceType: 'Bundle', type: 'batch', entry: [{ request: { method: 'GET', url: `Patient/${patient.id}` } }, { request: { method: 'GET', url: 'Patient/nobody' } }, { request: { method: 'GET', url: `Observation?patient=${patient.id}&_summary=count` } }] };
    const answer = (await client.batch({ body })) as Bundle;
    expect(answer.entry!.map((entry) => entry.response!.status.slice(0, 3))).toEqual(['200', '404', '200']);
    expect(answer.entry![0]!.resource!.id).toBe(patient.id);
  });

  it('follows references', async () => {
    const one = await create(observation(61));
    expect(await client.resolve({ reference: (one['subject'] as { reference: string }).reference })).toMatchObject({ id: patient.id });
  });
});
