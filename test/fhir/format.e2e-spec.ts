import { randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { brotliCompressSync, brotliDecompressSync, deflateSync, gunzipSync, gzipSync } from 'node:zlib';
import { readXml } from '#libs/fhir';
import { staffToken } from '../harness/sign-in';
import { startApp, type TestApp } from '../harness/start-app';

const LIMIT = 2 * 1024 * 1024;
const JSON_BODY = { 'content-type': 'application/fhir+json' };

describe('formats of the FHIR API', () => {
  let app: TestApp;
  let token: string;
  let id: string;
  const long = 'A rather long text. '.repeat(200);

  beforeAll(async () => {
    app = await startApp({ SALUS_BODY_LIMIT: String(LIMIT) });
    token = await staffToken(app);
    id = (await send('POST', 'Basic', JSON.stringify({ resourceType: 'Basic', code: { text: long }, extension: [{ url: 'http://example.org/d', valueDecimal: 1.5 }] }))).json.id;
  });
  afterAll(() => app.stop());

  const send = (method: string, path: string, body?: string, headers: Record<string, string> = JSON_BODY) => app.request(method, `/apis/default/fhir/${path}`, { token, body, headers });
  const get = (path: string, accept?: string) => send('GET', path, undefined, accept === undefined ? {} : { accept });

  describe('what is asked for', () => {
    it.each([
      ['Accept: application/fhir+xml', '', 'application/fhir+xml', 'application/fhir+xml'],
      ['Accept: text/xml', '', 'text/xml', 'text/xml'],
      ['_format=xml', '?_format=xml', undefined, 'application/fhir+xml'],
      ['_format=application/fhir+xml, not escaped', '?_format=application/fhir+xml', undefined, 'application/fhir+xml'],
      ['_format before Accept', '?_format=json', 'application/fhir+xml', 'application/fhir+json'],
      ['_format before an Accept that cannot be met', '?_format=xml', 'image/png', 'application/fhir+xml'],
      ['q-values', '', 'application/fhir+json;q=0.2, application/xml;q=0.7', 'application/xml'],
      ['nothing', '', undefined, 'application/fhir+json'],
    ])('is answered: %s', async (_what, query, accept, type) => {
      const answer = await get(`Basic/${id}${query}`, accept);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, `${type}; charset=utf-8`]);
      expect(answer.headers.get('vary')).toMatch(/accept/);
      const resource = type.endsWith('xml') ? readXml(answer.text) : answer.json;
      expect(resource).toMatchObject({ resourceType: 'Basic', id, code: { text: long } });
    });

    it.each([['Accept', '', 'application/fhir+turtle'], ['Accept of another version', '', 'application/fhir+json; fhirVersion=5.0'], ['_format', '?_format=ttl', undefined], ['an empty _format', '?_format=', undefined]])('is refused where it is not offered: %s', async (_what, query, accept) => {
      const answer = await get(`Basic/${id}${query}`, accept);
      expect([answer.status, answer.json?.resourceType]).toEqual([406, 'OperationOutcome']);
    });

    it('is refused before anything is stored', async () => {
      const before = (await get('Basic?_summary=count')).json.total;
      const answer = await send('POST', 'Basic?_format=ttl', JSON.stringify({ resourceType: 'Basic', code: { text: 'x' } }));
      expect(answer.status).toBe(406);
      expect((await get('Basic?_summary=count')).json.total).toBe(before);
    });

    it('may be put into the form of a search', async () => {
      const answer = await app.request('POST', '/apis/default/fhir/Basic/_search', { token, form: { _id: id, _format: 'xml', _pretty: 'true' } });
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/fhir+xml; charset=utf-8']);
      expect(readXml(answer.text)).toMatchObject({ resourceType: 'Bundle', total: 1, entry: [{ resource: { id } }] });
    });

    it('leaves other answers their own media types', async () => {
      const smart = await app.request('GET', '/apis/default/fhir/.well-known/smart-configuration', { headers: { accept: 'application/json' } });
      expect([smart.status, smart.headers.get('content-type')]).toEqual([200, expect.stringMatching(/^application\/json/)]);
      expect((await send('GET', '$bulkdata-status?job=1', undefined, { accept: 'application/fhir+ndjson' })).status).not.toBe(406);
    });
  });

  it.each([
    ['read', () => `Basic/${id}`], ['vread', () => `Basic/${id}/_history/1`], ['history', () => 'Basic/_history'], ['search', () => 'Basic'], ['metadata', () => 'metadata'],
    ['a refusal', () => 'Basic?_count=x'], ['what is not there', () => `Basic/${randomUUID()}`], ['an unknown type', () => 'Nothing/1'],
  ])('answers %s in XML as in JSON', async (_what, path) => {
    const [json, xml] = [await get(path()), await get(path(), 'application/fhir+xml')];
    expect([xml.status, xml.headers.get('content-type')]).toEqual([json.status, 'application/fhir+xml; charset=utf-8']);
    const timeless = (value: unknown) => JSON.parse(JSON.stringify(value, (name, member) => (name === 'lastUpdated' || name === 'diagnostics' ? undefined : member)));
    expect(timeless(readXml(xml.text))).toEqual(timeless(json.json));
  });

  it('answers without a token in XML too', async () => {
    const answer = await app.request('GET', `/apis/default/fhir/Basic/${id}`, { headers: { accept: 'application/fhir+xml' } });
    expect([answer.status, readXml(answer.text).resourceType]).toEqual([401, 'OperationOutcome']);
  });

  describe('Binary', () => {
    const content = Buffer.from('<script>alert(1)</script> \u00e9');
    const binary = async (contentType: string): Promise<string> => (await send('POST', 'Binary', JSON.stringify({ resourceType: 'Binary', contentType, data: content.toString('base64') }))).json.id;

    it.each([['text/html', 'text/html', 'text/html; charset=utf-8'], ['image/png', 'image/*', 'image/png'], ['application/pdf', 'application/pdf, */*;q=0.1', 'application/pdf'], ['application/xml', 'application/xml', 'application/xml']])('of %s is handed over as a file to who asks for %s', async (type, accept, sent) => {
      const path = `/apis/default/fhir/Binary/${await binary(type)}`;
      for (const answer of [await raw('GET', path, { accept }), await raw('GET', `${path}/_history/1`, { accept })]) {
        expect([answer.status, answer.headers['content-type'], answer.headers['content-disposition'], answer.headers['x-content-type-options']]).toEqual([200, sent, 'attachment', 'nosniff']);
        expect(answer.headers['content-security-policy']).toMatch(/sandbox/);
        expect(answer.body).toEqual(content);
      }
    });

    it.each([['*/*', '', 'application/fhir+json'], ['application/fhir+json, application/pdf', '', 'application/fhir+json'], ['application/fhir+xml', '', 'application/fhir+xml'], ['application/json', '', 'application/json'], ['application/pdf', '?_format=xml', 'application/fhir+xml']])('is a resource to who asks for %s%s', async (accept, query, sent) => {
      const answer = await get(`Binary/${await binary('application/pdf')}${query}`, accept);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, `${sent}; charset=utf-8`]);
    });

    it('is neither to who asks for something else, and nothing to who may not see it', async () => {
      const id = await binary('application/pdf');
      expect((await get(`Binary/${id}`, 'image/png')).status).toBe(406);
      expect((await get('Binary', 'image/png')).status).toBe(406);
      expect((await get(`Binary/${await binary('no media\ntype: x')}`, 'application/pdf')).status).toBe(406);
      expect((await app.request('GET', `/apis/default/fhir/Binary/${id}`, { headers: { accept: 'application/pdf' } })).status).toBe(401);
      const other = await staffToken(app, { scopes: 'openid api:fhir user/Patient.rs' });
      expect((await app.request('GET', `/apis/default/fhir/Binary/${id}`, { token: other, headers: { accept: 'application/pdf' } })).status).toBe(403);
    });
  });

  describe('XML as it comes', () => {
    const XML = { 'content-type': 'application/fhir+xml', accept: 'application/fhir+xml' };
    const patient = (inside: string) => `<Patient xmlns="http://hl7.org/fhir">${inside}</Patient>`;

    it('is created, updated, and is the same in JSON', async () => {
      const created = await send('POST', 'Patient', patient('<name><family value="Exemel"/><given value="Ada"/></name><birthDate value="1990-01-01"/>'), XML);
      expect([created.status, created.headers.get('content-type')]).toEqual([201, 'application/fhir+xml; charset=utf-8']);
      const made = readXml(created.text);
      expect((await get(`Patient/${made.id}`)).json).toEqual(made);
      const updated = await send('PUT', `Patient/${made.id}`, patient(`<id value="${made.id}"/><name><family value="Exemel"/></name>`), { ...XML, 'content-type': 'text/xml; charset=UTF-8' });
      expect([updated.status, readXml(updated.text).birthDate]).toEqual([200, undefined]);
    });

    it('may be a Bundle', async () => {
      const bundle = `<Bundle xmlns="http://hl7.org/fhir"><type value="transaction"/><entry><resource><Basic><code><text value="b"/></code></Basic></resource><request><method value="POST"/><url value="Basic"/></request></entry></Bundle>`;
      const answer = await send('POST', '', bundle, XML);
      expect([answer.status, readXml(answer.text)]).toEqual([200, expect.objectContaining({ type: 'transaction-response', entry: [expect.objectContaining({ response: expect.objectContaining({ status: '201 Created' }) })] })]);
    });

    it('may be Parameters of an operation, which answers in XML too', async () => {
      const answer = await send('POST', 'ValueSet/$expand?_pretty=true', '<Parameters xmlns="http://hl7.org/fhir"><parameter><name value="url"/><valueUri value="http://hl7.org/fhir/ValueSet/administrative-gender"/></parameter></Parameters>', XML);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/fhir+xml; charset=utf-8']);
      expect(readXml(answer.text)).toMatchObject({ resourceType: 'ValueSet', expansion: { total: 4 } });
      const byGet = await get('ValueSet/administrative-gender/$expand?_format=xml&_pretty=true&count=1');
      expect([byGet.status, readXml(byGet.text).resourceType]).toEqual([200, 'ValueSet']);
      expect((await send('POST', 'ValueSet/$expand', '<Parameters xmlns="http://hl7.org/fhir"><parameter/></Parameters>', XML)).status).toBe(400);
    });

    it('may be a FHIRPath Patch', async () => {
      const patch = `<Parameters xmlns="http://hl7.org/fhir"><parameter><name value="operation"/><part><name value="type"/><valueCode value="replace"/></part><part><name value="path"/><valueString value="Basic.code.text"/></part><part><name value="value"/><valueString value="patched"/></part></parameter></Parameters>`;
      const { id: patched } = (await send('POST', 'Basic', JSON.stringify({ resourceType: 'Basic', code: { text: 'x' } }))).json;
      const answer = await send('PATCH', `Basic/${patched}`, patch, XML);
      expect([answer.status, readXml(answer.text).code]).toEqual([200, { text: 'patched' }]);
    });

    it.each([
      ['an external entity', `<!DOCTYPE Patient [<!ENTITY x SYSTEM "file:///etc/passwd">]>${patient('<name><family value="&x;"/></name>')}`],
      ['a billion laughs', `<!DOCTYPE Patient [<!ENTITY a "ha">${Array.from({ length: 9 }, (_, i) => `<!ENTITY a${i} "${`&a${i ? i - 1 : ''};`.repeat(10)}">`).join('')}]>${patient('<name><family value="&a8;"/></name>')}`],
      ['a stylesheet', `<?xml-stylesheet href="http://127.0.0.1/x.xsl"?>${patient('')}`],
      ['an inclusion', patient('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>')],
      ['deep nesting', patient('<contained>'.repeat(20_000))],
      ['half a document', '<Patient xmlns="http://hl7.org/fhir">'],
      ['JSON', '{"resourceType":"Patient"}'],
      ['nothing', ''],
      ['an unknown element', patient('<birthday value="1990-01-01"/>')],
      ['a value outside a required set', patient('<gender value="m"/>')],
    ])('is refused: %s', async (_what, body) => {
      const before = (await get('Patient?_summary=count')).json.total;
      const answer = await send('POST', 'Patient', body, XML);
      expect([answer.status, readXml(answer.text).resourceType]).toEqual([400, 'OperationOutcome']);
      expect(answer.text).not.toMatch(/root:|haha/);
      expect((await get('Patient?_summary=count')).json.total).toBe(before);
    });

    it('is refused where it is not text in UTF-8, and at the standard API', async () => {
      const status = async (path: string, body: Buffer, type: string) => (await raw('POST', path, { 'content-type': type }, body)).status;
      expect(await status('/apis/default/fhir/Patient', Buffer.from(patient('<name><family value="Jos\u00e9"/></name>'), 'latin1'), 'application/fhir+xml')).toBe(400);
      expect(await status('/apis/default/fhir/Patient', Buffer.from('{"resourceType":"Patient","name":[{"family":"Jos\u00e9"}]}', 'latin1'), 'application/fhir+json')).toBe(400);
      expect(await status('/apis/default/api/patient', Buffer.from(patient('')), 'application/xml')).toBe(415);
    });
  });

  describe('_pretty', () => {
    it('indents JSON and XML, and changes nothing else', async () => {
      const [plain, json, xml] = [await get(`Basic/${id}`), await get(`Basic/${id}?_pretty=true`), await get(`Basic/${id}?_pretty=true&_format=xml`)];
      expect(json.json).toEqual(plain.json);
      expect([plain.text.includes('\n'), json.text.includes('\n  "id": '), xml.text.includes('\n  <id ')]).toEqual([false, true, true]);
      expect((await get(`Basic/${id}?_pretty=false`)).text).toBe(plain.text);
      expect((await get('Basic?_pretty=true&_count=1')).text).toMatch(/\n {2}"link": \[/);
    });
  });

  describe('compression', () => {
    const encoded = (encoding: string | undefined, path = `/apis/default/fhir/Basic/${id}`) => raw('GET', path, encoding === undefined ? {} : { 'accept-encoding': encoding });

    it.each([['gzip', 'gzip', gunzipSync], ['br', 'br', brotliDecompressSync], ['gzip, deflate, br', 'br', brotliDecompressSync], ['br;q=0.1, gzip', 'gzip', gunzipSync], ['br;q=0, gzip;q=0.5', 'gzip', gunzipSync]])('answers %s with %s', async (header, encoding, decompress) => {
      const [plain, answer] = [await encoded(undefined), await encoded(header)];
      expect([answer.status, answer.headers['content-encoding'], answer.headers.vary, answer.headers.etag]).toEqual([200, encoding, 'accept, accept-encoding', plain.headers.etag]);
      expect(answer.body.length).toBeLessThan(plain.body.length / 2);
      expect(decompress(answer.body)).toEqual(plain.body);
    });

    it.each([['nothing is asked for', undefined], ['identity alone', 'identity'], ['an unknown one', 'zstd'], ['none is welcome', 'gzip;q=0, br;q=0']])('leaves an answer as it is where %s', async (_what, header) => {
      expect((await encoded(header)).headers['content-encoding']).toBeUndefined();
    });

    it('leaves what is small, and what holds secrets, as it is', async () => {
      const small = (await send('POST', 'Basic', JSON.stringify({ resourceType: 'Basic', code: { text: 'x' } }))).json.id;
      expect((await encoded('gzip', `/apis/default/fhir/Basic/${small}`)).headers['content-encoding']).toBeUndefined();
      expect((await encoded('gzip', '/oauth2/default/.well-known/openid-configuration')).headers['content-encoding']).toBeUndefined();
    });
  });

  describe('compressed bodies', () => {
    const resource = Buffer.from(JSON.stringify({ resourceType: 'Basic', code: { text: long } }));
    const post = (encoding: string, body: Buffer, path = '/apis/default/fhir/Basic') => raw('POST', path, { ...JSON_BODY, 'content-encoding': encoding }, body);

    it.each([['gzip', gzipSync(resource)], ['x-gzip', gzipSync(resource)], ['deflate', deflateSync(resource)], ['br', brotliCompressSync(resource)], ['identity', resource]])('are taken: %s', async (encoding, body) => {
      const answer = await post(encoding, body);
      expect([answer.status, JSON.parse(answer.body.toString()).code.text]).toEqual([201, long]);
    });

    const bomb = (bytes: number) => Buffer.concat([Buffer.from('{"resourceType":"Basic","code":{"text":"'), Buffer.alloc(bytes, 'a'), Buffer.from('"}}')]);
    it.each([
      ['a bomb in gzip', 'gzip', gzipSync(bomb(200 * 1024 * 1024)), 413],
      ['a bomb in br', 'br', brotliCompressSync(bomb(200 * 1024 * 1024), { params: { 1: 4 } }), 413],
      ['a small bomb', 'gzip', gzipSync(bomb(1_500_000)), 413],
      ['more than the body limit', 'gzip', gzipSync(Buffer.from(JSON.stringify({ resourceType: 'Basic', code: { text: Array.from({ length: 100_000 }, () => randomUUID()).join() } }))), 413],
      ['what is no gzip', 'gzip', resource, 400],
      ['half of a gzip', 'gzip', gzipSync(resource).subarray(0, 60), 400],
      ['an unknown encoding', 'zstd', resource, 415],
      ['two encodings', 'gzip, gzip', gzipSync(gzipSync(resource)), 415],
    ])('are refused: %s', async (_what, encoding, body, status) => {
      const answer = await post(encoding, body);
      expect([answer.status, JSON.parse(answer.body.toString()).resourceType]).toEqual([status, 'OperationOutcome']);
    });

    it('are refused beyond the APIs', async () => {
      expect((await post('gzip', gzipSync(Buffer.from('grant_type=x')), '/oauth2/default/token')).status).toBe(400);
    });
  });

  interface RawAnswer { status: number; headers: Record<string, string | string[] | undefined>; body: Buffer }

  /** As it goes over the wire: `fetch` decompresses. */
  function raw(method: string, path: string, headers: Record<string, string>, body?: Buffer): Promise<RawAnswer> {
    return new Promise((resolve, reject) => {
      const request = httpRequest(app.url + path, { method, headers: { authorization: `Bearer ${token}`, ...headers, ...(body && { 'content-length': String(body.length) }) } }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(chunks) }));
      });
      request.on('error', reject);
      request.end(body);
    });
  }
});
