import { randomUUID } from 'node:crypto';
import { Sites } from '../../src/database';
import { patientToken, staffToken } from '../harness/sign-in';
import { startApp, type TestApp } from '../harness/start-app';

const CANARY = 'CANARY-OF-B';
const LOINC = 'http://loinc.org';
const CATEGORY = 'http://terminology.hl7.org/CodeSystem/observation-category';

describe('Observation/$lastn', () => {
  let app: TestApp;
  let staff: string;
  let mine: string;
  const [a, b] = [randomUUID(), randomUUID()];

  beforeAll(async () => {
    app = await startApp();
    staff = await staffToken(app);
    for (const id of [a, b]) await put({ resourceType: 'Patient', id });
    for (const year of [2018, 2020, 2019, 2021]) {
      await observe(a, `pulse-${year}`, { coding: [{ system: LOINC, code: '8867-4' }] }, `${year}-01-01`, 'vital-signs');
      await observe(a, `weight-${year}`, { coding: [{ system: LOINC, code: '29463-7' }, { system: 'https://local', code: 'wt' }] }, `${year}-02-01`, 'vital-signs');
      await observe(a, `told-${year}`, { text: 'Mood' }, `${year}-03-01`, 'survey');
      await observe(b, `other-${year}`, { coding: [{ system: LOINC, code: '8867-4' }], text: CANARY }, `${year}-06-01`, 'vital-signs');
    }
    await observe(a, 'pulse-undated', { coding: [{ system: LOINC, code: '8867-4' }] }, undefined, 'vital-signs');
    await put({ resourceType: 'Observation', id: 'pulse-secret', status: 'final', meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }] }, code: { coding: [{ system: LOINC, code: '8867-4' }] }, subject: { reference: `Patient/${a}` }, effectiveDateTime: '2022-01-01' });
    mine = await patientToken(app, a);
  }, 60_000);
  afterAll(() => app.stop());

  const call = (token: string, method: string, path: string, body?: unknown) => app.request(method, `/apis/default/fhir/${path}`, { token, body });
  const put = (resource: { resourceType: string; id: string; [element: string]: unknown }) => call(staff, 'PUT', `${resource.resourceType}/${resource.id}`, resource);
  const observe = (patient: string, id: string, code: unknown, date: string | undefined, category: string) => put({
    resourceType: 'Observation', id, status: 'final', code, category: [{ coding: [{ system: CATEGORY, code: category }] }], subject: { reference: `Patient/${patient}` }, ...(date && { effectiveDateTime: date }),
  });
  const idsOf = async (token: string, query: string): Promise<string[]> => ((await call(token, 'GET', `Observation/$lastn?${query}`)).json.entry ?? []).map((one: { resource: { id: string } }) => one.resource.id);

  it('gives the latest of each code, an Observation of two codes once', async () => {
    expect((await idsOf(staff, `patient=${a}`)).sort()).toEqual(['pulse-secret', 'told-2021', 'weight-2021']);
    expect((await idsOf(staff, `subject=Patient/${a}&category=vital-signs`)).sort()).toEqual(['pulse-2021', 'weight-2021']);
  });

  it('gives max of each, newest first, what has no date last', async () => {
    expect(await idsOf(staff, `patient=${a}&code=${LOINC}|8867-4&max=3`)).toEqual(['pulse-secret', 'pulse-2021', 'pulse-2020']);
    expect((await idsOf(staff, `patient=${a}&code=8867-4&max=100`)).at(-1)).toBe('pulse-undated');
    expect(await idsOf(staff, `patient=${a}&code=8867-4&date=lt2020&max=2`)).toEqual(['pulse-2019', 'pulse-2018']);
    const { json } = await call(staff, 'GET', `Observation/$lastn?patient=${a}&max=2`);
    expect([json.type, json.total, json.entry[0].search.mode]).toEqual(['searchset', 6, 'match']);
  });

  it('is asked by POST as well', async () => {
    const parameter = [{ name: 'max', valuePositiveInt: 1 }, { name: 'patient', valueString: a }, { name: 'code', valueString: '8867-4' }];
    expect((await call(staff, 'POST', 'Observation/$lastn', { resourceType: 'Parameters', parameter })).json.entry).toHaveLength(1);
  });

  it('shows nobody what is not theirs to see, nor lets it stand in the way', async () => {
    const clinician = await staffToken(app, { group: 'Clinicians' });
    expect(await idsOf(clinician, `patient=${a}&code=8867-4`)).toEqual(['pulse-2021']);
    for (const query of [`patient=${b}`, `subject=Patient/${b}`, `patient=${b}&max=100`]) expect([query, await idsOf(mine, query)]).toEqual([query, []]);
    const own = await call(mine, 'GET', 'Observation/$lastn');
    expect([own.status, own.text.includes(CANARY), own.json.total]).toEqual([200, false, 3]);
    expect((await call(await staffToken(app, { group: 'Front Office' }), 'GET', `Observation/$lastn?patient=${a}`)).status).toBe(403);
  });

  it.each([['', 'patient'], [`patient=${a}&max=0`, 'max'], [`patient=${a}&max=101`, 'max'], [`patient=${a},${b}`, 'patient'], [`patient=${a}&nonsense=1`, 'nonsense'], [`patient=${a}&date=soon`, 'date'], [`patient=${a}&_include=Observation:subject`, '_include']])('refuses “%s”, naming %s', async (query, named) => {
    const { status, text } = await call(staff, 'GET', `Observation/$lastn?${query}`);
    expect([status, text.includes(named)]).toEqual([400, true]);
  });

  it('takes as many statements, whatever the size of the chart', async () => {
    await idsOf(staff, `patient=${a}`);
    const { sql } = await app.app.get(Sites).database('default');
    const spies = [jest.spyOn(sql, 'query'), jest.spyOn(sql, 'rows')];
    await idsOf(staff, `patient=${a}&max=50`);
    const count = spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0);
    for (const spy of spies) spy.mockRestore();
    expect(count).toBeLessThanOrEqual(2);
  });
});
