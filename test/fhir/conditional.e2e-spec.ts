import { randomUUID } from 'node:crypto';
import { staffToken } from '../harness/sign-in';
import { MRN, observation, patient, said, WritingClient } from './writes.fixture';

const CATEGORY = 'http://terminology.hl7.org/CodeSystem/observation-category';

describe('conditional interactions', () => {
  let client: WritingClient;
  beforeAll(async () => {
    client = await WritingClient.open();
  });
  afterAll(() => client.stop());

  const by = (mrn: string): string => `Patient?identifier=${encodeURIComponent(`${MRN}|${mrn}`)}`;
  const ifNoneExist = (mrn: string) => ({ 'if-none-exist': `identifier=${MRN}|${mrn}` });
  const twins = async (mrn: string) => [await client.stored(patient(mrn)), await client.stored(patient(mrn))] as const;

  describe('create', () => {
    it('creates where nothing matches, and answers with what matches afterwards', async () => {
      const [first, again] = [await client.call('POST', 'Patient', patient('cc-1'), ifNoneExist('cc-1')), await client.call('POST', 'Patient', patient('cc-1'), ifNoneExist('cc-1'))];
      expect([first.status, again.status]).toEqual([201, 200]);
      expect(again.json.id).toBe(first.json.id);
      expect(again.headers.get('location')).toBe(first.headers.get('location'));
      expect(again.headers.get('etag')).toBe('W/"1"');
    });

    it('refuses criteria that match several', async () => {
      await twins('cc-2');
      expect(said(await client.call('POST', 'Patient', patient('cc-2'), ifNoneExist('cc-2')))).toBe('412 multiple-matches');
      expect(await client.count(by('cc-2'))).toBe(2);
    });

    it('creates once where many ask at the same time', async () => {
      const answers = await Promise.all(Array.from({ length: 8 }, () => client.call('POST', 'Patient', patient('cc-3'), ifNoneExist('cc-3'))));
      expect(answers.map((one) => one.status).sort()).toEqual([...new Array<number>(7).fill(200), 201]);
      expect(new Set(answers.map((one) => one.json.id)).size).toBe(1);
      expect(await client.count(by('cc-3'))).toBe(1);
    });

    it.each([['nothing', ''], ['an unknown parameter', 'nonsense=1'], ['what selects nothing', '_count=1'], ['no value', 'identifier=']])('refuses criteria of %s', async (_what, criteria) => {
      const before = await client.count('Patient?_id:missing=false').catch(() => 0);
      expect((await client.call('POST', 'Patient', patient(), { 'if-none-exist': criteria })).status).toBe(400);
      expect(await client.count('Patient?_id:missing=false').catch(() => 0)).toBe(before);
    });
  });

  describe('update', () => {
    it('creates where nothing matches, under an id of the server', async () => {
      const answer = await client.call('PUT', by('cu-1'), patient('cu-1'));
      expect([answer.status, answer.headers.get('location')]).toEqual([201, expect.stringContaining(`/Patient/${answer.json.id}/_history/1`)]);
    });

    it('creates under the id given, if nobody has it', async () => {
      const id = randomUUID();
      expect((await client.call('PUT', by('cu-2'), patient('cu-2', { id }))).json).toMatchObject({ id, meta: { versionId: '1' } });
      expect(said(await client.call('PUT', by('cu-2-other'), patient('cu-2-other', { id })))).toBe('409 conflict');
      expect((await client.get(`Patient/${id}`)).json).toMatchObject({ identifier: [{ value: 'cu-2' }], meta: { versionId: '1' } });
    });

    it('updates the one that matches, with its id or without', async () => {
      const { id } = await client.stored(patient('cu-3'));
      expect((await client.call('PUT', by('cu-3'), patient('cu-3', { active: true }))).json).toMatchObject({ id, active: true, meta: { versionId: '2' } });
      expect((await client.call('PUT', by('cu-3'), patient('cu-3', { id, active: false }))).json).toMatchObject({ id, active: false, meta: { versionId: '3' } });
    });

    it('refuses another id than that of the match', async () => {
      const { id } = await client.stored(patient('cu-4'));
      expect((await client.call('PUT', by('cu-4'), patient('cu-4', { id: 'another' }))).status).toBe(400);
      expect((await client.get(`Patient/${id}`)).json.meta.versionId).toBe('1');
      expect((await client.get('Patient/another')).status).toBe(404);
    });

    it('refuses several matches', async () => {
      await twins('cu-5');
      expect(said(await client.call('PUT', by('cu-5'), patient('cu-5')))).toBe('412 multiple-matches');
    });

    it('creates once where many ask at the same time', async () => {
      const answers = await Promise.all(Array.from({ length: 6 }, (_, n) => client.call('PUT', by('cu-6'), patient('cu-6', { birthDate: `200${n}-01-01` }))));
      expect(answers.map((one) => one.status).sort()).toEqual([200, 200, 200, 200, 200, 201]);
      expect(await client.count(by('cu-6'))).toBe(1);
    });

    it('without criteria is refused, as it is with such that mean nothing', async () => {
      for (const path of ['Patient', 'Patient?', 'Patient?nonsense=1', 'Patient?_sort=name', 'Patient?_format=json']) expect([path, (await client.call('PUT', path, patient())).status]).toEqual([path, 400]);
    });
  });

  describe('delete', () => {
    it('deletes the one that matches, and has nothing to do the second time', async () => {
      const { id } = await client.stored(patient('cd-1'));
      expect((await client.call('DELETE', by('cd-1'))).status).toBe(204);
      expect((await client.get(`Patient/${id}`)).status).toBe(410);
      expect((await client.call('DELETE', by('cd-1'))).status).toBe(204);
    });

    it('refuses several matches and deletes none of them', async () => {
      const pair = await twins('cd-2');
      expect(said(await client.call('DELETE', by('cd-2')))).toBe('412 multiple-matches');
      for (const { id } of pair) expect((await client.get(`Patient/${id}`)).status).toBe(200);
    });

    it('without criteria is refused', async () => {
      const { id } = await client.stored(patient('cd-3'));
      for (const path of ['Patient', 'Patient?', 'Patient?nonsense=1', 'Patient?_count=1', 'Patient?_cascade=delete']) expect([path, (await client.call('DELETE', path)).status]).toEqual([path, 400]);
      expect((await client.get(`Patient/${id}`)).status).toBe(200);
    });

    it('needs the right to search besides the right to delete', async () => {
      const { id } = await client.stored(patient('cd-4'));
      const token = await staffToken(client.app, { scopes: 'openid api:fhir user/Patient.d' });
      expect((await client.call('DELETE', by('cd-4'), undefined, {}, { token })).status).toBe(403);
      expect((await client.call('DELETE', by('cd-4'), undefined, {}, { token: await staffToken(client.app, { scopes: 'openid api:fhir user/Patient.rs' }) })).status).toBe(403);
      expect((await client.get(`Patient/${id}`)).status).toBe(200);
      expect((await client.call('DELETE', by('cd-4'), undefined, {}, { token: await staffToken(client.app, { scopes: 'openid api:fhir user/Patient.ds' }) })).status).toBe(204);
    });

    it('says how many where asked', async () => {
      await client.stored(patient('cd-5'));
      const answer = await client.call('DELETE', by('cd-5'), undefined, { prefer: 'return=OperationOutcome' });
      expect([answer.status, answer.json.issue[0].diagnostics, answer.headers.get('preference-applied')]).toEqual([200, 'Deleted 1 resource.', 'return=OperationOutcome']);
    });
  });

  describe('read', () => {
    it.each([
      ['the same version', (etag: string) => ({ 'if-none-match': etag }), 304],
      ['one of several versions', (etag: string) => ({ 'if-none-match': `W/"77", ${etag}` }), 304],
      ['any version', () => ({ 'if-none-match': '*' }), 304],
      ['another version', () => ({ 'if-none-match': 'W/"77"' }), 200],
      ['a date since which nothing changed', () => ({ 'if-modified-since': new Date(Date.now() + 60_000).toUTCString() }), 304],
      ['an earlier date', () => ({ 'if-modified-since': 'Sat, 01 Jan 2000 00:00:00 GMT' }), 200],
      ['what is no date', () => ({ 'if-modified-since': 'yesterday' }), 200],
      ['another version and a date: the version counts', () => ({ 'if-none-match': 'W/"77"', 'if-modified-since': new Date(Date.now() + 60_000).toUTCString() }), 200],
    ])('of %s', async (_what, headers, status) => {
      const { id } = await client.stored(patient());
      const first = await client.get(`Patient/${id}`);
      const answer = await client.call('GET', `Patient/${id}`, undefined, headers(first.headers.get('etag')!));
      expect([answer.status, answer.text === '', answer.headers.get('etag')]).toEqual([status, status === 304, 'W/"1"']);
    });

    it('of the time that Last-Modified gave', async () => {
      const { id } = await client.stored(patient());
      const since = (await client.get(`Patient/${id}`)).headers.get('last-modified')!;
      expect((await client.call('GET', `Patient/${id}`, undefined, { 'if-modified-since': since })).status).toBe(304);
    });
  });

  describe('If-Match', () => {
    it.each(['PUT', 'DELETE'])('lets %s through at the version named, and at none other', async (method) => {
      const { id, ...rest } = await client.stored(patient());
      const send = (ifMatch: string) => client.call(method, `Patient/${id}`, method === 'PUT' ? { ...rest, id, active: true } : undefined, { 'if-match': ifMatch });
      expect([said(await send('W/"2"')), said(await send('"0"')), said(await send('now'))]).toEqual(['412 conflict', '412 conflict', '400 invalid']);
      expect((await client.get(`Patient/${id}`)).json.meta.versionId).toBe('1');
      expect((await send('W/"1"')).status).toBe(method === 'PUT' ? 200 : 204);
    });

    it('fails on what is not there, also * does', async () => {
      for (const ifMatch of ['W/"1"', '*']) {
        const id = randomUUID();
        expect(said(await client.call('PUT', `Patient/${id}`, patient(undefined, { id }), { 'if-match': ifMatch }))).toBe('412 conflict');
        expect((await client.get(`Patient/${id}`)).status).toBe(404);
      }
      const { id } = await client.stored(patient());
      expect((await client.call('PUT', `Patient/${id}`, patient(undefined, { id, active: true }), { 'if-match': '*' })).status).toBe(200);
    });

    it('lets one of many writers through', async () => {
      const { id } = await client.stored(patient());
      const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => client.call('PUT', `Patient/${id}`, patient(undefined, { id, birthDate: `200${n}-01-01` }), { 'if-match': 'W/"1"' })));
      expect(answers.map((one) => one.status).sort()).toEqual([200, ...new Array<number>(7).fill(412)]);
      const winner = answers.find((one) => one.status === 200)!;
      expect((await client.get(`Patient/${id}`)).json).toEqual(winner.json);
    });

    it('is not needed: then the last writer stays, and each has a version', async () => {
      const { id } = await client.stored(patient());
      const answers = await Promise.all(Array.from({ length: 6 }, (_, n) => client.call('PUT', `Patient/${id}`, patient(undefined, { id, birthDate: `200${n}-01-01` }))));
      expect(answers.map((one) => one.status)).toEqual(new Array<number>(6).fill(200));
      expect(answers.map((one) => Number(one.json.meta.versionId)).sort()).toEqual([2, 3, 4, 5, 6, 7]);
    });

    it('counts for conditional updates and deletes too', async () => {
      await client.stored(patient('im-1'));
      expect((await client.call('PUT', by('im-1'), patient('im-1', { active: true }), { 'if-match': 'W/"3"' })).status).toBe(412);
      expect((await client.call('PUT', by('im-none'), patient('im-none'), { 'if-match': 'W/"1"' })).status).toBe(412);
      expect((await client.call('DELETE', by('im-1'), undefined, { 'if-match': 'W/"3"' })).status).toBe(412);
      expect((await client.call('DELETE', by('im-none'), undefined, { 'if-match': 'W/"1"' })).status).toBe(412);
      expect((await client.call('DELETE', by('im-1'), undefined, { 'if-match': 'W/"1"' })).status).toBe(204);
    });
  });

  describe('If-None-Match: *', () => {
    it('only creates', async () => {
      const id = randomUUID();
      const send = () => client.call('PUT', `Patient/${id}`, patient(undefined, { id }), { 'if-none-match': '*' });
      expect([(await send()).status, said(await send())]).toEqual([201, '412 conflict']);
      expect((await client.call('DELETE', `Patient/${id}`)).status).toBe(204);
      expect((await send()).status).toBe(201);
    });

    it('lets one of many writers through', async () => {
      const id = randomUUID();
      const answers = await Promise.all(Array.from({ length: 6 }, (_, n) => client.call('PUT', `Patient/${id}`, patient(undefined, { id, birthDate: `200${n}-01-01` }), { 'if-none-match': '*' })));
      expect(answers.map((one) => one.status).sort()).toEqual([201, 412, 412, 412, 412, 412]);
      expect((await client.get(`Patient/${id}`)).json.meta.versionId).toBe('1');
    });

    it('is not needed: then one of many creates, and the others update', async () => {
      const id = randomUUID();
      const answers = await Promise.all(Array.from({ length: 6 }, (_, n) => client.call('PUT', `Patient/${id}`, patient(undefined, { id, birthDate: `200${n}-01-01` }))));
      expect(answers.map((one) => one.status).sort()).toEqual([200, 200, 200, 200, 200, 201]);
      const charts = await Promise.all(Array.from({ length: 6 }, () => client.call('POST', 'Observation', observation('Patient/spoken-of-by-many'))));
      expect(charts.map((one) => one.status)).toEqual(new Array<number>(6).fill(201));
    });

    it('takes nothing else on a write', async () => {
      const { id } = await client.stored(patient());
      expect((await client.call('PUT', `Patient/${id}`, patient(undefined, { id }), { 'if-none-match': 'W/"1"' })).status).toBe(400);
    });
  });

  describe('Prefer', () => {
    it.each([
      ['minimal', '', 'return=minimal'],
      ['representation', '"resourceType":"Patient"', 'return=representation'],
      ['OperationOutcome', '"resourceType":"OperationOutcome"', 'return=OperationOutcome'],
      ['everything', '"resourceType":"Patient"', null],
    ])('return=%s is heeded by create, update and patch', async (wanted, body, applied) => {
      const prefer = { prefer: `return=${wanted}` };
      const made = await client.call('POST', 'Patient', patient(), prefer);
      const id = /Patient\/([^/]+)\//.exec(made.headers.get('location')!)![1]!;
      const changed = await client.call('PUT', `Patient/${id}`, patient(undefined, { id, active: true }), prefer);
      const patched = await client.patch(`Patient/${id}`, [{ op: 'replace', path: '/active', value: false }], prefer);
      expect([made.status, changed.status, patched.status]).toEqual([201, 200, 200]);
      for (const [index, answer] of [made, changed, patched].entries()) {
        expect(body === '' ? answer.text : answer.text.includes(body)).toBe(body === '' ? '' : true);
        expect([answer.headers.get('etag'), answer.headers.get('preference-applied')]).toEqual([`W/"${index + 1}"`, applied]);
        expect(new Date(answer.headers.get('last-modified')!).getTime()).not.toBeNaN();
      }
    });
  });

  it('says no more of a resource out of reach than of none', async () => {
    const category = (code: string) => ({ category: [{ coding: [{ system: CATEGORY, code }] }] });
    const foreign = await client.stored(observation('Patient/somebody', category('laboratory')));
    const token = await staffToken(client.app, { scopes: `openid api:fhir user/Observation.cruds?category=${CATEGORY}|vital-signs` });
    const mine = (id: string) => observation('Patient/somebody', { id, ...category('vital-signs') });
    const ask = async (id: string) => [
      await client.call('DELETE', `Observation/${id}`, undefined, {}, { token }), await client.call('DELETE', `Observation/${id}`, undefined, { 'if-match': 'W/"1"' }, { token }),
      await client.call('PUT', `Observation/${id}`, mine(id), { 'if-match': 'W/"1"' }, { token }), await client.call('PUT', `Observation/${id}`, mine(id), { 'if-match': 'W/"2"' }, { token }),
      await client.patch(`Observation/${id}`, [{ op: 'test', path: '/status', value: 'final' }], {}, { token }), await client.patch(`Observation/${id}`, [{ op: 'remove', path: '/issued' }], { 'if-match': 'W/"1"' }, { token }),
      await client.call('DELETE', `Observation?_id=${id}`, undefined, {}, { token }), await client.patch(`Observation?_id=${id}`, [{ op: 'remove', path: '/issued' }], {}, { token }),
    ];
    const answers = (await ask(foreign.id)).map(said);
    expect(answers).toEqual((await ask(randomUUID())).map(said));
    expect(answers).toEqual(['404 not-found', '412 conflict', '412 conflict', '412 conflict', '404 not-found', '404 not-found', '204', '404 not-found']);
    expect((await client.get(`Observation/${foreign.id}`)).json.meta.versionId).toBe('1');
  });
});

