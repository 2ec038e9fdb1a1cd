import { randomUUID } from 'node:crypto';
import { Db } from '../../src/database';
import { BundleService, MOST_ENTRIES } from '../../src/fhir/bundle';
import { internalAccess } from '../../src/kernel';
import { patientToken, staffToken } from '../harness/sign-in';
import { openStore } from './open-store';
import { MRN, observation, patient, type Resource, WritingClient } from './writes.fixture';

interface Answer { response: { status: string; etag?: string; location?: string; outcome?: { issue: { code: string; expression?: string[] }[] } }; resource?: Resource & { id: string } }

const post = (resource: Resource, request: Record<string, unknown> = {}) => ({ resource, request: { method: 'POST', url: resource.resourceType, ...request } });
const put = (resource: Resource, request: Record<string, unknown> = {}) => ({ resource, request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}`, ...request } });
const get = (url: string, request: Record<string, unknown> = {}) => ({ request: { method: 'GET', url, ...request } });
const remove = (url: string) => ({ request: { method: 'DELETE', url } });
const statuses = (entries: Answer[]): string[] => entries.map(({ response }) => response.status.slice(0, 3));

describe('a batch over HTTP', () => {
  let client: WritingClient;
  beforeAll(async () => {
    client = await WritingClient.open({ SALUS_BODY_LIMIT: '3000000' });
  });
  afterAll(() => client.stop());

  const send = async (entry: unknown[], token?: string): Promise<Answer[]> => (await client.call('POST', '', { resourceType: 'Bundle', type: 'batch', entry }, {}, token === undefined ? {} : { token })).json.entry;

  it('does writes of every kind, each by its own condition', async () => {
    const [a, b, c] = [await client.stored(patient('ba-a')), await client.stored(patient('ba-b')), await client.stored(patient('ba-c'))];
    const fresh = randomUUID();
    const entries = await send([
      put(patient('ba-a', { id: a.id, active: true }), { ifMatch: 'W/"1"' }), put(patient('ba-b', { id: b.id, active: true }), { ifMatch: 'W/"9"' }),
      put(patient(undefined, { id: fresh }), { ifNoneMatch: '*' }), put(patient(undefined, { id: c.id }), { ifNoneMatch: '*' }),
      post(patient('ba-c'), { ifNoneExist: `identifier=${MRN}|ba-c` }), post(patient('ba-d'), { ifNoneExist: `identifier=${MRN}|ba-d` }),
      { ...put(patient('ba-b')), request: { method: 'PUT', url: `Patient?identifier=${MRN}|ba-b` } }, remove(`Patient?identifier=${MRN}|ba-c`), remove(`Patient?identifier=${MRN}|nobody`), remove('Patient/never-there'),
      get(`Patient/${a.id}`), get(`Patient/${a.id}`, { ifNoneMatch: 'W/"2"' }), get(`Patient/${a.id}`, { ifModifiedSince: new Date(Date.now() + 60_000).toISOString() }), { request: { method: 'HEAD', url: `Patient/${a.id}` } },
    ]);
    expect(statuses(entries)).toEqual(['200', '412', '201', '412', '200', '201', '200', '204', '204', '204', '200', '304', '304', '200']);
  });

  it('sees in each entry what those before it did, and nothing of those that failed', async () => {
    const id = randomUUID();
    const entries = await send([put(patient('bs', { id })), put(patient('bs', { id, birthDate: 'soon' })), get(`Patient?identifier=${MRN}|bs`), put(patient('bs', { id, active: true })), get(`Patient/${id}`), remove(`Patient/${id}`), get(`Patient/${id}`), put(patient('bs', { id })), get(`Patient/${id}`)]);
    expect(statuses(entries)).toEqual(['201', '400', '200', '200', '200', '204', '410', '201', '200']);
    expect(entries[8]!.resource).toMatchObject({ id, meta: { versionId: '4' } });
    expect((entries[2]!.resource as unknown as { total: number }).total).toBe(1);
  });

  it('stores the others of many where one may not be stored', async () => {
    const token = await staffToken(client.app, { scopes: 'openid api:fhir user/Patient.crus' });
    const entries = await send([...Array.from({ length: 150 }, () => post(patient())), post({ resourceType: 'Practitioner' }), post(patient()), put(patient(undefined, { id: 'two-at-once' })), put(patient(undefined, { id: 'two-at-once', active: true }))], token);
    expect(statuses(entries)).toEqual([...new Array<string>(150).fill('201'), '403', '201', '201', '200']);
    expect(new Set(entries.flatMap(({ response }) => response.location?.replace(/\/_history.*/, '') ?? [])).size).toBe(152);
  });

  it('knows no names of other entries', async () => {
    const entries = await send([{ ...post(patient()), fullUrl: 'https://other.example/fhir/Patient/7' }, { ...post(observation('Patient/7')), fullUrl: 'https://other.example/fhir/Observation/8' }]);
    expect(statuses(entries)).toEqual(['201', '201']);
    const name = /Observation\/[^/]+/.exec(entries[1]!.response.location!)![0];
    expect((await client.get(name)).json.subject).toEqual({ reference: 'Patient/7' });
  });

  it('searches compartments and the whole system, and reads histories', async () => {
    const { id } = await client.stored(patient('bw'));
    await client.stored(observation(`Patient/${id}`));
    const entries = await send([get(`Patient/${id}/Observation`), get(`Patient/${id}/*?_type=Observation`), get(`?_type=Patient&identifier=${MRN}|bw`), get(`Patient/${id}/_history`), get('Patient/_history?_count=1'), get(`Observation/x/Patient`), put(patient(), { url: `Patient/${id}/Observation` }), remove('?_type=Patient')]);
    expect(statuses(entries)).toEqual(['200', '200', '200', '200', '200', '400', '400', '400']);
    expect(entries.slice(0, 4).map(({ resource }) => (resource as unknown as { entry: unknown[] }).entry.length)).toEqual([1, 1, 1, 1]);
  });

  it('calls operations', async () => {
    const { id } = await client.stored(patient());
    const { id: pulse } = await client.stored(observation(`Patient/${id}`));
    const entries = await send([get(`Patient/${id}/$everything`), get('Patient/$nonsense'), get('Patient/nobody/$everything'), get(`Patient/${id}/$everything?nonsense=1`), remove('Patient/$everything')]);
    expect(statuses(entries)).toEqual(['200', '404', '404', '400', '400']);
    expect(JSON.stringify(entries[0]!.resource)).toContain(pulse);
  });

  it('offers no operations within a transaction, and says where they are', async () => {
    const answer = await client.call('POST', '', { resourceType: 'Bundle', type: 'transaction', entry: [get('Patient/1/$everything')] });
    expect([answer.status, answer.json.issue[0].code, answer.json.issue[0].diagnostics]).toEqual([501, 'not-supported', expect.stringContaining('batch')]);
  });

  it('of a hundred entries about two patients shows one of them nothing of the other', async () => {
    const canary = 'zqcanary';
    const [a, b] = [await client.stored(patient()), await client.stored(patient(canary, { name: [{ family: canary }] }))];
    const [mine, other] = [await client.stored(observation(`Patient/${a.id}`)), await client.stored(observation(`Patient/${b.id}`, { note: [{ text: canary }] }))];
    const token = await patientToken(client.app, a.id);
    const base = `${client.app.url}/apis/default/fhir`;
    const ways = (own: { patient: string; fact: string }) => [
      get(`Patient/${own.patient}`), get(`Observation/${own.fact}`), get(`${base}/Observation/${own.fact}`), get(`Observation/${own.fact}/_history/1`), { request: { method: 'HEAD', url: `Observation/${own.fact}` } }, get(`Observation/${own.fact}`, { ifNoneMatch: 'W/"1"' }),
      get(`Patient?_id=${own.patient}`), get(`Observation?patient=${own.patient}`), get(`Observation?subject=${base}/Patient/${own.patient}`), get(`Patient?_id=${own.patient}&_revinclude=Observation:subject`), get(`Patient/${own.patient}/$everything`),
      put(observation(`Patient/${own.patient}`, { id: own.fact })), remove(`Observation/${own.fact}`), remove(`Observation?_id=${own.fact}`), post(patient(), { ifNoneExist: `_id=${own.patient}` }), post({ resourceType: 'Bundle', type: 'batch', entry: [get(`Patient/${own.patient}`)] }, { url: 'Bundle' }),
    ];
    const entries = await send([...ways({ patient: a.id, fact: mine.id }), ...Array.from({ length: 5 }, () => ways({ patient: b.id, fact: other.id })).flat(), ...ways({ patient: randomUUID(), fact: randomUUID() })], token);
    const size = ways({ patient: '', fact: '' }).length;
    expect(statuses(entries.slice(0, 4))).toEqual(['200', '200', '200', '200']);
    const [about, nobody] = [entries.slice(size, 2 * size), entries.slice(-size)];
    expect(statuses(about)).toEqual(statuses(nobody));
    expect(JSON.stringify(entries.slice(size)).includes(canary)).toBe(false);
    expect((await client.get(`Observation/${other.id}`)).json.meta.versionId).toBe('1');
  });

  it('asks for no more than an answer holds, however short the question', async () => {
    const { id } = await client.stored({ resourceType: 'Binary', contentType: 'application/octet-stream', data: Buffer.alloc(1_500_000).toString('base64') });
    const reads = Array.from({ length: 50 }, () => get(`Binary/${id}`));
    const answered = await send([...reads, post(patient('after'))]);
    const whole = statuses(answered).filter((status) => status === '200').length;
    expect(whole).toBeGreaterThan(30);
    expect(statuses(answered)).toEqual([...new Array<string>(whole).fill('200'), ...new Array<string>(50 - whole).fill('413'), '201']);
    expect(answered[49]!.response.outcome!.issue[0]).toMatchObject({ code: 'too-costly', expression: ['Bundle.entry[49].request'] });
    const together = await client.call('POST', '', { resourceType: 'Bundle', type: 'transaction', entry: [...reads, post(patient('never'))] });
    expect([together.status, (await client.get(`Patient?identifier=${MRN}|never`)).json.total]).toEqual([413, 0]);
  });

  it.each([['entries', MOST_ENTRIES + 1, '{"request":{"method":"GET","url":"Patient"}}'], ['bytes', 60_000, '{"request":{"method":"GET","url":"Patient?identifier=0123456789"}}']])('is refused as a whole with more %s than are taken', async (_what, count, entry) => {
    const answer = await client.call('POST', '', `{"resourceType":"Bundle","type":"batch","entry":[${new Array<string>(count).fill(entry).join(',')}]}`, { 'content-type': 'application/fhir+json' });
    expect([answer.status, answer.json.resourceType]).toEqual([413, 'OperationOutcome']);
    expect((await client.get('metadata')).status).toBe(200);
  });
});

describe(BundleService.name, () => {
  it('makes neighbouring writes of a batch durable together', async () => {
    const store = await openStore();
    const db = store.module.get(Db);
    const original = db.transaction.bind(db);
    let transactions = 0;
    db.transaction = ((work) => {
      transactions++;
      return original(work);
    }) as typeof db.transaction;
    const entry = Array.from({ length: 250 }, (_, index) => post(patient(`many-${index}`)));
    const answer = await store.run(() => store.module.get(BundleService).process(internalAccess('default', 'test'), { resourceType: 'Bundle', type: 'batch', entry }, { baseUrl: 'https://salus.test/apis/default/fhir' }));
    expect(statuses(JSON.parse(answer.toString()).entry as Answer[])).toEqual(new Array<string>(250).fill('201'));
    expect(transactions).toBe(3);
    expect(Number((await store.query<{ n: number }>("SELECT COUNT(*) AS n FROM fhir_history WHERE type = 'Patient'"))[0]!.n)).toBe(250);
    await store.close();
  });
});
