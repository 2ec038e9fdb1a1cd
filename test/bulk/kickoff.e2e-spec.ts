import type { FhirResource } from '#libs/fhir';
import { type BackendClient, BulkApp, FHIR, holdWrites, jobOf, observation, patient } from './bulk.fixture';

const UNKNOWN = '00000000-0000-4000-8000-000000000000';

describe('kick-off, status and files of an export', () => {
  let bulk: BulkApp;
  let client: BackendClient;
  let token: string;

  beforeAll(async () => {
    bulk = await BulkApp.start();
    client = await bulk.client('system/*.rs');
    token = await client.token();
    await bulk.store([patient('p1'), observation('o1', 'p1'), { resourceType: 'Organization', id: 'org', name: 'Clinic' } as FhirResource]);
  });
  afterAll(() => bulk.stop());

  const jobs = async (): Promise<number> => Number((await bulk.query<{ n: number }>('SELECT COUNT(*) AS n FROM job'))[0]!.n);

  describe('refuses, and starts nothing, for', () => {
    it.each<[string, string, Record<string, string>, number, string]>([
      ['an unknown type', '$export?_type=Patient,Pacient', {}, 400, '_type'],
      ['an empty type', '$export?_type=', {}, 400, '_type'],
      ['a type under OpenEMR’s name for the parameter', '$export?type=Nonsense', {}, 400, 'type'],
      ['a date as _since', '$export?_since=2026-01-31', {}, 400, '_since'],
      ['a time without offset as _since', '$export?_since=2026-01-31T10:00:00', {}, 400, '_since'],
      ['30 February as _since', '$export?_since=2026-02-30T10:00:00Z', {}, 400, '_since'],
      ['SQL as _since', '$export?_since=%27%20OR%201=1--', {}, 400, '_since'],
      ['two _since', '$export?_since=2026-01-31T10:00:00Z&_since=2026-02-01T10:00:00Z', {}, 400, '_since'],
      ['CSV output', '$export?_outputFormat=text/csv', {}, 400, '_outputFormat'],
      ['_typeFilter', '$export?_typeFilter=Patient%3Factive%3Dtrue', {}, 400, '_typeFilter'],
      ['_elements', '$export?_elements=id', {}, 400, '_elements'],
      ['includeAssociatedData', '$export?includeAssociatedData=LatestProvenanceResources', {}, 400, 'includeAssociatedData'],
      ['an unknown parameter', '$export?_tpye=Patient', {}, 400, '_tpye'],
      ['an unknown format even when lenient', '$export?_outputFormat=text/csv', { prefer: 'respond-async, handling=lenient' }, 400, '_outputFormat'],
      ['no Prefer', '$export', { prefer: '' }, 400, 'respond-async'],
      ['an unknown Group', 'Group/nobody/$export', {}, 404, 'Group'],
      ['a Group whose id is no id', 'Group/%27--/$export', {}, 404, 'not-found'],
      ['a type outside patients’ records at Patient level', 'Patient/$export?_type=ValueSet', {}, 400, 'ValueSet'],
    ])('%s', async (_what, path, headers, status, mention) => {
      const before = await jobs();
      const answer = await bulk.kickoff(token, path, headers);
      expect([answer.status, answer.json?.resourceType]).toEqual([status, 'OperationOutcome']);
      expect(answer.text).toContain(mention);
      expect(answer.headers.get('content-type')).toMatch(/^application\/fhir\+json/);
      expect(await jobs()).toBe(before);
    });

    it('an answer in XML, and says so in XML', async () => {
      const before = await jobs();
      const answer = await bulk.kickoff(token, '$export', { accept: 'application/fhir+xml' });
      expect([answer.status, answer.headers.get('content-type')]).toEqual([406, 'application/fhir+xml; charset=utf-8']);
      expect(answer.text).toMatch(/^<.*<OperationOutcome .*fhir\+json/s);
      expect(await jobs()).toBe(before);
    });

    it('a body that is no Parameters resource', async () => {
      const answer = await bulk.app.request('POST', `${FHIR}/$export`, { token, body: { resourceType: 'Patient' }, headers: { prefer: 'respond-async' } });
      expect([answer.status, answer.json.resourceType]).toEqual([400, 'OperationOutcome']);
    });
  });

  it('ignores what it does not support when asked to be lenient', async () => {
    const answer = await bulk.kickoff(token, '$export?_type=Patient,Pacient&_typeFilter=x&_elements=id&nonsense=1', { prefer: 'respond-async, handling=lenient' });
    expect(answer.status).toBe(202);
    const { lines } = await bulk.finish(token, answer.headers.get('content-location')!);
    expect([...lines.keys()]).toEqual(['Patient']);
  });

  describe('rights', () => {
    it.each<[string, string | undefined]>([['no token', undefined], ['an unknown token', 'nonsense']])('%s answers 401', async (_what, bad) => {
      const location = await bulk.begin(token, '$export?_type=Patient');
      const { manifest } = await bulk.finish(token, location);
      const ask = async (method: string, path: string) => (await bulk.app.request(method, path, { ...(bad && { token: bad }) })).status;
      expect((await bulk.kickoff(bad)).status).toBe(401);
      expect(await ask('GET', location)).toBe(401);
      expect(await ask('DELETE', location)).toBe(401);
      expect(await ask('GET', manifest.output[0]!.url)).toBe(401);
    });

    it('exports what the scopes allow, and refuses a type named beyond them', async () => {
      const narrow = await (await bulk.client('system/Patient.rs system/Observation.rs')).token();
      const { lines } = await bulk.export(narrow);
      expect([...lines.keys()].sort()).toEqual(['Observation', 'Patient']);
      const refused = await bulk.kickoff(narrow, '$export?_type=Patient,Organization');
      expect([refused.status, refused.json.resourceType]).toEqual([403, 'OperationOutcome']);
      expect(refused.text).toContain('Organization');
    });

    it('does not take a category of a type for the type', async () => {
      const granular = await (await bulk.client('system/Patient.rs system/Observation.rs?category=http://terminology.hl7.org/CodeSystem/observation-category|laboratory')).token();
      expect([...(await bulk.export(granular)).lines.keys()]).toEqual(['Patient']);
      expect((await bulk.kickoff(granular, '$export?_type=Observation')).status).toBe(403);
    });

    it('refuses the files to a token of the same client with fewer scopes', async () => {
      const { manifest } = await bulk.export(token, '$export?_type=Patient,Observation');
      const fewer = await client.token('system/Patient.rs');
      const status = async (type: string) => (await bulk.app.request('GET', manifest.output.find((file) => file.type === type)!.url, { token: fewer })).status;
      expect([await status('Patient'), await status('Observation')]).toEqual([200, 403]);
    });

    it('tells another client of the same rights no more than of a job that never was', async () => {
      const other = await (await bulk.client('system/*.rs')).token();
      const location = await bulk.begin(token, '$export?_type=Patient');
      const { manifest } = await bulk.finish(token, location);
      const unknown = `${FHIR}/$bulkdata-status?job=${UNKNOWN}`;
      for (const [method, theirs, nobodys] of [
        ['GET', location, unknown],
        ['DELETE', location, unknown],
        ['GET', manifest.output[0]!.url, `${FHIR}/$export-file/${UNKNOWN}/Patient.1.ndjson`],
      ] as const) {
        const [foreign, missing] = [await bulk.app.request(method, theirs, { token: other }), await bulk.app.request(method, nobodys, { token: other })];
        expect([foreign.status, missing.status]).toEqual([404, 404]);
        const told = (answer: typeof foreign) => answer.json.issue[0].diagnostics.replace(/\(request .*/, '');
        expect(told(foreign)).toBe(told(missing));
      }
      expect((await bulk.app.request('GET', location, { token })).status).toBe(200);
    });
  });

  it.each(['', 'x', UNKNOWN, `${UNKNOWN}'--`, '../../etc/passwd'])('answers 404 for the job “%s”', async (id) => {
    for (const method of ['GET', 'DELETE']) {
      const answer = await bulk.app.request(method, `${FHIR}/$bulkdata-status?job=${encodeURIComponent(id)}`, { token });
      expect([answer.status, answer.json.resourceType]).toEqual([404, 'OperationOutcome']);
    }
  });

  it.each(['Patient.2.ndjson', 'patient.1.ndjson', '..%2F..%2Fsalus.sqlite', '%2e%2e%2fsalus.sqlite', 'Patient.1.ndjson%00', '__proto__'])('answers 404 for the file “%s”', async (name) => {
    const { job } = await bulk.export(token, '$export?_type=Patient');
    const answer = await bulk.app.request('GET', `${FHIR}/$export-file/${job}/${name}`, { token });
    expect([answer.status, answer.json.resourceType]).toEqual([404, 'OperationOutcome']);
  });

  it('removes an export on DELETE: status and files are gone, a second DELETE finds nothing', async () => {
    const location = await bulk.begin(token, '$export?_type=Patient');
    const { manifest } = await bulk.finish(token, location);
    const ask = async (method: string, path: string) => (await bulk.app.request(method, path, { token })).status;
    expect(await ask('DELETE', location)).toBe(202);
    expect(await ask('GET', location)).toBe(404);
    expect(await ask('GET', manifest.output[0]!.url)).toBe(404);
    expect(await ask('DELETE', location)).toBe(404);
  });

  it('lets one client have four exports under way and asks it to wait with the fifth; others are not held up', async () => {
    const [busy, calm] = [await bulk.client('system/*.rs'), await bulk.client('system/*.rs')];
    const [hurried, other] = [await busy.token(), await calm.token()];
    const gate = holdWrites();
    try {
      const answers = await Promise.all(Array.from({ length: 50 }, () => bulk.kickoff(hurried)));
      const accepted = answers.filter(({ status }) => status === 202);
      const refused = answers.filter(({ status }) => status === 429);
      expect([accepted.length, refused.length]).toEqual([4, 46]);
      expect(Number(refused[0]!.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(refused[0]!.json.resourceType).toBe('OperationOutcome');
      const theirs = await bulk.begin(other);
      gate.open();
      for (const { headers } of accepted) await bulk.finish(hurried, headers.get('content-location')!);
      await bulk.finish(other, theirs);
      expect((await bulk.kickoff(hurried, '$export?_type=Patient')).status).toBe(202);
    } finally {
      gate.open();
    }
  });

  it('notes in the audit who exported what, and whose job was asked for', async () => {
    const location = await bulk.begin(token, '$export?_type=Patient');
    await bulk.finish(token, location);
    const id = jobOf(location);
    let actions: string[] = [];
    for (let tries = 0; tries < 40 && actions.length < 3; tries++) {
      const rows = await bulk.query<{ action: string }>('SELECT DISTINCT action FROM audit_event WHERE entity = ? ORDER BY action', [`job/${id}`]);
      actions = rows.map((row) => row.action);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    expect(actions).toEqual(['export', 'export.file', 'export.status']);
  });
});
