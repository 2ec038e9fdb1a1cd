import type { FhirResource } from '#libs/fhir';
import { Db } from '../../src/database';
import { BundleService, MOST_ENTRIES } from '../../src/fhir/bundle';
import { type Access, internalAccess, SalusError, type Verb } from '../../src/kernel';
import { type OpenStore, openStore } from './open-store';

interface Answered {
  type: string;
  entry: { fullUrl?: string; resource?: FhirResource; response: { status: string; location?: string; etag?: string; lastModified?: string; outcome?: { issue: { code: string; diagnostics: string; expression?: string[] }[] } } }[];
}

const BASE = 'https://salus.test/apis/default/fhir';
const all = internalAccess('default', 'test');
const NPI = 'http://hl7.org/fhir/sid/us-npi';
const MRN = 'https://clinic.example/mrn';

const urn = (n: number) => `urn:uuid:00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const patient = (mrn?: string, extra: Record<string, unknown> = {}) => ({ resourceType: 'Patient', ...(mrn && { identifier: [{ system: MRN, value: mrn }] }), ...extra });
const observation = (subject: string, extra: Record<string, unknown> = {}) => ({ resourceType: 'Observation', status: 'final', code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] }, subject: { reference: subject }, ...extra });
const practitioner = (npi: string) => ({ resourceType: 'Practitioner', identifier: [{ system: NPI, value: npi }] });
const post = (resource: { resourceType: string }, extra: Record<string, unknown> = {}, request: Record<string, unknown> = {}) => ({ resource, request: { method: 'POST', url: resource.resourceType, ...request }, ...extra });
const put = (resource: { resourceType: string; id?: string }, url = `${resource.resourceType}/${resource.id}`, request: Record<string, unknown> = {}) => ({ resource, request: { method: 'PUT', url, ...request } });
const remove = (url: string) => ({ request: { method: 'DELETE', url } });
const get = (url: string, request: Record<string, unknown> = {}) => ({ request: { method: 'GET', url, ...request } });
const bundle = (type: string, entry: unknown[]) => ({ resourceType: 'Bundle', type, entry });

describe(BundleService.name, () => {
  let store: OpenStore;
  let service: BundleService;

  beforeAll(async () => {
    store = await openStore();
    service = store.module.get(BundleService);
  });
  afterAll(() => store.close());

  const process = (body: unknown, access: Access = all, prefer?: string): Promise<Answered> =>
    store.run(async () => JSON.parse((await service.process(access, body, { baseUrl: BASE, ...(prefer && { prefer }) })).toString()) as Answered);
  const transact = (...entry: unknown[]) => process(bundle('transaction', entry));
  const refused = async (body: unknown, access: Access = all): Promise<SalusError> => {
    const error = await process(body, access).then(() => undefined, (thrown: unknown) => thrown);
    if (!(error instanceof SalusError)) throw error ?? new Error('Was not refused.');
    return error;
  };
  const refusedTransaction = (...entry: unknown[]) => refused(bundle('transaction', entry));
  const versions = async (): Promise<number> => Number((await store.query<{ n: number }>('SELECT COUNT(*) AS n FROM fhir_history'))[0]!.n);
  const stored = async (name: string): Promise<FhirResource> => {
    const [type, id] = name.split('/') as [string, string];
    const [row] = await store.query<{ body: Buffer }>('SELECT body FROM fhir_resource WHERE type = ? AND fhir_id = ? AND deleted = 0', [type, id]);
    return JSON.parse(row!.body.toString()) as FhirResource;
  };
  const nameIn = (location: string | undefined): string => location!.replace(`${BASE}/`, '').replace(/\/_history.*/, '');

  describe('a transaction', () => {
    it('gives new ids and rewrites references by urn:uuid, contained ones and extensions included', async () => {
      const answer = await transact(
        post(observation(urn(1), { specimen: { reference: '#s' }, contained: [{ resourceType: 'Specimen', id: 's', subject: { reference: urn(1) } }], extension: [{ url: 'https://x.example', valueReference: { reference: urn(1) } }] }), { fullUrl: urn(2) }),
        post(patient('urn'), { fullUrl: urn(1) }),
      );
      expect(answer.type).toBe('transaction-response');
      const [first, second] = answer.entry;
      expect(first!.response).toMatchObject({ status: '201 Created', etag: 'W/"1"', lastModified: expect.stringMatching(/Z$/) });
      const name = nameIn(second!.response.location);
      const body = await stored(nameIn(first!.response.location));
      expect(body.subject).toEqual({ reference: name });
      expect((body.contained as FhirResource[])[0]!.subject).toEqual({ reference: name });
      expect((body.extension as { valueReference: unknown }[])[0]!.valueReference).toEqual({ reference: name });
    });

    it('rewrites relative references among entries whose fullUrl is an address of the same foreign server', async () => {
      const answer = await transact(post(patient('rest'), { fullUrl: 'https://other.example/fhir/Patient/7' }), post(observation('Patient/7'), { fullUrl: 'https://other.example/fhir/Observation/8' }));
      const body = await stored(nameIn(answer.entry[1]!.response.location));
      expect(body.subject).toEqual({ reference: nameIn(answer.entry[0]!.response.location) });
    });

    it('leaves a urn:uuid alone that is an identifier and not a reference', async () => {
      const answer = await transact(post(patient(undefined, { identifier: [{ system: 'urn:ietf:rfc:3986', value: urn(99) }] })));
      expect((await stored(nameIn(answer.entry[0]!.response.location))).identifier).toEqual([{ system: 'urn:ietf:rfc:3986', value: urn(99) }]);
    });

    it('resolves a conditional reference against what is stored and against what the Bundle creates', async () => {
      await transact(put({ ...practitioner('1111111111'), id: 'stored-one' }));
      const answer = await transact(
        post(observation(urn(1), { performer: [{ reference: `Practitioner?identifier=${NPI}|1111111111` }, { reference: `Practitioner?identifier=${NPI}|2222222222` }] })),
        post(patient('cond'), { fullUrl: urn(1) }),
        post(practitioner('2222222222')),
      );
      const body = await stored(nameIn(answer.entry[0]!.response.location));
      expect(body.performer).toEqual([{ reference: 'Practitioner/stored-one' }, { reference: nameIn(answer.entry[2]!.response.location) }]);
    });

    it('resolves a conditional reference by a parameter of another kind', async () => {
      await transact(put({ resourceType: 'Organization', id: 'by-name', name: 'Uniquely Named Clinic' } as never));
      const answer = await transact(post(patient('byname', { managingOrganization: { reference: 'Organization?name=Uniquely%20Named' } })));
      expect((await stored(nameIn(answer.entry[0]!.response.location))).managingOrganization).toEqual({ reference: 'Organization/by-name' });
    });

    it.each([
      ['nothing', `Practitioner?identifier=${NPI}|0000000000`, 'not-found'],
      ['two resources', `Practitioner?identifier=${NPI}|twice`, 'multiple-matches'],
    ])('refuses a conditional reference that matches %s, names the entry, and changes nothing', async (_what, reference, rule) => {
      await transact(put({ ...practitioner('twice'), id: 'twin-a' }), put({ ...practitioner('twice'), id: 'twin-b' }));
      const before = await versions();
      const error = await refusedTransaction(post(patient('x1')), post(patient('x2', { generalPractitioner: [{ reference }] })));
      expect(error.kind).toBe('unprocessable');
      expect(error.problems).toEqual([expect.objectContaining({ path: 'Bundle.entry[1].resource', rule })]);
      expect(await versions()).toBe(before);
    });

    it('refuses a reference to an entry that is not there', async () => {
      const error = await refusedTransaction(post(observation(urn(404))));
      expect(error.problems).toEqual([expect.objectContaining({ path: 'Bundle.entry[0].resource', rule: 'not-found' })]);
    });

    it('creates conditionally: once, and then answers with what exists', async () => {
      const entry = () => post(patient('once'), { fullUrl: urn(1) }, { ifNoneExist: `identifier=${MRN}|once` });
      const [first] = (await transact(entry())).entry;
      const again = await transact(entry(), post(observation(urn(1))));
      expect(first!.response.status).toBe('201 Created');
      expect(again.entry[0]!.response).toMatchObject({ status: '200 OK', location: first!.response.location });
      expect((await stored(nameIn(again.entry[1]!.response.location))).subject).toEqual({ reference: nameIn(first!.response.location) });
    });

    it('creates conditionally once where two entries ask for the same', async () => {
      const entry = () => post(patient('pair'), {}, { ifNoneExist: `identifier=${MRN}|pair` });
      const answer = await transact(entry(), entry());
      expect(answer.entry.map((one) => one.response.status)).toEqual(['201 Created', '200 OK']);
      expect(answer.entry[1]!.response.location).toBe(answer.entry[0]!.response.location);
    });

    it('creates once where two clients ask for the same at the same time', async () => {
      const entry = () => bundle('transaction', [post(patient('race'), {}, { ifNoneExist: `identifier=${MRN}|race` })]);
      const answers = await Promise.all([1, 2, 3, 4].map(() => process(entry())));
      expect(answers.filter((answer) => answer.entry[0]!.response.status === '201 Created')).toHaveLength(1);
      expect(new Set(answers.map((answer) => answer.entry[0]!.response.location)).size).toBe(1);
    });

    it('refuses a conditional create that matches several', async () => {
      await transact(put({ ...patient('several'), id: 'several-a' }), put({ ...patient('several'), id: 'several-b' }));
      const error = await refusedTransaction(post(patient('several'), {}, { ifNoneExist: `identifier=${MRN}|several` }));
      expect(error.kind).toBe('precondition-failed');
      expect(error.problems[0]).toMatchObject({ path: 'Bundle.entry[0].request.ifNoneExist', rule: 'multiple-matches' });
    });

    it('updates and deletes conditionally', async () => {
      await transact(put({ ...patient('cu'), id: 'cu-1' }), put({ ...patient('cd'), id: 'cd-1' }));
      const answer = await transact(put(patient('cu', { active: true }), `Patient?identifier=${MRN}|cu`), remove(`Patient?identifier=${MRN}|cd`), remove(`Patient?identifier=${MRN}|never`));
      expect(answer.entry.map((one) => one.response.status)).toEqual(['200 OK', '204 No Content', '204 No Content']);
      expect(answer.entry[0]!.response.location).toBe(`${BASE}/Patient/cu-1/_history/2`);
      expect(await stored('Patient/cu-1')).toMatchObject({ active: true });
      expect(await store.query('SELECT 1 AS one FROM fhir_resource WHERE fhir_id = ? AND deleted = 1', ['cd-1'])).toHaveLength(1);
    });

    it('creates where a conditional update matches nothing, under the id given', async () => {
      const answer = await transact(put({ ...patient('cu-new'), id: 'cu-new-id' }, `Patient?identifier=${MRN}|cu-new`));
      expect(answer.entry[0]!.response).toMatchObject({ status: '201 Created', location: `${BASE}/Patient/cu-new-id/_history/1` });
    });

    it('takes deletions first: what they remove no longer matches', async () => {
      await transact(put({ ...patient('swap'), id: 'swap-old' }));
      const answer = await transact(post(patient('swap'), {}, { ifNoneExist: `identifier=${MRN}|swap` }), remove('Patient/swap-old'));
      expect(answer.entry.map((one) => one.response.status)).toEqual(['201 Created', '204 No Content']);
    });

    it('heeds ifMatch', async () => {
      await transact(put({ ...patient('im'), id: 'im-1' }));
      const right = await transact(put({ ...patient('im'), id: 'im-1', active: true } as never, 'Patient/im-1', { ifMatch: 'W/"1"' }));
      expect(right.entry[0]!.response.etag).toBe('W/"2"');
      const error = await refusedTransaction(put({ ...patient('im'), id: 'im-1', active: false } as never, 'Patient/im-1', { ifMatch: 'W/"1"' }));
      expect(error.kind).toBe('precondition-failed');
    });

    it('reads and searches last, and sees what it has written', async () => {
      const answer = await transact(get(`Patient?identifier=${MRN}|seen`), get('Patient/seen-1'), { request: { method: 'HEAD', url: 'Patient/seen-1' } }, put({ ...patient('seen'), id: 'seen-1' }));
      expect(answer.entry[0]!.resource).toMatchObject({ resourceType: 'Bundle', type: 'searchset', total: 1 });
      expect(answer.entry[1]).toMatchObject({ fullUrl: `${BASE}/Patient/seen-1`, resource: { id: 'seen-1' }, response: { status: '200 OK', etag: 'W/"1"' } });
      expect(answer.entry[2]!.resource).toBeUndefined();
      const unchanged = await transact(get('Patient/seen-1', { ifNoneMatch: 'W/"1"' }), get('Patient/seen-1/_history/1'));
      expect(unchanged.entry.map((one) => one.response.status)).toEqual(['304 Not Modified', '200 OK']);
    });

    it('changes nothing where a read in it finds nothing', async () => {
      const before = await versions();
      const error = await refusedTransaction(post(patient('ghost')), get('Patient/nobody'));
      expect(error).toMatchObject({ kind: 'not-found', problems: [{ path: 'Bundle.entry[1]' }] });
      expect(await versions()).toBe(before);
    });

    it.each([
      [undefined, { resource: undefined, outcome: undefined }],
      ['minimal', { resource: undefined, outcome: undefined }],
      ['representation', { resource: expect.objectContaining({ resourceType: 'Patient' }), outcome: undefined }],
      ['OperationOutcome', { resource: undefined, outcome: expect.objectContaining({ resourceType: 'OperationOutcome' }) }],
    ])('answers writes as Prefer: return=%s asks', async (prefer, expected) => {
      const answer = await process(bundle('transaction', [post(patient())]), all, prefer);
      expect({ resource: answer.entry[0]!.resource, outcome: answer.entry[0]!.response.outcome }).toEqual(expected);
    });

    it('names every problem of every entry, and changes nothing', async () => {
      const before = await versions();
      const error = await refusedTransaction(post(patient('ok')), post({ ...patient('bad'), birthDate: '2021-02-30', nonsense: 1 } as never), post({ resourceType: 'Observation' }));
      expect(error.kind).toBe('invalid');
      expect(error.problems.map((problem) => problem.path)).toEqual(expect.arrayContaining(['Bundle.entry[1].resource.birthDate', 'Bundle.entry[1].resource.nonsense', 'Bundle.entry[2].resource.status']));
      expect(await versions()).toBe(before);
    });

    it.each<[string, unknown[], string, string]>([
      ['no request', [{ resource: patient() }], 'invalid', 'Bundle.entry[0].request'],
      ['an unknown method', [{ resource: patient(), request: { method: 'MOVE', url: 'Patient' } }], 'invalid', 'Bundle.entry[0].request.method'],
      ['a PATCH that holds none', [{ resource: { resourceType: 'Binary', contentType: 'application/json-patch+json' }, request: { method: 'PATCH', url: 'Patient/1' } }], 'invalid', 'Bundle.entry[0].resource'],
      ['POST to another type', [post(patient(), {}, { url: 'Observation' })], 'invalid', 'Bundle.entry[0].resource'],
      ['POST to an id', [post(patient(), {}, { url: 'Patient/1' })], 'invalid', 'Bundle.entry[0].request.url'],
      ['POST of a search', [post(patient(), {}, { url: 'Patient/_search' })], 'invalid', 'Bundle.entry[0].request.url'],
      ['PUT without an id', [put(patient(), 'Patient')], 'invalid', 'Bundle.entry[0].request.url'],
      ['PUT of another id', [put({ ...patient(), id: 'a' }, 'Patient/b')], 'invalid', 'Bundle.entry[0].resource.id'],
      ['DELETE of a whole type', [remove('Patient')], 'invalid', 'Bundle.entry[0].request.url'],
      ['DELETE by empty criteria', [remove('Patient?')], 'invalid', 'Bundle.entry[0].request.url'],
      ['DELETE by an unknown parameter', [remove('Patient?nonsense=1')], 'invalid', 'Bundle.entry[0].request.url'],
      ['DELETE by what selects nothing', [remove('Patient?_count=1')], 'invalid', 'Bundle.entry[0].request.url'],
      ['an unknown type', [get('Nonsense/1')], 'invalid', 'Bundle.entry[0].request.url'],
      ['another server', [get('https://other.example/fhir/Patient/1')], 'invalid', 'Bundle.entry[0].request.url'],
      ['an operation', [get('Patient/1/$everything')], 'unsupported', 'Bundle.entry[0].request.url'],
      ['a nested batch', [post(bundle('batch', []) as never, {}, { url: 'Bundle' })], 'invalid', 'Bundle.entry[0].resource'],
      ['a Bundle to the base', [post(bundle('batch', []) as never, {}, { url: '/' })], 'invalid', 'Bundle.entry[0].request.url'],
      ['a bad ifMatch', [put({ ...patient(), id: 'z' }, 'Patient/z', { ifMatch: '1; DROP TABLE' })], 'invalid', 'Bundle.entry[0].request.ifMatch'],
      ['the same id twice', [put({ ...patient(), id: 'dup' }), put({ ...patient(), id: 'dup' })], 'invalid', 'Bundle.entry[1]'],
      ['an id updated and deleted', [put({ ...patient(), id: 'dup' }), remove('Patient/dup')], 'invalid', 'Bundle.entry[0]'],
      ['the same fullUrl twice', [post(patient(), { fullUrl: urn(5) }), post(patient(), { fullUrl: urn(5) })], 'invalid', 'Bundle.entry[1].fullUrl'],
    ])('refuses %s and changes nothing', async (_what, entry, kind, path) => {
      const before = await versions();
      const error = await refused(bundle('transaction', entry));
      expect(error).toMatchObject({ kind, problems: [{ path }] });
      expect(await versions()).toBe(before);
    });

    it('keeps SQL in criteria what it is: text', async () => {
      const hostile = "x' OR '1'='1";
      const answer = await transact(remove(`Patient?identifier=${encodeURIComponent(`${MRN}|${hostile}`)}`), remove(`Patient?name=${encodeURIComponent(hostile)}`));
      expect(answer.entry.map((one) => one.response.status)).toEqual(['204 No Content', '204 No Content']);
    });

    it.each([['a resource', patient()], ['a collection', bundle('collection', [])], ['nothing', undefined], ['a list', []], ['a Bundle with a text for entries', { resourceType: 'Bundle', type: 'batch', entry: 'x' }]])('refuses %s in place of a Bundle to process', async (_what, body) => {
      expect((await refused(body)).kind).toBe('invalid');
    });

    it('refuses more entries than one transaction may hold', async () => {
      expect((await refused(bundle('transaction', new Array(MOST_ENTRIES + 1).fill(get('Patient'))))).kind).toBe('too-large');
    });

    it('answers an empty Bundle with an empty one', async () => {
      expect(await process({ resourceType: 'Bundle', type: 'transaction' })).toEqual({ resourceType: 'Bundle', type: 'transaction-response' });
    });

    it('keeps the digits of a decimal', async () => {
      const { parseJson } = await import('#libs/fhir');
      const text = JSON.stringify(bundle('transaction', [put({ ...observation('Patient/a', { valueQuantity: { value: 1.5 } }), id: 'digits' })])).replace('1.5', '1.50');
      await process(parseJson(text));
      const [row] = await store.query<{ body: Buffer }>('SELECT body FROM fhir_resource WHERE fhir_id = ?', ['digits']);
      expect(row!.body.toString()).toContain('"value":1.50');
    });

    it('needs as many statements for a hundred patients as for ten', async () => {
      const count = async (patients: number): Promise<number> => {
        const entries = Array.from({ length: patients }, (_, n) => [
          post(patient(`st-${patients}-${n}`), { fullUrl: urn(n) }, { ifNoneExist: `identifier=${MRN}|st-${patients}-${n}` }),
          post(observation(urn(n), { performer: [{ reference: `Practitioner?identifier=${NPI}|1111111111` }] })),
        ]).flat();
        const queries = countStatements(store.module.get(Db));
        await transact(...entries);
        return queries.stop();
      };
      const few = await count(10);
      expect(await count(100)).toBe(few);
      expect(few).toBeLessThan(25);
    });
  });

  describe('access', () => {
    const limited = (rules: { type: string; verbs: Verb[]; patient?: string }[]): Access => ({
      ...all, actor: { kind: 'user', id: 'u', name: 'u' }, seesSensitive: false, rules: rules.map(({ verbs, ...rule }) => ({ ...rule, verbs: new Set(verbs) })),
    });

    it('refuses the whole transaction where one entry is not allowed, and names it', async () => {
      const before = await versions();
      const error = await refused(bundle('transaction', [post(patient()), post(practitioner('9'))]), limited([{ type: 'Patient', verbs: ['c'] }]));
      expect(error).toMatchObject({ kind: 'forbidden', problems: [{ path: 'Bundle.entry[1]' }] });
      expect(await versions()).toBe(before);
    });

    it('lets a patient write into their own chart and not into another', async () => {
      await transact(put({ ...patient('own'), id: 'own' }), put({ ...patient('foreign'), id: 'foreign' }));
      const own = limited([{ type: '*', verbs: ['c', 'r', 'u', 's'], patient: 'own' }]);
      expect((await process(bundle('transaction', [post(observation('Patient/own'))]), own)).entry[0]!.response.status).toBe('201 Created');
      expect((await refused(bundle('transaction', [post(observation('Patient/foreign'))]), own)).kind).toBe('forbidden');
      expect((await refused(bundle('transaction', [put({ ...patient('foreign'), id: 'foreign' })]), own)).kind).toBe('not-found');
      expect((await refused(bundle('transaction', [get('Patient/foreign')]), own)).kind).toBe('not-found');
    });

    it('does not let criteria find what the caller may not see', async () => {
      await transact(put({ ...patient('hidden'), id: 'hidden' }), put({ ...patient('mine'), id: 'mine' }));
      const own = limited([{ type: '*', verbs: ['c', 'r', 'u', 'd', 's'], patient: 'mine' }]);
      const error = await refused(bundle('transaction', [post(observation('Patient/mine', { focus: [{ reference: `Patient?identifier=${MRN}|hidden` }] }))]), own);
      expect(error.problems[0]).toMatchObject({ rule: 'not-found' });
      const answer = await process(bundle('batch', [remove(`Patient?identifier=${MRN}|hidden`)]), own);
      expect(answer.entry[0]!.response.status).toBe('204 No Content');
      expect(await stored('Patient/hidden')).toBeDefined();
    });
  });

  describe('a batch', () => {
    it('judges each entry alone', async () => {
      const answer = await process(bundle('batch', [
        post(patient('b1')), post({ resourceType: 'Patient', birthDate: 'yesterday' } as never), get('Patient/nobody'), remove('Patient/never-there'), get('Patient?nonsense:exact=1&_sort=nonsense'), { resource: patient() },
      ]));
      expect(answer.type).toBe('batch-response');
      expect(answer.entry.map((one) => one.response.status.slice(0, 3))).toEqual(['201', '400', '404', '204', '400', '400']);
      expect(answer.entry[1]!.response.outcome!.issue[0]).toMatchObject({ code: 'value', expression: ['Bundle.entry[1].resource.birthDate'] });
    });

    it('refuses an entry that refers to another one of the batch', async () => {
      const answer = await process(bundle('batch', [post(patient('bb'), { fullUrl: urn(1) }), post(observation(urn(1)))]));
      expect(answer.entry.map((one) => one.response.status.slice(0, 3))).toEqual(['201', '422']);
    });

    it('resolves conditional references against what is stored', async () => {
      const answer = await process(bundle('batch', [post(patient('bc', { generalPractitioner: [{ reference: `Practitioner?identifier=${NPI}|1111111111` }] }))]));
      expect((await stored(nameIn(answer.entry[0]!.response.location))).generalPractitioner).toEqual([{ reference: 'Practitioner/stored-one' }]);
    });

    it('is refused as a whole where its own structure is wrong', async () => {
      const error = await refused({ ...bundle('batch', [get('Patient')]), colour: 'green' });
      expect(error.problems[0]).toMatchObject({ path: 'Bundle.colour' });
    });
  });
});

/** Counts what is sent to the database by transactions. */
function countStatements(db: Db): { stop(): number } {
  let statements = 0;
  const original = db.transaction.bind(db);
  db.transaction = ((work: (tx: unknown) => Promise<unknown>) =>
    original((tx) => {
      for (const name of ['query', 'rows', 'run', 'insert'] as const) {
        const method = (tx[name] as (...given: unknown[]) => unknown).bind(tx);
        const counted = (...given: unknown[]): unknown => {
          statements++;
          return method(...given);
        };
        Object.assign(tx, { [name]: counted });
      }
      return work(tx);
    })) as typeof db.transaction;
  return {
    stop: () => {
      db.transaction = original;
      return statements;
    },
  };
}
