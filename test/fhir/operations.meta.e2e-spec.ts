import { randomUUID } from 'node:crypto';
import { patientToken, staffToken } from '../harness/sign-in';
import { startApp, type TestApp } from '../harness/start-app';

const RESTRICTED = { system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' };
const TAG = { system: 'https://tags.example', code: 'follow-up' };

describe('$meta', () => {
  let app: TestApp;
  let staff: string;
  let mine: string;
  const [a, b] = [randomUUID(), randomUUID()];

  beforeAll(async () => {
    app = await startApp();
    staff = await staffToken(app);
    for (const id of [a, b]) await put({ resourceType: 'Patient', id, meta: { tag: [{ system: 'https://tags.example', code: `of-${id}` }] } });
    await put({ resourceType: 'Observation', id: 'obs', status: 'final', code: { text: 'x' }, subject: { reference: `Patient/${a}` } });
    mine = await patientToken(app, a);
  }, 60_000);
  afterAll(() => app.stop());

  const call = (token: string, method: string, path: string, body?: unknown) => app.request(method, `/apis/default/fhir/${path}`, { token, body });
  const put = (resource: { resourceType: string; id: string; [element: string]: unknown }) => call(staff, 'PUT', `${resource.resourceType}/${resource.id}`, resource);
  const asked = (meta: unknown) => ({ resourceType: 'Parameters', parameter: [{ name: 'meta', valueMeta: meta }] });
  const metaOf = (answer: { json: { parameter: { name: string; valueMeta: Record<string, unknown> }[] } }) => answer.json.parameter.find(({ name }) => name === 'return')!.valueMeta;

  it('of a resource is its meta', async () => {
    expect(metaOf(await call(staff, 'GET', `Patient/${a}/$meta`))).toEqual((await call(staff, 'GET', `Patient/${a}`)).json.meta);
    expect((await call(staff, 'GET', 'Patient/unknown/$meta')).status).toBe(404);
    expect((await call(mine, 'GET', `Patient/${b}/$meta`)).status).toBe(404);
  });

  it('-add adds labels once and keeps the rest; -delete takes them away', async () => {
    const added = await call(staff, 'POST', 'Observation/obs/$meta-add', asked({ tag: [TAG, TAG], versionId: '77' }));
    expect([added.status, metaOf(added).tag, metaOf(added).versionId]).toEqual([200, [TAG], '2']);
    const again = await call(staff, 'POST', 'Observation/obs/$meta-add', asked({ tag: [{ ...TAG, display: 'Follow up' }] }));
    expect([metaOf(again).tag, metaOf(again).versionId]).toEqual([[TAG], '2']);
    expect((await call(staff, 'GET', `Observation?_tag=${TAG.system}|${TAG.code}`)).json.entry).toHaveLength(1);
    const gone = await call(staff, 'POST', 'Observation/obs/$meta-delete', asked({ tag: [TAG], security: [RESTRICTED] }));
    expect(metaOf(gone).tag).toBeUndefined();
    expect((await call(staff, 'GET', `Observation?_tag=${TAG.system}|${TAG.code}`)).json.entry).toBeUndefined();
    expect((await call(staff, 'GET', 'Observation/obs')).json.code).toEqual({ text: 'x' });
  });

  it('is changed by POST, with a meta, by who may write', async () => {
    expect((await call(staff, 'GET', 'Observation/obs/$meta-add')).status).toBe(405);
    expect((await call(staff, 'POST', 'Observation/obs/$meta-add')).status).toBe(400);
    expect((await call(staff, 'POST', 'Observation/obs/$meta-add', asked({ tag: 'x' }))).status).toBe(400);
    expect((await call(staff, 'POST', 'Observation/unknown/$meta-add', asked({ tag: [TAG] }))).status).toBe(404);
    expect((await call(mine, 'POST', 'Observation/obs/$meta-add', asked({ tag: [TAG] }))).status).toBe(403);
    expect((await call(mine, 'POST', `Patient/${b}/$meta-delete`, asked({ tag: [TAG] }))).status).toBe(404);
  });

  it('changes a label of restriction only for those who see what bears it', async () => {
    const clinician = await staffToken(app, { group: 'Clinicians' });
    expect((await call(clinician, 'GET', 'Observation/obs')).status).toBe(200);
    expect((await call(clinician, 'POST', 'Observation/obs/$meta-add', asked({ security: [RESTRICTED] }))).status).toBe(403);
    expect((await call(staff, 'POST', 'Observation/obs/$meta-add', asked({ security: [RESTRICTED] }))).status).toBe(200);
    expect((await call(clinician, 'GET', 'Observation/obs')).status).toBe(404);
    expect([403, 404]).toContain((await call(clinician, 'POST', 'Observation/obs/$meta-delete', asked({ security: [RESTRICTED] }))).status);
    expect((await call(clinician, 'GET', 'Observation/obs/$meta')).status).toBe(404);
    expect((await call(staff, 'POST', 'Observation/obs/$meta-delete', asked({ security: [RESTRICTED] }))).status).toBe(200);
    expect((await call(clinician, 'GET', 'Observation/obs')).status).toBe(200);
  });

  it('of a type and of everything is what the caller’s resources bear', async () => {
    await call(staff, 'POST', 'Observation/obs/$meta-add', asked({ tag: [TAG], security: [RESTRICTED] }));
    const codes = async (token: string, path: string) => ((metaOf(await call(token, 'GET', path)).tag ?? []) as { code: string }[]).map(({ code }) => code).sort();
    expect(await codes(staff, 'Patient/$meta')).toEqual([`of-${a}`, `of-${b}`].sort());
    expect(await codes(mine, 'Patient/$meta')).toEqual([`of-${a}`]);
    expect(await codes(staff, '$meta')).toEqual([TAG.code, `of-${a}`, `of-${b}`].sort());
    expect(await codes(mine, '$meta')).toEqual([TAG.code, `of-${a}`].sort());
    expect(metaOf(await call(staff, 'GET', 'Observation/$meta')).security).toEqual([RESTRICTED]);
    const clinician = await staffToken(app, { group: 'Clinicians' });
    expect(metaOf(await call(clinician, 'GET', 'Observation/$meta'))).toEqual({});
    expect((await call(await staffToken(app, { group: 'Front Office' }), 'GET', 'Observation/$meta')).status).toBe(403);
  });
});
