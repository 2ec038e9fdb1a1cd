import { createHmac, randomUUID } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../../src/app/app.module';
import { Clients, ClientStore } from '../../src/auth';
import { Db } from '../../src/database';
import { SubscriptionLimits } from '../../src/fhir/subscriptions/deliver/subscription-limits';
import { runInContext } from '../../src/kernel';
import { patientToken, staffToken } from '../harness/sign-in';
import { startApp, type TestApp } from '../harness/start-app';
import { eventsFor, focusesOf, numbersOf, type Received, type Receiver, startReceiver, statusParameter, subscriptionOf, typeOf, until } from './subscription.fixture';

const BACKPORT = 'http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/';

describe('subscriptions', () => {
  let app: TestApp;
  let token: string;
  let receiver: Receiver;
  /** Where the jobs run: a worker of its own where there is Redis (QUEUE=bullmq), else the server itself. */
  let worker: INestApplicationContext;
  beforeAll(async () => {
    receiver = await startReceiver();
    app = await startApp({ SALUS_SUBSCRIPTION_HOSTS: receiver.host });
    worker = app.config.REDIS_URL ? await NestFactory.createApplicationContext(AppModule.with(app.config, true), { logger: false }) : app.app;
    Object.assign(worker.get(SubscriptionLimits), { firstRetryMs: 50, circuitMs: 50 });
    token = await staffToken(app);
    for (const id of ['a', 'b']) await put('Patient', id, { name: [{ family: 'Doe' }] });
  });
  afterAll(async () => {
    if (worker !== app.app) await worker.close();
    await app.stop();
    await receiver.close();
  });
  beforeEach(() => {
    receiver.answer = 200;
  });

  const fhir = (method: string, path: string, body?: unknown, as = token, site = 'default') => app.request(method, `/apis/${site}/fhir/${path}`, { token: as, body });
  async function put(resourceType: string, id: string, content: object) {
    const answer = await fhir('PUT', `${resourceType}/${id}`, { resourceType, id, ...content });
    expect([answer.status, answer.text]).toEqual([expect.any(Number), expect.anything()]);
    return answer;
  }
  const observation = (id: string, patient: string, code = '8867-4', more: object = {}) => put('Observation', id, { status: 'final', code: { coding: [{ system: 'http://loinc.org', code }] }, subject: { reference: `Patient/${patient}` }, ...more });

  const inSite = <T>(work: () => Promise<T>) => runInContext({ requestId: 'test', site: 'default', audit: {} }, work);
  const topic = (name: string, site = 'default') => `${app.url}/apis/${site}/fhir/SubscriptionTopic/${name}`;
  const asked = (criteria: string, { content, filters = [], channel = {}, ...more }: { content?: string; filters?: string[]; channel?: object; [element: string]: unknown } = {}) => ({
    resourceType: 'Subscription', status: 'requested', reason: 'test', criteria,
    ...(filters.length > 0 && { _criteria: { extension: filters.map((valueString) => ({ url: `${BACKPORT}backport-filter-criteria`, valueString })) } }),
    channel: {
      type: 'rest-hook', endpoint: receiver.url, payload: 'application/fhir+json',
      ...(content && { _payload: { extension: [{ url: `${BACKPORT}backport-payload-content`, valueCode: content }] } }),
      ...channel,
    },
    ...more,
  });
  const statusOf = async (id: string, as = token) => (await fhir('GET', `Subscription/${id}`, undefined, as)).json.status as string;
  const becomes = (id: string, status: string) => until(async () => ((await statusOf(id)) === status ? true : undefined), () => `status ${status}`);

  async function subscribe(criteria: string, options: Parameters<typeof asked>[1] = {}, as = token): Promise<string> {
    const created = await fhir('POST', 'Subscription', asked(criteria, options), as);
    expect([created.status, created.text]).toEqual([201, expect.anything()]);
    await becomes(created.json.id, 'active');
    return created.json.id as string;
  }
  const told = async (id: string, count = 1): Promise<Received[]> => receiver.wait(eventsFor(id), count);
  /** Everything told until the sign is given: what was not told by then was never going to be. */
  const toldUntil = async (id: string, sign: string): Promise<(string | undefined)[]> => {
    await receiver.wait((one) => eventsFor(id)(one) && focusesOf(one).includes(sign));
    return receiver.received.filter(eventsFor(id)).flatMap(focusesOf);
  };

  it('begin with a handshake, are active once it was taken, and tell of what happens, in order and without gaps', async () => {
    const created = await fhir('POST', 'Subscription', asked(topic('Observation'), { content: 'full-resource', filters: ['Observation?patient=Patient/a'], status: 'active' }));
    const { id } = created.json;
    expect(created.json.status).toBe('requested');
    const [handshake] = await receiver.wait((one) => subscriptionOf(one) === id);
    expect([typeOf(handshake!), statusParameter(handshake!, 'events-since-subscription-start'), statusParameter(handshake!, 'topic')]).toEqual(['handshake', '0', topic('Observation')]);
    await becomes(id, 'active');
    await observation('o1', 'a');
    await observation('o2', 'b');
    await observation('o1', 'a', '8867-4', { status: 'amended' });
    await fhir('DELETE', 'Observation/o1');
    const events = await until(() => {
      const all = receiver.received.filter(eventsFor(id));
      return all.flatMap(numbersOf).length >= 3 ? all : undefined;
    });
    expect(events.flatMap(numbersOf)).toEqual([1, 2, 3]);
    expect(events.flatMap(focusesOf)).toEqual(['Observation/o1', 'Observation/o1', 'Observation/o1']);
    const entries = events.flatMap(({ bundle }) => bundle.entry.slice(1));
    expect(entries.map(({ request, response, resource }) => [request.method, response.status, resource?.status])).toEqual([['POST', '201', 'final'], ['PUT', '200', 'amended'], ['DELETE', '204', undefined]]);
    const [{ bundle }] = events as [Received];
    expect(bundle).toMatchObject({ type: 'history', meta: { profile: [`${BACKPORT}backport-subscription-notification-r4`] } });
    expect(bundle.entry[0]!.resource).toMatchObject({ resourceType: 'Parameters', meta: { profile: [`${BACKPORT}backport-subscription-status-r4`] } });
    expect((await fhir('GET', 'Observation/o2')).status).toBe(200);
  });

  it('of R4 criteria tell of creations and updates, also of what matches no longer', async () => {
    const id = await subscribe('Observation?code=http://loinc.org|3141-9&status=final', { content: 'id-only' });
    await observation('w1', 'a', '3141-9');
    await observation('w2', 'a', '9999-9');
    await observation('w1', 'a', '3141-9', { status: 'cancelled' });
    await observation('w1', 'a', '3141-9', { status: 'entered-in-error' });
    await observation('w3', 'a', '3141-9');
    expect(await toldUntil(id, 'Observation/w3')).toEqual(['Observation/w1', 'Observation/w1', 'Observation/w3']);
    const [first] = await told(id);
    expect(first!.bundle.entry[1]).toEqual({ fullUrl: `${app.url}/apis/default/fhir/Observation/w1`, request: { method: 'POST', url: 'Observation' }, response: expect.objectContaining({ status: '201' }) });
  });

  it('with an empty payload say that something happened, not what', async () => {
    const id = await subscribe(topic('Observation-create'), { content: 'empty' });
    await observation('not-told', 'a');
    const [event] = await told(id);
    expect([numbersOf(event!), focusesOf(event!), event!.bundle.entry.length]).toEqual([[1], [undefined], 1]);
    expect(event!.text).not.toContain('not-told');
  });

  it('are signed, and bring the headers they were given, whose values are shown to nobody', async () => {
    const id = await subscribe(topic('Observation-create'), { content: 'id-only', channel: { header: ['Authorization: Bearer very-secret'] } });
    const { secret } = { secret: (await fhir('POST', `Subscription/${id}/$signing-secret`)).json.parameter[0].valueString as string };
    const before = receiver.received.length;
    await observation('s1', 'a');
    const { headers, text } = await until(() => receiver.received.slice(before).find(eventsFor(id)));
    expect(headers.authorization).toBe('Bearer very-secret');
    expect(headers['x-salus-signature']).toBe(`sha256=${createHmac('sha256', secret).update(`${headers['x-salus-timestamp']}.${text}`).digest('hex')}`);
    const read = await fhir('GET', `Subscription/${id}`);
    expect([read.json.channel.header, read.text.includes('very-secret')]).toEqual([['Authorization: ********'], false]);
    expect((await fhir('GET', `Subscription/${id}/_history`)).text).not.toContain('very-secret');
    // What the resource shows, sent back, leaves the value as it is.
    expect((await fhir('PUT', `Subscription/${id}`, { ...read.json, reason: 'changed' })).json.status).toBe('requested');
    await becomes(id, 'active');
    await observation('s2', 'a');
    expect((await until(() => receiver.received.find((one) => eventsFor(id)(one) && focusesOf(one).includes('Observation/s2')))).headers.authorization).toBe('Bearer very-secret');
    expect((await fhir('GET', `Subscription/${id}/$signing-secret`)).status).toBe(405);
  });

  it('bring headers to no other receiver than the one they were given for', async () => {
    const id = await subscribe(topic('Observation-create'), { content: 'id-only', channel: { header: ['Authorization: Bearer very-secret'] } });
    const elsewhere = await startReceiver();
    try {
      app.config.SALUS_SUBSCRIPTION_HOSTS.push(elsewhere.host);
      const { json } = await fhir('GET', `Subscription/${id}`);
      await fhir('PUT', `Subscription/${id}`, { ...json, channel: { ...json.channel, endpoint: elsewhere.url } });
      const [handshake] = await elsewhere.wait((one) => subscriptionOf(one) === id);
      expect(JSON.stringify(handshake!.headers)).not.toContain('very-secret');
      expect((await fhir('DELETE', `Subscription/${id}`)).status).toBe(204);
    } finally {
      app.config.SALUS_SUBSCRIPTION_HOSTS.pop();
      await elsewhere.close();
    }
  });

  it('are tried again when the endpoint fails, and lose nothing', async () => {
    const id = await subscribe(topic('Observation-create'), { content: 'id-only' });
    receiver.answer = 503;
    await observation('r1', 'a');
    await becomes(id, 'error');
    expect((await fhir('GET', `Subscription/${id}`)).json.error).toContain('503');
    await observation('r2', 'a');
    receiver.answer = 200;
    await becomes(id, 'active');
    expect((await fhir('GET', `Subscription/${id}`)).json.error).toBeUndefined();
    await observation('r3', 'a');
    const all = await toldUntil(id, 'Observation/r3');
    expect([...new Set(all)]).toEqual(['Observation/r1', 'Observation/r2', 'Observation/r3']);
  });

  it('are switched off when the endpoint has failed for too long, and do not follow redirects', async () => {
    const limits = worker.get(SubscriptionLimits);
    const id = await subscribe(topic('Observation-create'), { content: 'id-only' });
    receiver.answer = 307;
    const before = receiver.received.length;
    limits.giveUpMs = 0;
    await observation('g1', 'a');
    await becomes(id, 'off');
    limits.giveUpMs = 24 * 3_600_000;
    expect(receiver.received.slice(before).filter(eventsFor(id))).toHaveLength(1);
    expect((await fhir('GET', `Subscription/${id}`)).json.error).toContain('307');
  });

  it('beat while nothing happens, and end when they are to end', async () => {
    const heart = await subscribe(topic('Device'), { content: 'id-only', channel: { extension: [{ url: `${BACKPORT}backport-heartbeat-period`, valueUnsignedInt: 10 }] } });
    const ending = await subscribe(topic('Device'), { content: 'id-only', end: new Date(Date.now() + 3_000).toISOString() });
    await becomes(ending, 'off');
    expect(typeOf((await receiver.wait((one) => subscriptionOf(one) === heart && typeOf(one) === 'heartbeat'))[0]!)).toBe('heartbeat');
  });

  it('tell where they stand and what happened', async () => {
    const id = await subscribe(topic('Observation-create'), { content: 'id-only' });
    for (const name of ['x1', 'x2', 'x3']) await observation(name, 'a');
    await toldUntil(id, 'Observation/x3');
    const status = (await fhir('GET', `Subscription/${id}/$status`)).json;
    expect(status).toMatchObject({ type: 'searchset', total: 1, entry: [{ resource: { resourceType: 'Parameters', parameter: expect.arrayContaining([{ name: 'status', valueCode: 'active' }, { name: 'type', valueCode: 'query-status' }, { name: 'events-since-subscription-start', valueString: '3' }]) } }] });
    expect((await fhir('GET', 'Subscription/$status?status=active')).json.total).toBeGreaterThan(1);
    expect((await fhir('GET', `Subscription/$status?id=${id}&status=off`)).json.total).toBe(0);
    const events = { headers: {}, text: '', bundle: (await fhir('GET', `Subscription/${id}/$events?eventsSinceNumber=2&eventsUntilNumber=3&content=full-resource`)).json };
    expect([typeOf(events), numbersOf(events), focusesOf(events), events.bundle.entry[1].resource.id]).toEqual(['query-event', [2, 3], ['Observation/x2', 'Observation/x3'], 'x2']);
    expect((await fhir('GET', `Subscription/${id}/$events?eventsSinceNumber=many`)).status).toBe(400);
    expect((await fhir('GET', 'Subscription/nothing/$status')).status).toBe(404);
    expect((await fhir('GET', 'Subscription/$topics?type=Observation')).json.entry.map((entry: { fullUrl: string }) => entry.fullUrl)).toEqual(['Observation', 'Observation-create', 'Observation-update', 'Observation-delete'].map((name) => topic(name)));
  });

  it('end when they are deleted or switched off', async () => {
    const [deleted, off] = [await subscribe(topic('Observation-create'), { content: 'id-only' }), await subscribe(topic('Observation-create'), { content: 'id-only' })];
    const sign = await subscribe(topic('Observation-create'), { content: 'id-only' });
    expect((await fhir('DELETE', `Subscription/${deleted}`)).status).toBe(204);
    expect((await fhir('PUT', `Subscription/${off}`, { ...asked(topic('Observation-create')), id: off, status: 'off' })).json.status).toBe('off');
    await observation('d1', 'a');
    await toldUntil(sign, 'Observation/d1');
    expect(receiver.received.filter((one) => eventsFor(deleted)(one) || eventsFor(off)(one))).toEqual([]);
  });

  describe('the rights of whoever subscribed', () => {
    it('bound what they are told, without a gap that would tell of the rest', async () => {
      const confined = await staffToken(app, { scopes: 'openid api:fhir user/Subscription.cruds user/Observation.rs?category=http://terminology.hl7.org/CodeSystem/observation-category|vital-signs' });
      const id = await subscribe(topic('Observation-create'), { content: 'full-resource' }, confined);
      const category = (code: string) => ({ category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code }] }] });
      await observation('v1', 'a', '8867-4', category('laboratory'));
      await observation('v2', 'a', '8867-4', category('vital-signs'));
      await observation('v3', 'a', '8867-4', category('laboratory'));
      await observation('v4', 'a', '8867-4', category('vital-signs'));
      expect(await toldUntil(id, 'Observation/v4')).toEqual(['Observation/v2', 'Observation/v4']);
      expect(receiver.received.filter(eventsFor(id)).flatMap(numbersOf)).toEqual([1, 2]);
    });

    it('of one patient’s keep them to that patient, and their subscriptions apart', async () => {
      const scopes = 'openid api:fhir patient/Subscription.cruds patient/Observation.rs';
      const [ofA, ofB] = [await patientToken(app, 'a', { scopes }), await patientToken(app, 'b', { scopes })];
      const id = await subscribe(topic('Observation-create'), { content: 'full-resource', meta: { tag: [{ system: 'urn:salus:subscriber', code: 'Patient/b' }] } }, ofA);
      await observation('p1', 'b');
      await observation('p2', 'a');
      await observation('p1', 'a');
      await observation('p3', 'b');
      await observation('p4', 'a');
      expect(await toldUntil(id, 'Observation/p4')).toEqual(['Observation/p2', 'Observation/p4']);
      expect(receiver.received.filter(eventsFor(id)).flatMap(numbersOf)).toEqual([1, 2]);
      const mine = (await fhir('GET', `Subscription/${id}`, undefined, ofA)).json;
      expect(mine.meta.tag).toEqual([{ system: 'urn:salus:subscriber', code: 'Patient/a' }]);
      expect((await fhir('GET', 'Subscription?_count=50', undefined, ofA)).json.entry.map((entry: { resource: { id: string } }) => entry.resource.id)).toEqual([id]);
      expect((await fhir('GET', 'Subscription?_count=50', undefined, ofB)).json.entry ?? []).toEqual([]);
      for (const path of [`Subscription/${id}`, `Subscription/${id}/$status`, `Subscription/${id}/$events`, `Subscription/${id}/_history/1`]) expect([path, (await fhir('GET', path, undefined, ofB)).status, (await fhir('GET', path, undefined, ofA)).status]).toEqual([path, 404, 200]);
      expect((await fhir('PUT', `Subscription/${id}`, { ...mine, reason: 'other' }, ofB)).status).toBe(404);
      expect((await fhir('DELETE', `Subscription/${id}`, undefined, ofB)).status).toBe(404);
      expect((await fhir('PUT', `Subscription/${id}`, { ...mine, reason: 'other' }, ofA)).status).toBe(200);
      expect((await fhir('PUT', 'Subscription/of-my-choice', { ...mine, id: 'of-my-choice' }, ofA)).status).toBe(404);
      expect((await fhir('GET', `Subscription/${id}`)).status).toBe(200);
    });

    it('leave a trace in the audit of what was told on their behalf', async () => {
      const id = await subscribe(topic('Observation-create'), { content: 'id-only' });
      await observation('t1', 'a');
      await told(id);
      const row = await until(async () => (await inSite(async () => (await app.app.get(Db).sql()).query("SELECT * FROM audit_event WHERE action = 'notify' AND entity = ?", [`Subscription/${id}`])))[0]);
      expect(row).toMatchObject({ status: 200, address: receiver.host, actor_kind: 'user' });
    });

    it('switch them off when the client is disabled', async () => {
      const scopes = 'openid api:fhir user/Subscription.cruds user/Observation.rs';
      const other = await staffToken(app, { scopes });
      const id = await subscribe(topic('Observation-create'), { content: 'id-only' }, other);
      await inSite(async () => {
        const [newest] = await app.app.get(ClientStore).list();
        await app.app.get(Clients).disable(newest!.clientId);
      });
      await observation('c1', 'a');
      await becomes(id, 'off');
      expect(receiver.received.filter(eventsFor(id))).toEqual([]);
    });

    it('are needed: to subscribe, and to read what is subscribed to', async () => {
      const post = async (scopes: string) => (await fhir('POST', 'Subscription', asked(topic('Observation')), await staffToken(app, { scopes }))).status;
      expect(await post('openid api:fhir user/Observation.rs')).toBe(403);
      expect(await post('openid api:fhir user/Subscription.cruds')).toBe(403);
      expect((await fhir('POST', 'Subscription', asked('Observation'), await patientToken(app, 'a'))).status).toBe(403);
      expect((await fhir('POST', 'Subscription', asked('Observation'), await patientToken(app, 'a', { scopes: 'openid api:fhir patient/Subscription.cruds patient/Condition.rs' }))).status).toBe(403);
    });
  });

  it.each([
    ['http://169.254.169.254/latest'], ['http://localhost:6379'], ['http://[::1]/'], ['http://10.0.0.5/'], ['https://10.0.0.5/'], ['https://0x7f000001/'], ['https://2130706433/'], ['https://[::ffff:127.0.0.1]/'],
    ['file:///etc/passwd'], ['gopher://a.example.org'], ['data:text/plain,x'], ['http://hooks.example.org/'], ['https://hooks.example.org:6379/'], ['https://user:word@hooks.example.org/'], ['https://127.0.0.1:1/'],
  ])('are refused with the endpoint %s', async (endpoint) => {
    const answer = await fhir('POST', 'Subscription', asked(topic('Observation'), { channel: { endpoint } }));
    expect([answer.status, answer.json.issue[0].expression]).toEqual([422, ['Subscription.channel.endpoint']]);
  });

  it.each([
    ['Observation?patient.name=x', {}, 'criteria'], ['Observation?nonsense=x', {}, 'criteria'], ['Observation?code:in=http://x.example', {}, 'criteria'], ['Observation?_sort=date', {}, 'criteria'], ['Nothing?x=y', {}, 'criteria'], ['Subscription', {}, 'criteria'],
    ['http://example.org/topic', {}, 'criteria'], ['Observation?code=1', { filters: ['Patient?name=x'] }, 'criteria'],
    ['Observation', { channel: { type: 'email' } }, 'channel.type'], ['Observation', { channel: { payload: 'text/plain' } }, 'channel.payload'], ['Observation', { content: 'all' }, 'channel.payload'],
    ['Observation', { channel: { header: ['X: a\r\nY: b'] } }, 'channel.header'], ['Observation', { channel: { header: ['Host: evil'] } }, 'channel.header'], ['Observation', { channel: { header: ['nonsense'] } }, 'channel.header'],
    ['Observation', { channel: { extension: [{ url: `${BACKPORT}backport-heartbeat-period`, valueUnsignedInt: 1 }] } }, 'channel'],
  ] as [string, Parameters<typeof asked>[1], string][])('are refused when they ask for %s %j', async (criteria, options, path) => {
    const answer = await fhir('POST', 'Subscription', asked(criteria, options));
    expect([answer.status, answer.json.issue[0].expression]).toEqual([expect.any(Number), [expect.stringContaining(path)]]);
  });

  it('are a site’s own: another tells them nothing and does not know them', async () => {
    const elsewhere = await staffToken(app, { site: 'alternate' });
    const created = await fhir('POST', 'Subscription', asked(topic('Observation-create', 'alternate'), { content: 'full-resource' }), elsewhere, 'alternate');
    expect(created.status).toBe(201);
    await receiver.wait((one) => subscriptionOf(one) === created.json.id);
    const here = await subscribe(topic('Observation-create'), { content: 'id-only' });
    const id = `t-${randomUUID()}`;
    await observation(id, 'a');
    await toldUntil(here, `Observation/${id}`);
    expect(receiver.received.filter(eventsFor(created.json.id))).toEqual([]);
    expect((await fhir('GET', `Subscription/${created.json.id}/$status`)).status).toBe(404);
    expect((await fhir('GET', `Subscription/${here}/$events`, undefined, elsewhere, 'alternate')).status).toBe(404);
    expect((await fhir('POST', 'Subscription', asked(topic('Observation', 'alternate')))).status).toBe(422);
  });
});
