import { randomUUID } from 'node:crypto';
import { patientToken, staffToken } from '../harness/sign-in';
import { startApp, type TestApp } from '../harness/start-app';

interface Entry {
  fullUrl: string;
  resource?: { resourceType: string; id: string; code?: { text: string }; meta: { versionId: string; lastUpdated: string } };
  request: { method: string; url: string };
  response: { status: string; location: string; etag: string; lastModified: string };
}

const CANARY = 'CANARY-OF-B';

describe('history', () => {
  let app: TestApp;
  let staff: string;
  let mine: string;
  const [a, b] = [randomUUID(), randomUUID()];

  beforeAll(async () => {
    app = await startApp();
    staff = await staffToken(app);
    for (const id of [a, b]) await call('PUT', `Patient/${id}`, { resourceType: 'Patient', id, name: [{ family: id === a ? 'Anders' : CANARY }] });
    mine = await patientToken(app, a);
  });
  afterAll(() => app.stop());

  const call = (method: string, path: string, body?: unknown, token = staff, headers: Record<string, string> = {}) => app.request(method, `/apis/default/fhir/${path}`, { token, body, headers });
  const goal = (patient: string, text: string, id?: string) => ({ resourceType: 'Goal', ...(id && { id }), lifecycleStatus: 'active', description: { text }, subject: { reference: `Patient/${patient}` } });
  const post = async (resource: { resourceType: string; [name: string]: unknown }): Promise<string> => (await call('POST', resource.resourceType, resource)).json.id;
  const put = (resource: { resourceType: string; id?: string; [name: string]: unknown }) => call('PUT', `${resource.resourceType}/${resource.id}`, resource);
  const entries = async (path: string, token = staff): Promise<Entry[]> => {
    const answer = await call('GET', path, undefined, token);
    expect([path, answer.status, answer.json.type]).toEqual([path, 200, 'history']);
    return answer.json.entry ?? [];
  };
  const versionsOf = (list: Entry[]) => list.map((entry) => entry.response.location.replace(/^.*\/fhir\//, ''));

  /** All pages by their links. */
  async function walk(path: string, token = staff): Promise<{ all: Entry[]; sizes: number[] }> {
    const [all, sizes]: [Entry[], number[]] = [[], []];
    for (let url: string | undefined = `/apis/default/fhir/${path}`; url; ) {
      const page = await app.request('GET', url, { token });
      expect(page.status).toBe(200);
      all.push(...(page.json.entry ?? []));
      sizes.push(page.json.entry?.length ?? 0);
      url = page.json.link.find((link: { relation: string }) => link.relation === 'next')?.url;
    }
    return { all, sizes };
  }

  it('says of an id that the client chose, or took up again, that it was PUT', async () => {
    const id = `chosen-${randomUUID().slice(0, 8)}`;
    await put(goal(a, 'one', id));
    await call('DELETE', `Goal/${id}`);
    await put(goal(a, 'again', id));
    const list = (await call('GET', `Goal/${id}/_history`)).json.entry as Entry[];
    expect(list.map(({ request, response }) => [request.method, request.url, response.status.slice(0, 3)])).toEqual([['PUT', `Goal/${id}`, '201'], ['DELETE', `Goal/${id}`, '204'], ['PUT', `Goal/${id}`, '201']]);
  });

  it('tells of a resource how each version came about, newest first', async () => {
    const id = await post(goal(a, 'one'));
    await put(goal(a, 'two', id));
    await call('DELETE', `Goal/${id}`);
    const answer = await call('GET', `Goal/${id}/_history`);
    expect(answer.json).toMatchObject({ resourceType: 'Bundle', type: 'history', total: 3 });
    const list = answer.json.entry as Entry[];
    expect(list.map(({ request, response }) => [request.method, request.url, response.status.slice(0, 3), response.etag])).toEqual([
      ['DELETE', `Goal/${id}`, '204', 'W/"3"'], ['PUT', `Goal/${id}`, '200', 'W/"2"'], ['POST', 'Goal', '201', 'W/"1"'],
    ]);
    expect(versionsOf(list)).toEqual([3, 2, 1].map((version) => `Goal/${id}/_history/${version}`));
    expect(list.map(({ resource }) => resource?.meta.versionId)).toEqual([undefined, '2', '1']);
    expect(new Set(list.map(({ fullUrl }) => fullUrl.replace(/^.*\/fhir\//, '')))).toEqual(new Set([`Goal/${id}`]));
    for (const [index, { response, resource }] of list.entries()) expect((await app.request('GET', response.location, { token: staff })).json).toMatchObject(index === 0 ? { resourceType: 'OperationOutcome' } : resource!);
  });

  it('goes on from page to page, without gap or repetition, while versions are added', async () => {
    const id = await post(goal(a, 'v1'));
    for (let version = 2; version <= 7; version++) await put(goal(a, `v${version}`, id));
    const first = await call('GET', `Goal/${id}/_history?_count=3`);
    expect(first.json.total).toBe(7);
    await put(goal(a, 'v8', id));
    const next = first.json.link.find((link: { relation: string }) => link.relation === 'next').url as string;
    const second = (await app.request('GET', next, { token: staff })).json.entry as Entry[];
    expect([...first.json.entry, ...second].map((entry: Entry) => entry.resource!.meta.versionId)).toEqual(['7', '6', '5', '4', '3', '2']);
    expect((await walk(`Goal/${id}/_history?_count=3&_sort=_lastUpdated`)).all.map((entry) => entry.resource!.meta.versionId)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8']);
  });

  it('keeps page links to their caller and their question', async () => {
    const id = await post(goal(a, 'x'));
    await put(goal(a, 'y', id));
    const next = (await call('GET', `Goal/${id}/_history?_count=1`)).json.link[1].url as string;
    expect((await app.request('GET', next, { token: mine })).status).toBe(400);
    expect((await app.request('GET', next.replace('_count=1', '_count=2'), { token: staff })).status).toBe(400);
    expect((await app.request('GET', next.replace(`Goal/${id}/`, 'Goal/'), { token: staff })).status).toBe(400);
    expect((await app.request('GET', next.replace('_cursor=', '_cursor=x'), { token: staff })).status).toBe(400);
    expect((await app.request('GET', next, { token: staff })).status).toBe(200);
  });

  it('tells of a type and of everything, deletions included', async () => {
    const id = await post({ resourceType: 'Flag', status: 'active', code: { text: 'f' }, subject: { reference: `Patient/${a}` } });
    await call('DELETE', `Flag/${id}`);
    expect(versionsOf(await entries('Flag/_history'))).toEqual([`Flag/${id}/_history/2`, `Flag/${id}/_history/1`]);
    const all = await walk('_history?_count=7');
    expect(all.sizes.slice(0, -1).every((size) => size === 7)).toBe(true);
    expect(versionsOf(all.all)).toEqual(expect.arrayContaining([`Flag/${id}/_history/2`, `Patient/${a}/_history/1`]));
    expect(new Set(versionsOf(all.all)).size).toBe(all.all.length);
    const times = all.all.map((entry) => entry.response.lastModified);
    expect(times).toEqual([...times].sort().reverse());
    expect(new Set((await entries('_history?_type=Flag,Patient')).map(({ fullUrl }) => fullUrl.split('/').at(-2)))).toEqual(new Set(['Flag', 'Patient']));
  });

  it('counts where that is asked for, and on a page that holds everything', async () => {
    const total = (await call('GET', '_history?_total=accurate&_count=1')).json.total as number;
    expect(total).toBe((await walk('_history')).all.length);
    expect((await call('GET', '_history?_count=1')).json.total).toBeUndefined();
    const none = await call('GET', 'Goal/_history?_count=0');
    expect([none.json.entry, none.json.total]).toEqual([undefined, (await walk('Goal/_history')).all.length]);
  });

  it('takes _since and _at', async () => {
    const id = await post(goal(a, 'early'));
    const [first] = await entries(`Goal/${id}/_history`);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const between = new Date(Date.parse(first!.response.lastModified) + 10).toISOString();
    await put(goal(a, 'late', id));
    await call('DELETE', `Goal/${id}`);
    expect((await entries(`Goal/${id}/_history?_since=${between}`)).map(({ response }) => response.etag)).toEqual(['W/"3"', 'W/"2"']);
    expect((await entries(`Goal/_history?_since=${first!.response.lastModified}`)).map(({ response }) => response.etag)).toEqual(['W/"3"', 'W/"2"', 'W/"1"']);
    expect((await entries(`Goal/${id}/_history?_at=${between}`)).map(({ response }) => response.etag)).toEqual(['W/"1"']);
    expect((await entries(`Goal/${id}/_history?_at=${between.slice(0, 4)}`))).toHaveLength(3);
    expect(await entries(`Goal/${id}/_history?_at=2001`)).toEqual([]);
    expect(await entries(`Goal/${id}/_history?_since=2999-01-01`)).toEqual([]);
    const later = await entries(`Goal/${id}/_history?_since=${encodeURIComponent(between.replace('Z', '+00:00'))}`);
    expect(later).toHaveLength(2);
  });

  it.each([
    ['_since=yesterday', '_since'], ['_at=2024-02-30', '_at'], ['_count=-1', '_count'], ['_count=many', '_count'], ['_sort=name', '_sort'], ['_list=1', '_list'],
    ['_cursor=abc', '_cursor'], ['_since=2024&_since=2025', '_since'], ['_type=Patient', '_type'],
  ])('refuses %s, naming the parameter', async (query, name) => {
    const answer = await call('GET', `Goal/_history?${query}`);
    expect([answer.status, answer.json.issue[0].expression]).toEqual([400, [name]]);
  });

  it('leaves out what it does not know, unless strictness is asked for', async () => {
    const lenient = await call('GET', 'Goal/_history?color=red&_count=1');
    expect([lenient.status, lenient.json.link[0].url.endsWith('/Goal/_history?_count=1')]).toEqual([200, true]);
    expect((await call('GET', 'Goal/_history?color=red', undefined, staff, { prefer: 'handling=strict' })).status).toBe(400);
    expect((await call('GET', '_history?_type=Nothing')).status).toBe(400);
  });

  it('answers 404 for what never was, and for what is another’s', async () => {
    const theirs = await post(goal(b, CANARY));
    const unknown = await call('GET', `Goal/${randomUUID()}/_history`, undefined, mine);
    const others = await call('GET', `Goal/${theirs}/_history`, undefined, mine);
    expect([unknown.status, others.status, others.json.issue[0].code]).toEqual([404, 404, unknown.json.issue[0].code]);
    expect((await call('GET', `Goal/${theirs}/_history?_since=2999`, undefined, mine)).status).toBe(404);
    expect((await call('GET', 'Nothing/_history')).status).toBe(404);
  });

  it('shows a patient their own versions alone, in full pages', async () => {
    const moved = await post(goal(b, CANARY));
    const away = await post(goal(a, 'mine first'));
    for (let index = 0; index < 12; index++) await post(goal(b, CANARY));
    await put(goal(a, 'now mine', moved));
    await put(goal(b, CANARY, away));
    for (const path of ['Goal/_history?_count=2', '_history?_count=2', '_history?_type=Goal&_count=2', 'Patient/_history']) {
      const { all, sizes } = await walk(path, mine);
      expect([path, JSON.stringify(all).includes(CANARY), JSON.stringify(all).includes(b)]).toEqual([path, false, false]);
      expect(sizes.slice(0, -1).every((size) => size === 2)).toBe(true);
    }
    const own = versionsOf((await walk('Goal/_history', mine)).all);
    expect(own).toEqual(expect.arrayContaining([`Goal/${moved}/_history/2`, `Goal/${away}/_history/1`]));
    expect(own).not.toEqual(expect.arrayContaining([`Goal/${moved}/_history/1`]));
    const counted = await call('GET', 'Goal/_history?_total=accurate&_count=1', undefined, mine);
    expect(counted.json.total).toBe(own.length);
    expect(versionsOf(await entries(`Goal/${away}/_history`, mine))).toEqual([`Goal/${away}/_history/1`]);
  });

  it('judges each version, and each deletion, by a granular scope', async () => {
    const about = (category: string, id?: string) => ({
      resourceType: 'Observation', ...(id && { id }), status: 'final', code: { text: category }, subject: { reference: `Patient/${a}` },
      category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: category }] }],
    });
    const lab = await post(about('laboratory'));
    const changed = await post(about('survey'));
    await put(about('laboratory', changed));
    const survey = await post(about('survey'));
    for (let index = 0; index < 9; index++) await post(about('survey'));
    for (const id of [lab, survey]) await call('DELETE', `Observation/${id}`);
    const filter = 'category=http://terminology.hl7.org/CodeSystem/observation-category|laboratory';
    const narrow = await staffToken(app, { scopes: `openid api:fhir user/Observation.rs?${filter}` });
    const { all, sizes } = await walk('Observation/_history?_count=1', narrow);
    expect(versionsOf(all)).toEqual([`Observation/${lab}/_history/2`, `Observation/${changed}/_history/2`, `Observation/${lab}/_history/1`]);
    expect(sizes).toEqual([1, 1, 1]);
    expect((await call('GET', `Observation/${survey}/_history`, undefined, narrow)).status).toBe(404);
    expect(versionsOf(await entries(`Observation/${changed}/_history`, narrow))).toEqual([`Observation/${changed}/_history/2`]);
  });

  it('hides what was written before a label from whoever may not see what bears it', async () => {
    const RESTRICTED = { system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' };
    const clinician = await staffToken(app, { group: 'Clinicians' });
    const seen = async (id: string): Promise<unknown[]> => Promise.all([
      ...[`Goal/${id}/_history/1`, `Goal/${id}/_history`].map(async (path) => (await call('GET', path, undefined, clinician)).status),
      ...['Goal/_history?_count=200', '_history?_count=200', `Goal/_history?_total=accurate&_count=200`].map(async (path) => (await entries(path, clinician)).some(({ fullUrl }) => fullUrl.endsWith(id))),
    ]);
    const [labelled, gone] = [await post(goal(a, 'private')), await post(goal(a, 'private'))];
    const [provenance] = (await call('GET', `Goal?_id=${labelled}&_revinclude=Provenance:target`)).json.entry.map((entry: { resource: { id: string } }) => entry.resource.id).filter((id: string) => id.startsWith('h-'));
    expect(await seen(labelled)).toEqual([200, 200, true, true, true]);
    for (const id of [labelled, gone]) await put({ ...goal(a, 'private', id), meta: { security: [RESTRICTED] } });
    await call('DELETE', `Goal/${gone}`);
    for (const id of [labelled, gone]) expect(await seen(id)).toEqual([404, 404, false, false, false]);
    expect((await call('GET', `Provenance/${provenance}`, undefined, clinician)).status).toBe(404);
    expect((await call('GET', `Goal/${labelled}/_history/1`)).status).toBe(200);
    // Once the label is off, what never bore one is as it was, and what did stays hidden.
    await put(goal(a, 'public', labelled));
    expect(versionsOf(await entries(`Goal/${labelled}/_history`, clinician))).toEqual([`Goal/${labelled}/_history/3`, `Goal/${labelled}/_history/1`]);
    expect((await call('GET', `Goal/${labelled}/_history/2`, undefined, clinician)).status).toBe(404);
  });

  it('wants r for one resource and s for a type or everything', async () => {
    const id = await post(goal(a, 'x'));
    const [reader, searcher] = [await staffToken(app, { scopes: 'openid api:fhir user/Goal.r' }), await staffToken(app, { scopes: 'openid api:fhir user/Goal.s' })];
    const statuses = async (token: string) => Promise.all([`Goal/${id}/_history`, 'Goal/_history', '_history', '_history?_type=Goal', '_history?_type=Goal,Flag'].map(async (path) => (await call('GET', path, undefined, token)).status));
    expect(await statuses(reader)).toEqual([200, 403, 403, 403, 403]);
    expect(await statuses(searcher)).toEqual([403, 200, 200, 200, 403]);
    expect(new Set((await entries('_history', searcher)).map(({ fullUrl }) => fullUrl.split('/').at(-2)))).toEqual(new Set(['Goal']));
    expect((await app.request('GET', '/apis/default/fhir/_history')).status).toBe(401);
  });

  it('tells of a Provenance that history itself made', async () => {
    const id = await post(goal(a, 'x'));
    const found = await call('GET', `Goal?_id=${id}&_revinclude=Provenance:target`);
    const provenance = found.json.entry[1].resource.id as string;
    expect(versionsOf(await entries(`Provenance/${provenance}/_history`))).toEqual([`Provenance/${provenance}/_history/1`]);
    expect((await call('GET', `Provenance/${provenance}/_history/1`)).json.id).toBe(provenance);
    expect((await call('GET', `Provenance/${provenance}/_history/2`)).status).toBe(404);
  });

  it('is read by entries of batches and transactions, by GET alone', async () => {
    const id = await post(goal(a, 'x'));
    const entry = (method: string, url: string) => ({ request: { method, url } });
    const batch = await call('POST', '', { resourceType: 'Bundle', type: 'batch', entry: [entry('GET', `Goal/${id}/_history`), entry('GET', 'Goal/_history?_count=1'), entry('GET', '_history?_type=Goal&_count=2'), entry('DELETE', `Goal/${id}/_history`), entry('GET', `Goal/${randomUUID()}/_history`)] });
    expect(batch.json.entry.map((one: { response: { status: string } }) => one.response.status.slice(0, 3))).toEqual(['200', '200', '200', '400', '404']);
    expect(batch.json.entry.slice(0, 3).map((one: { resource: { type: string; entry: unknown[] }; fullUrl?: string }) => [one.resource.type, one.resource.entry.length, one.fullUrl])).toEqual([['history', 1, undefined], ['history', 1, undefined], ['history', 2, undefined]]);
    const within = await call('POST', '', { resourceType: 'Bundle', type: 'transaction', entry: [{ ...entry('PUT', `Goal/${id}`), resource: goal(a, 'y', id) }, entry('GET', `Goal/${id}/_history`)] });
    expect([within.status, within.json.entry[1].resource.total]).toEqual([200, 2]);
    const theirs = await post(goal(b, CANARY));
    const refused = await call('POST', '', { resourceType: 'Bundle', type: 'batch', entry: [entry('GET', `Goal/${theirs}/_history`), entry('GET', 'Goal/_history')] }, mine);
    expect([refused.text.includes(CANARY), refused.json.entry[0].response.status.slice(0, 3)]).toEqual([false, '404']);
  });

  it('answers HEAD as GET, without the body', async () => {
    const id = await post(goal(a, 'x'));
    for (const path of [`Goal/${id}`, `Goal/${id}/_history/1`, `Goal/${id}/_history`, 'Goal/_history', '_history', 'Goal?_count=1', 'metadata']) {
      const [head, get] = [await call('HEAD', path), await call('GET', path)];
      expect([path, head.status, head.text, head.headers.get('content-type'), head.headers.get('etag')]).toEqual([path, 200, '', get.headers.get('content-type'), get.headers.get('etag')]);
    }
    expect((await call('HEAD', `Goal/${randomUUID()}`)).status).toBe(404);
  });
});
