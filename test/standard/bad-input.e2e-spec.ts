import { request as httpRequest } from 'node:http';
import type { TestAnswer } from '../harness/start-app';
import { Clinic } from './clinic.fixture';
import { expectEnvelope } from './expect-standard';

const LEAST = { fname: 'Ada', lname: 'Lovelace', DOB: '1985-12-10', sex: 'Female' };

describe('bad input to the standard API', () => {
  let clinic: Clinic;
  let writes: [string, string][];
  beforeAll(async () => {
    clinic = await Clinic.start({ SALUS_BODY_LIMIT: '65536' });
    const patient = await clinic.patient();
    const { eid, euuid } = await clinic.encounter(patient.uuid);
    const at = `/patient/${patient.pid}/encounter/${eid}/vital`;
    const { vid } = (await clinic.api('POST', at, { pulse: '70' })).json;
    writes = [
      ['POST', '/patient'], ['PUT', `/patient/${patient.uuid}`], ['POST', `/patient/${patient.uuid}/encounter`], ['PUT', `/patient/${patient.uuid}/encounter/${euuid}`], ['POST', at], ['PUT', `${at}/${vid}`],
      ['POST', '/facility'], ['PUT', `/facility/${(await clinic.facility()).uuid}`], ['POST', '/practitioner'], ['PUT', `/practitioner/${(await clinic.practitioner()).uuid}`],
    ];
  });
  afterAll(() => clinic.stop());

  const send = (method: string, path: string, body: string, type = 'application/json', token = clinic.admin): Promise<TestAnswer> =>
    clinic.app.request(method, `/apis/default${path}`, { token, body, headers: { 'content-type': type } });
  /** The whole database in one number. */
  const rows = async (): Promise<number> => {
    const counts = await Promise.all(['patient_data', 'form_encounter', 'form_vitals', 'facility', 'users', 'fhir_history'].map((table) => clinic.sql<{ n: number }>(`SELECT COUNT(*) AS n FROM ${table}`)));
    return counts.reduce((sum, [row]) => sum + row!.n, 0);
  };
  const unharmed = async (work: () => Promise<void>): Promise<void> => {
    const before = await rows();
    await work();
    expect(await rows()).toBe(before);
  };
  const noSecrets = (answer: TestAnswer): void => expect(answer.text).not.toMatch(/SELECT|INSERT|sqlite|node_modules|\bat .*\.ts|\/src\/|stack/i);

  it.each(['{', '{"fname":', 'fname=Ada', '{"a":1,}', "{'a':1}", '\u0000', '{"a":NaN}', '{"a":"\ud800', '[1,', '"', 'undefined', `{"a":${'9'.repeat(5000)}e99999}x`, '{"fname":"A"}{"fname":"B"}'])('refuses malformed JSON %j on every write', async (body) => {
    await unharmed(async () => {
      for (const [method, path] of writes) {
        const answer = await send(method, `/api${path}`, body);
        expect([method, path, answer.status]).toEqual([method, path, 400]);
        noSecrets(answer);
      }
    });
  });

  it.each(['[]', '[{}]', '"text"', '42', 'true', 'null'])('refuses the JSON value %s where an object belongs', async (body) => {
    await unharmed(async () => {
      for (const [method, path] of writes) expect([method, path, (await send(method, `/api${path}`, body)).status]).toEqual([method, path, 400]);
    });
  });

  it('takes no body at all for an empty one', async () => {
    await unharmed(async () => {
      for (const [method, path] of writes.filter(([verb, address]) => verb === 'POST' && !address.endsWith('vital'))) expect([path, (await clinic.api(method, path)).status]).toEqual([path, 400]);
    });
  });

  it('refuses a body larger than the limit, declared or not', async () => {
    await unharmed(async () => {
      const large = JSON.stringify({ ...LEAST, usertext1: 'x'.repeat(70_000) });
      for (const [method, path] of writes) expect([path, (await send(method, `/api${path}`, large)).status]).toEqual([path, 413]);
      expect(await chunked(large)).toBe(413);
    });
  });

  const chunked = (body: string): Promise<number> =>
    new Promise((resolve, reject) => {
      const request = httpRequest(`${clinic.app.url}/apis/default/api/patient`, { method: 'POST', headers: { authorization: `Bearer ${clinic.admin}`, 'content-type': 'application/json', 'transfer-encoding': 'chunked' } }, (response) => {
        response.resume();
        resolve(response.statusCode!);
      });
      request.on('error', reject);
      request.write(body.slice(0, 40_000));
      request.end(body.slice(40_000));
    });

  it.each(['application/xml', 'text/html', 'multipart/form-data; boundary=x', 'application/octet-stream', 'image/png', 'application/javascript', 'text/plain'])('refuses the media type %s', async (type) => {
    await unharmed(async () => {
      for (const [method, path] of writes) {
        const answer = await send(method, `/api${path}`, JSON.stringify(LEAST), type);
        expect([method, path, answer.status]).toEqual([method, path, 415]);
        noSecrets(answer);
      }
    });
  });

  it('takes JSON under curl’s default media type, as OpenEMR does', async () => {
    expectEnvelope(await send('POST', '/api/patient', JSON.stringify(LEAST), 'application/x-www-form-urlencoded'), 201);
  });

  it('survives deep and wide JSON', async () => {
    const started = Date.now();
    await unharmed(async () => {
      for (const body of [`${'['.repeat(30_000)}${']'.repeat(30_000)}`, `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`, `{${Array.from({ length: 5000 }, (_, index) => `"k${index}":1`).join(',')}}`, `{"fname":${'['.repeat(20_000)}${']'.repeat(20_000)}}`]) {
        expect((await send('POST', '/api/patient', body)).status).toBe(400);
      }
    });
    expect(Date.now() - started).toBeLessThan(5_000);
    expect((await clinic.api('GET', '/patient?_limit=1')).status).toBe(200);
  });

  it('keeps the prototype of objects out of reach', async () => {
    const body = '{"__proto__":{"fname":"P","lname":"Proto","DOB":"2000-01-01","sex":"Male","isAdmin":true},"constructor":{"prototype":{"isAdmin":true}}}';
    expect((await send('POST', '/api/patient', body)).status).toBe(400);
    expect(({} as Record<string, unknown>).isAdmin).toBeUndefined();
  });

  it('stores text as it is sent, however hostile', async () => {
    for (const text of ["Robert'); DROP TABLE patient_data;--", '<script>alert(1)</script>', '{{7*7}}', '名前 😀 é', 'a\r\nSet-Cookie: x', '%s%n', '\\\\', '\u202egnp', 'NULL']) {
      const { uuid } = await clinic.patient({ lname: text });
      expect((await clinic.api('GET', `/patient/${uuid}`)).json.data.lname).toBe(text);
    }
  });

  it('is JSON that no browser takes for a page', async () => {
    const { uuid } = await clinic.patient({ lname: '<script>alert(1)</script>' });
    const { headers } = await clinic.api('GET', `/patient/${uuid}`);
    expect([headers.get('content-type'), headers.get('x-content-type-options'), headers.get('content-security-policy')]).toEqual(['application/json; charset=utf-8', 'nosniff', expect.stringContaining("default-src 'none'")]);
  });

  describe('each surface in its own words', () => {
    it.each([
      ['POST', '/api/patient', (json: Record<string, unknown>) => Object.keys(json).join() === 'validationErrors,internalErrors,data,links'],
      ['POST', '/fhir/Patient', (json: Record<string, unknown>) => json.resourceType === 'OperationOutcome'],
    ])('malformed JSON to %s %s', async (method, path, isOurs) => {
      const answer = await send(method, path, '{"a":', path.includes('fhir') ? 'application/fhir+json' : 'application/json');
      expect([answer.status, isOurs(answer.json)]).toEqual([400, true]);
    });

    it.each<[string, string, number, string]>([
      ['/api/nothing', 'application/json', 404, 'code'], ['/portal/nothing', 'application/json', 404, 'code'], ['/fhir/Patient/x/y/z/w', 'application/fhir+json', 404, 'issue'], ['/api/patient', 'application/xml', 415, 'code'], ['/fhir/Patient', 'text/html', 415, 'issue'],
    ])('POST %s as %s is %d', async (path, type, status, key) => {
      const answer = await send('POST', path, '{}', type);
      expect([answer.status, key in answer.json]).toEqual([status, true]);
      expect(answer.headers.get('x-request-id')).toMatch(/^[\w.-]+$/);
      noSecrets(answer);
    });

    it('an oversized body', async () => {
      const large = JSON.stringify({ resourceType: 'Patient', text: 'x'.repeat(70_000) });
      expect((await send('POST', '/fhir/Patient', large, 'application/fhir+json')).json).toMatchObject({ resourceType: 'OperationOutcome', issue: [{ code: 'too-long' }] });
      expect((await send('POST', '/api/patient', large)).json).toMatchObject({ error: 'too-large', code: 413, message: expect.any(String) });
    });

    it('takes a token from the header alone', async () => {
      for (const path of [`/api/patient?access_token=${clinic.admin}`, `/fhir/Patient?access_token=${clinic.admin}`]) expect([path.slice(0, 6), (await clinic.app.request('GET', `/apis/default${path}`)).status]).toEqual([path.slice(0, 6), 401]);
      const { status } = await clinic.app.request('POST', '/apis/default/api/patient', { form: { access_token: clinic.admin } });
      expect(status).toBe(401);
      const cookie = await clinic.app.request('GET', '/apis/default/api/patient', { headers: { cookie: `access_token=${clinic.admin}` } });
      expect(cookie.status).toBe(401);
    });
  });
});