describe('references in a write of its own', () => {
  let client: WritingClient;
  beforeAll(async () => {
    client = await WritingClient.open();
  });
  afterAll(() => client.stop());

  it('that are conditional become literal, or the write is refused', async () => {
    const { id } = await client.stored(patient('ref-1'));
    const reference = `Patient?identifier=${MRN}|ref-1`;
    const made = await client.call('POST', 'Observation', observation(reference));
    expect([made.status, made.json.subject]).toEqual([201, { reference: `Patient/${id}` }]);
    const patched = await client.patch(`Observation/${made.json.id}`, [{ op: 'add', path: '/focus', value: [{ reference }] }]);
    expect(patched.json.focus).toEqual([{ reference: `Patient/${id}` }]);
    const refused = await client.call('POST', 'Observation', observation(`Patient?identifier=${MRN}|nobody`));
    expect([said(refused), refused.json.issue[0].expression]).toEqual(['422 not-found', undefined]);
  });

  it('stay as they are where they are temporary, and in a Bundle that is stored', async () => {
    const urn = `urn:uuid:${randomUUID()}`;
    expect((await client.call('POST', 'Observation', observation(urn))).json.subject).toEqual({ reference: urn });
    const document = { resourceType: 'Bundle', type: 'collection', entry: [{ fullUrl: urn, resource: patient() }, { fullUrl: `urn:uuid:${randomUUID()}`, resource: observation(urn) }] };
    const stored = await client.call('POST', 'Bundle', document);
    expect([stored.status, stored.json.entry]).toEqual([201, document.entry]);
  });
});
