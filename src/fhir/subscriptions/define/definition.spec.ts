import { MASK, readHeaders } from './channel-headers';
import { checkEndpoint } from './endpoint';
import { readDefinition } from './definition';
import { BACKPORT_URL, type SubscriptionResource } from './subscription-resource';
import { topicsAt, triggerOf } from './topics';

const BASE = 'https://salus.test/apis/default/fhir';
const CHANNEL = { type: 'rest-hook', endpoint: 'https://hooks.example.org/in', payload: 'application/fhir+json' };
const subscription = (more: Partial<SubscriptionResource>): SubscriptionResource => ({ resourceType: 'Subscription', criteria: 'Observation?code=1', channel: CHANNEL, ...more });

describe('a Subscription', () => {
  it('of plain criteria is about creations and updates', () => {
    expect(readDefinition(subscription({}), BASE)).toMatchObject({ trigger: { type: 'Observation', on: ['create', 'update'] }, criteria: [{ type: 'Observation', query: 'code=1' }], content: 'full-resource', maxCount: 20, timeoutMs: 10_000 });
    expect(readDefinition(subscription({ channel: { ...CHANNEL, payload: undefined } }), BASE).content).toBe('empty');
  });

  it('of a topic is about what the topic says, narrowed by all its filters', () => {
    const filters = ['Encounter?status=finished', 'Encounter?patient=a'].map((valueString) => ({ url: BACKPORT_URL.filter, valueString }));
    const named = readDefinition(subscription({ criteria: `${BASE}/SubscriptionTopic/Encounter-update`, _criteria: { extension: filters } }), BASE);
    expect(named).toMatchObject({ topic: `${BASE}/SubscriptionTopic/Encounter-update`, trigger: { type: 'Encounter', on: ['update'] }, criteria: [{ query: 'status=finished' }, { query: 'patient=a' }] });
    const extended = readDefinition(subscription({ criteria: 'Encounter?status=finished', extension: [{ url: BACKPORT_URL.topic, valueUri: `${BASE}/SubscriptionTopic/Encounter|1` }] }), BASE);
    expect(extended).toMatchObject({ trigger: { on: ['create', 'update', 'delete'] }, criteria: [{ query: 'status=finished' }] });
  });

  it('says how much, how long and how often', () => {
    const extension = [{ url: BACKPORT_URL.maxCount, valuePositiveInt: 500 }, { url: BACKPORT_URL.timeout, valueUnsignedInt: 60 }, { url: BACKPORT_URL.heartbeat, valueUnsignedInt: 60 }];
    expect(readDefinition(subscription({ channel: { ...CHANNEL, extension }, end: '2030-01-01T00:00:00Z' }), BASE)).toMatchObject({ maxCount: 100, timeoutMs: 20_000, heartbeatMs: 60_000, end: Date.parse('2030-01-01T00:00:00Z') });
  });

  it.each([`${BASE}/SubscriptionTopic/Nothing`, `${BASE}/SubscriptionTopic/Observation-read`, `${BASE}/SubscriptionTopic/Observation-create-x`, `${BASE}/SubscriptionTopic/Subscription`, 'https://other.test/SubscriptionTopic/Observation'])('knows no topic %s', (topic) => {
    expect(triggerOf(topic, BASE)).toBeUndefined();
  });

  it('may name every topic that is listed', () => {
    const topics = topicsAt(BASE);
    expect(topics.length).toBeGreaterThan(500);
    for (const { url, type, on } of topics) expect(triggerOf(url, BASE)).toEqual({ type, on });
  });

  it('keeps the values of headers to itself, and those of before where it is told nothing new', () => {
    expect(readHeaders(['Authorization: Bearer x', 'X-Trace:y'])).toEqual({ values: { authorization: 'Bearer x', 'x-trace': 'y' }, shown: [`Authorization: ${MASK}`, `X-Trace: ${MASK}`] });
    expect(readHeaders([`Authorization: ${MASK}`], { authorization: 'Bearer x' }).values).toEqual({ authorization: 'Bearer x' });
    for (const line of ['Host: a', 'Content-Length: 1', 'X-Salus-Signature: a', 'a b: c', 'X: a\nY: b', 'X', `X: ${'x'.repeat(5_000)}`]) expect(() => readHeaders([line])).toThrow('cannot be honoured');
    expect(() => readHeaders(new Array(21).fill('A: b'))).toThrow('cannot be honoured');
  });

  it('goes to public https addresses, and to those the deployment vouches for', () => {
    expect(() => checkEndpoint('https://hooks.example.org/in', [])).not.toThrow();
    expect(() => checkEndpoint('http://10.0.0.5:8080/in', ['10.0.0.5:8080'])).not.toThrow();
    expect(() => checkEndpoint('http://hub.internal/in', ['hub.internal'])).not.toThrow();
    for (const endpoint of ['http://10.0.0.5:8081/in', 'http://hooks.example.org/in', 'https://10.0.0.5/', '', 'nonsense']) expect(() => checkEndpoint(endpoint, ['10.0.0.5:8080'])).toThrow('cannot be honoured');
  });
});
