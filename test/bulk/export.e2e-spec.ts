import type { FhirResource } from '#libs/fhir';
import { clock } from '../../src/kernel';
import { type BackendClient, BulkApp, FHIR, idsOf, observation, patient } from './bulk.fixture';

const OBSERVATIONS = 4500;

describe('GET /apis/:site/fhir/$export', () => {
  let bulk: BulkApp;
  let client: BackendClient;
  let token: string;
  const realNow = clock.now;

  beforeAll(async () => {
    bulk = await BulkApp.start();
    client = await bulk.client('system/*.rs');
    token = await client.token();
    const organization = { resourceType: 'Organization', id: 'org-1', name: 'Clinic “Zum Löwen”\nsecond line' } as FhirResource;
    await bulk.store([patient('p1'), patient('p2'), organization]);
    await bulk.store(Array.from({ length: OBSERVATIONS }, (_, n) => observation(`o-${n}`, n % 2 ? 'p1' : 'p2', n)));
    await bulk.store([{ resourceType: 'DocumentReference', id: 'large', status: 'current', content: [{ attachment: { data: 'QUJD'.repeat(500_000) } }], subject: { reference: 'Patient/p1' } } as unknown as FhirResource]);
    await bulk.store([observation('gone', 'p1')]);
    await bulk.remove('Observation/gone');
  });

  afterEach(() => {
    clock.now = realNow;
  });
  afterAll(() => bulk.stop());

  it('answers the kick-off at once, with the address to poll', async () => {
    const started = performance.now();
    const answer = await bulk.kickoff(token);
    expect(performance.now() - started).toBeLessThan(3000);
    expect([answer.status, answer.text]).toEqual([202, '']);
    const location = answer.headers.get('content-location')!;
    expect(location).toMatch(new RegExp(`^${bulk.app.url}${FHIR.replace('/', '\\/')}/\\$bulkdata-status\\?job=[0-9a-f-]{36}$`));
    await bulk.finish(token, location);
  });

  it('holds every live resource of every type once, and no deleted one', async () => {
    const { lines, manifest } = await bulk.export(token);
    const live = await bulk.live();
    expect([...lines.keys()].sort()).toEqual([...live.keys()].sort());
    for (const [type, ids] of live) expect(idsOf(lines.get(type))).toEqual(ids);
    expect(lines.get('Observation')).toHaveLength(OBSERVATIONS);
    expect(manifest.output.reduce((sum, file) => sum + file.count, 0)).toBe([...live.values()].reduce((sum, ids) => sum + ids.size, 0));
  });

  it('holds the very bytes that a read returns', async () => {
    const { lines } = await bulk.export(token, '$export?_type=Organization,DocumentReference');
    for (const name of ['Organization/org-1', 'DocumentReference/large']) {
      const { text } = await bulk.app.request('GET', `${FHIR}/${name}`, { token });
      expect(lines.get(name.split('/')[0]!)).toEqual([text]);
    }
  });

  it('has a complete manifest with absolute addresses and an end to its life', async () => {
    const path = '$export?_type=Patient&_outputFormat=ndjson';
    const before = Date.now();
    const { manifest, headers } = await bulk.export(token, path);
    expect(Object.keys(manifest).sort()).toEqual(['deleted', 'error', 'output', 'request', 'requiresAccessToken', 'transactionTime']);
    expect(manifest).toMatchObject({ request: `${bulk.app.url}${FHIR}/${path}`, requiresAccessToken: true, deleted: [], error: [] });
    expect(Date.parse(manifest.transactionTime)).toBeGreaterThanOrEqual(before);
    expect(manifest.output).toEqual([{ type: 'Patient', url: expect.stringMatching(/^http.*\/Patient\.1\.ndjson$/), count: 2 }]);
    expect(headers.get('content-type')).toMatch(/^application\/json/);
    expect(Date.parse(headers.get('expires')!)).toBeGreaterThan(before);
  });

  it('serves NDJSON plain, in ranges and compressed', async () => {
    const { manifest, lines } = await bulk.export(token, '$export?_type=Patient');
    const url = manifest.output[0]!.url;
    const whole = `${lines.get('Patient')!.join('\n')}\n`;
    const plain = await bulk.app.request('GET', url, { token, headers: { 'accept-encoding': 'identity' } });
    expect(plain.headers.get('content-type')).toMatch(/^application\/fhir\+ndjson/);
    expect([plain.status, plain.headers.get('content-length'), plain.text]).toEqual([200, String(Buffer.byteLength(whole)), whole]);
    const range = await bulk.app.request('GET', url, { token, headers: { range: 'bytes=10-29' } });
    expect([range.status, range.text, range.headers.get('content-range')]).toEqual([206, whole.slice(10, 30), `bytes 10-29/${Buffer.byteLength(whole)}`]);
    const rest = await bulk.app.request('GET', url, { token, headers: { range: 'bytes=-7' } });
    expect(rest.text).toBe(whole.slice(-7));
    const packed = await fetch(url, { headers: { authorization: `Bearer ${token}`, 'accept-encoding': 'gzip' } });
    expect([packed.headers.get('content-encoding'), await packed.text()]).toEqual(['gzip', whole]);
  });

  it('takes repeated and comma-separated types, each once', async () => {
    const { lines } = await bulk.export(token, '$export?_type=Patient,Organization&_type=Patient');
    expect([...lines.keys()].sort()).toEqual(['Organization', 'Patient']);
    expect(lines.get('Patient')).toHaveLength(2);
  });

  it('takes the parameters of a POST from a Parameters resource', async () => {
    const body = { resourceType: 'Parameters', parameter: [{ name: '_type', valueString: 'Patient' }, { name: '_outputFormat', valueString: 'application/fhir+ndjson' }] };
    const answer = await bulk.app.request('POST', `${FHIR}/$export`, { token, body, headers: { prefer: 'respond-async' } });
    expect(answer.status).toBe(202);
    const { lines } = await bulk.finish(token, answer.headers.get('content-location')!);
    expect([...lines.keys()]).toEqual(['Patient']);
  });

  it('exports nothing but empty lists where a type has no resource', async () => {
    const { manifest } = await bulk.export(token, '$export?_type=Immunization');
    expect(manifest.output).toEqual([]);
  });

  it('lists with _since what was changed and what was deleted after it, and only that', async () => {
    const { manifest } = await bulk.export(token, '$export?_type=Observation,Patient');
    await bulk.store([observation('o-1', 'p1', 999), observation('new', 'p1'), observation('brief', 'p1')]);
    await bulk.remove('Observation/o-2', 'Observation/brief');
    const changed = await bulk.export(token, `$export?_type=Observation,Patient&_since=${encodeURIComponent(manifest.transactionTime)}`);
    expect(idsOf(changed.lines.get('Observation'))).toEqual(new Set(['o-1', 'new']));
    expect(changed.lines.get('Observation')!.find((line) => line.includes('"o-1"'))).toContain('999');
    expect(changed.lines.has('Patient')).toBe(false);
    const bundles = changed.lines.get('Bundle')!.map((line) => JSON.parse(line));
    expect(bundles).toHaveLength(1);
    expect(bundles[0]).toMatchObject({ resourceType: 'Bundle', type: 'transaction' });
    const deletions = bundles[0].entry.map((entry: { request: { method: string; url: string } }) => `${entry.request.method} ${entry.request.url}`);
    expect(deletions.sort()).toEqual(['DELETE Observation/brief', 'DELETE Observation/o-2']);
    const later = await bulk.export(token, `$export?_since=${changed.manifest.transactionTime}`);
    expect([later.manifest.output, later.manifest.deleted]).toEqual([[], []]);
  });

  it('walks changes page by page, many in one millisecond, without losing one', async () => {
    const { manifest } = await bulk.export(token, '$export?_type=Patient');
    const still = realNow() + 5;
    clock.now = () => still;
    await bulk.store(Array.from({ length: 2500 }, (_, n) => observation(`same-${n}`, 'p1')));
    clock.now = realNow;
    await bulk.store(Array.from({ length: 100 }, (_, n) => observation(`same-${n}`, 'p1', 1000 + n)));
    const { lines } = await bulk.export(token, `$export?_type=Observation&_since=${manifest.transactionTime}`);
    expect([...idsOf(lines.get('Observation'))].filter((id) => id.startsWith('same-'))).toHaveLength(2500);
    expect(lines.get('Observation')!.find((line) => line.includes('"same-7"'))).toContain('1007');
  });

  it('takes an instant whose plus sign the client forgot to escape', async () => {
    const answer = await bulk.kickoff(token, '$export?_type=Patient&_since=2000-01-01T00:00:00.123+01:00');
    expect(answer.status).toBe(202);
    expect((await bulk.finish(token, answer.headers.get('content-location')!)).lines.get('Patient')).toHaveLength(2);
  });

  it('is over when its time has come: status and files are gone, and so are the bytes', async () => {
    const { manifest, job } = await bulk.export(token, '$export?_type=Patient');
    const location = `${bulk.app.url}${FHIR}/$bulkdata-status?job=${job}`;
    const url = manifest.output[0]!.url;
    clock.now = () => realNow() + 25 * 3_600_000;
    const fresh = await client.token();
    expect((await bulk.app.request('GET', location, { token: fresh })).status).toBe(404);
    expect((await bulk.app.request('GET', url, { token: fresh })).status).toBe(404);
    await bulk.sweep();
    expect(await bulk.query('SELECT id FROM job WHERE id = ?', [job])).toEqual([]);
    clock.now = realNow;
    expect((await bulk.app.request('GET', url, { token })).status).toBe(404);
  });
});
