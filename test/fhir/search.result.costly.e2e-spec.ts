import { Sites } from '../../src/database';
import { staffToken } from '../harness/sign-in';
import { startApp, type TestApp } from '../harness/start-app';

const FHIR = '/apis/default/fhir';
const many = (count: number, one: string) => new Array<string>(count).fill(one).join('&');

describe('a search that is dear by design (J5)', () => {
  let app: TestApp;
  let token: string;
  const get = (path: string) => app.request('GET', `${FHIR}${path}`, { token });

  beforeAll(async () => {
    app = await startApp({ SALUS_STATEMENT_TIMEOUT_MS: '1500' });
    token = await staffToken(app);
    const entry = new Array(30).fill(0).map((_, index) => ({ resource: { resourceType: 'Patient', name: [{ family: `Family${index}` }] }, request: { method: 'POST', url: 'Patient' } }));
    expect((await app.request('POST', FHIR, { token, body: { resourceType: 'Bundle', type: 'transaction', entry } })).status).toBe(200);
  });
  afterAll(() => app.stop());

  it.each([
    ['twenty chains', `/Observation?${many(20, 'patient.name=a')}`],
    ['5000 values', `/Patient?name=${new Array(5000).fill('a').join(',')}`],
    ['wildcards', `/Patient?${many(15, 'name:contains=a')}`],
    ['includes that go round, of large pages', '/Patient?_include:iterate=*&_revinclude:iterate=*&_count=1000000'],
    ['sorting everything', '?_sort=_tag,_profile,_source'],
  ])('%s: is refused with what is too costly and a cure', async (_what, path) => {
    const answer = await get(path);
    expect([answer.status, answer.json.resourceType, answer.json.issue[0].code]).toEqual([400, 'OperationOutcome', 'too-costly']);
    expect(answer.json.issue[0].diagnostics.length).toBeGreaterThan(30);
    expect(answer.json.issue[0].expression[0]).toMatch(/^[a-z_]+$/);
  });

  it.each(['/Patient?_count=1000000', '/Patient?_total=accurate&_count=1', '/Patient?name:contains=amily', '/Patient?_include:iterate=*', '?_summary=count&_type=Patient,Observation'])('%s: is bounded, and answered', async (path) => {
    expect((await get(path)).status).toBe(200);
  });

  it('what takes too long is stopped with 503, the others are served meanwhile, and the pool is whole again', async () => {
    const database = await app.app.get(Sites).database('default');
    const endless = 'SELECT COUNT(*) FROM (WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 1000000000) SELECT x FROM c) t';
    const isMysql = database.dialect === 'mysql';
    const dear = new Array(isMysql ? 14 : 3).fill(0).map(() => database.boundedSql.rows(isMysql ? 'SELECT SLEEP(60)' : endless).then(() => undefined, (error: unknown) => error));
    const reads: number[] = [];
    const { id } = (await get('/Patient?_count=1')).json.entry[0].resource;
    for (let turn = 0; turn < 10; turn++) {
      const begin = performance.now();
      expect((await get(`/Patient/${id}`)).status).toBe(200);
      reads.push(performance.now() - begin);
    }
    expect(reads.sort((a, b) => a - b)[5]).toBeLessThan(200);
    expect(await dear[0]).toMatchObject({ status: 503, problems: [{ rule: 'too-costly' }] });
    for (const error of await Promise.all(dear)) expect(error).toMatchObject({ status: 503 });
    expect((await get('/Patient?name=family1')).status).toBe(200);
  });

  it('searches of the system and in compartments go by GET and by POST', async () => {
    const { id } = (await get('/Patient?_count=1')).json.entry[0].resource;
    const form = { _type: 'Patient,Observation', _id: id };
    const post = (path: string, fields: Record<string, string>) => app.request('POST', `${FHIR}${path}`, { token, form: fields });
    expect((await post('/_search', form)).json).toMatchObject({ type: 'searchset', total: 1, entry: [{ resource: { id }, search: { mode: 'match' } }] });
    expect((await get(`?_type=Patient,Observation&_id=${id}`)).json.total).toBe(1);
    expect((await get(`/Patient/${id}/*?_type=Patient,Observation`)).json.total).toBe(1);
    expect((await post(`/Patient/${id}/_search`, {})).json.total).toBe(1);
    expect((await post(`/Patient/${id}/Patient/_search`, {})).json.total).toBe(1);
    expect((await get(`/Encounter/${id}/Observation`)).json.total).toBe(0);
    expect((await get(`/Organization/${id}/Observation`)).status).toBe(404);
    expect((await get(`?_type=Nothing`)).status).toBe(400);
    expect((await app.request('GET', `${FHIR}?_type=Patient`)).status).toBe(401);
  });

  it('a read gives what _elements and _summary ask for', async () => {
    const { id } = (await get('/Patient?_count=1')).json.entry[0].resource;
    const cut = await get(`/Patient/${id}?_elements=active`);
    expect(Object.keys(cut.json).sort()).toEqual(['id', 'meta', 'resourceType']);
    expect(cut.json.meta.tag).toEqual([expect.objectContaining({ code: 'SUBSETTED' })]);
    expect((await get(`/Patient/${id}?_summary=count`)).status).toBe(400);
    expect((await get(`/Patient/${id}?_elements=nonsense`)).json.issue[0]).toMatchObject({ code: 'value', expression: ['_elements'] });
  });

  it('a status that does not exist is answered, with a warning', async () => {
    const answer = await get('/Observation?status=nonsense');
    expect([answer.status, answer.json.entry]).toEqual([200, [expect.objectContaining({ search: { mode: 'outcome' }, resource: expect.objectContaining({ issue: [expect.objectContaining({ severity: 'warning', code: 'code-invalid' })] }) })]]);
  });
});
