import { randomUUID } from 'node:crypto';
import { Sites } from '../../src/database';
import { patientToken, staffToken } from '../harness/sign-in';
import { startApp, type TestApp } from '../harness/start-app';

const CANARY = 'CANARY-OF-B';

interface Resource { resourceType: string; id: string; [element: string]: unknown }
interface Entry { fullUrl: string; resource: Resource; search: { mode: string } }

describe('$everything', () => {
  let app: TestApp;
  let staff: string;
  let mine: string;
  const [a, b] = [randomUUID(), randomUUID()];
  const about = (patient: string) => ({ reference: `Patient/${patient}` });

  beforeAll(async () => {
    app = await startApp();
    staff = await staffToken(app);
    await put({ resourceType: 'Organization', id: 'root', name: 'Root' });
    await put({ resourceType: 'Organization', id: 'org', name: 'Org', partOf: { reference: 'Organization/root' } });
    for (const id of ['gp', 'nurse', 'secret', 'nobody']) await put({ resourceType: 'Practitioner', id, name: [{ family: id === 'secret' ? 'Psychiatrist' : id }] });
    await put({ resourceType: 'Location', id: 'ward', name: 'Ward', managingOrganization: { reference: 'Organization/org' } });
    await put({ resourceType: 'Medication', id: 'pill', code: { text: 'Pill' }, manufacturer: { reference: 'Organization/org' } });
    await put({ resourceType: 'Device', id: 'analyser', distinctIdentifier: 'x' });
    for (const [patient, text] of [[a, 'mine'], [b, CANARY]] as const) {
      const tag = patient === a ? 'a' : 'b';
      await put({ resourceType: 'Patient', id: patient, name: [{ family: text }], generalPractitioner: [{ reference: 'Practitioner/gp' }], link: [{ other: about(patient === a ? b : a), type: 'seealso' }] });
      await put({ resourceType: 'Encounter', id: `enc-${tag}`, status: 'finished', class: { code: 'AMB' }, subject: about(patient), period: { start: '2020-03-01', end: '2020-03-02' }, location: [{ location: { reference: 'Location/ward' } }] });
      await put({ resourceType: 'Observation', id: `obs-${tag}`, status: 'final', code: { text }, subject: about(patient), encounter: { reference: `Encounter/enc-${tag}` }, effectiveDateTime: '2020-03-01', performer: [{ reference: 'Practitioner/nurse' }], device: { reference: 'Device/analyser' } });
      await put({ resourceType: 'Observation', id: `old-${tag}`, status: 'final', code: { text }, subject: about(patient), effectiveDateTime: '2010-01-01' });
      await put({ resourceType: 'MedicationRequest', id: `rx-${tag}`, status: 'active', intent: 'order', subject: about(patient), medicationReference: { reference: 'Medication/pill' }, authoredOn: '2020-03-01', encounter: { reference: `Encounter/enc-${tag}` } });
      await put({ resourceType: 'Coverage', id: `cov-${tag}`, status: 'active', beneficiary: about(patient), payor: [{ reference: 'Organization/org' }] });
      await put({ resourceType: 'Condition', id: `hidden-${tag}`, meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }] }, code: { text }, subject: about(patient), recordedDate: '2020-03-01', asserter: { reference: 'Practitioner/secret' } });
    }
    await put({ resourceType: 'Appointment', id: 'both', status: 'booked', description: 'both', start: '2020-03-01T10:00:00Z', end: '2020-03-01T10:30:00Z', participant: [a, b].map((id) => ({ actor: about(id), status: 'accepted' })) });
    await put({ resourceType: 'Observation', id: 'gone', status: 'final', code: { text: 'x' }, subject: about(a) });
    await call(staff, 'DELETE', 'Observation/gone');
    mine = await patientToken(app, a);
  }, 60_000);
  afterAll(() => app.stop());

  const call = (token: string, method: string, path: string, body?: unknown) => app.request(method, path.startsWith('http') ? path : `/apis/default/fhir/${path}`, { token, body });
  const put = async (resource: Resource) => {
    const { status, text } = await call(staff, 'PUT', `${resource.resourceType}/${resource.id}`, resource);
    if (status !== 201) throw new Error(text);
  };
  const names = (entries: Entry[], mode?: string) => entries.filter(({ search }) => !mode || search.mode === mode).map(({ resource }) => `${resource.resourceType}/${resource.id}`);
  const everything = async (token: string, path: string): Promise<Entry[]> => (await call(token, 'GET', path)).json.entry ?? [];
  const next = (bundle: { link: { relation: string; url: string }[] }) => bundle.link.find(({ relation }) => relation === 'next')?.url;
  const chart = (tag: string, patient: string) => [`Patient/${patient}`, `Condition/hidden-${tag}`, `Coverage/cov-${tag}`, `Encounter/enc-${tag}`, `MedicationRequest/rx-${tag}`, `Observation/obs-${tag}`, `Observation/old-${tag}`];
  const SHARED = ['Device/analyser', 'Location/ward', 'Medication/pill', 'Organization/org', 'Organization/root', 'Practitioner/gp', 'Practitioner/nurse', 'Practitioner/secret'];

  it('gives staff the Patient first, the compartment, and what it refers to, each once', async () => {
    const entries = await everything(staff, `Patient/${a}/$everything`);
    expect(names(entries, 'match')[0]).toBe(`Patient/${a}`);
    expect(names(entries, 'match').sort()).toEqual([...chart('a', a), 'Appointment/both'].sort());
    expect(names(entries, 'include')).toEqual(SHARED);
    expect(entries[0]!.fullUrl).toMatch(new RegExp(`/apis/default/fhir/Patient/${a}$`));
    expect(entries[0]!.resource).toEqual((await call(staff, 'GET', `Patient/${a}`)).json);
  });

  it('gives patients their own, and nothing that is others’ too', async () => {
    for (const path of [`Patient/${a}/$everything`, 'Patient/$everything', `Patient/${a}/$everything?_count=2`]) {
      const { text, json } = await call(mine, 'GET', path);
      expect([path, text.includes(CANARY), text.includes('Appointment/both')]).toEqual([path, false, false]);
      if (!path.includes('_count')) expect(names(json.entry, 'match').sort()).toEqual(chart('a', a).sort());
    }
    const shared = names(await everything(mine, 'Patient/$everything'), 'include');
    // A device of nobody is no shared type, and what patients may not read stays away.
    expect(SHARED).toEqual(expect.arrayContaining(shared));
    expect(shared).toEqual(expect.arrayContaining(['Practitioner/gp', 'Medication/pill', 'Organization/org']));
    expect(shared).not.toContain('Device/analyser');
  });

  it('answers about the other patient as about nobody', async () => {
    const [other, unknown] = [await call(mine, 'GET', `Patient/${b}/$everything`), await call(mine, 'GET', `Patient/${randomUUID()}/$everything`)];
    expect([other.status, unknown.status, other.json.issue[0].code]).toEqual([404, 404, unknown.json.issue[0].code]);
    for (const query of ['start=2000-01-01', '_type=Observation,Patient', '_since=2000-01-01T00:00:00Z', '_count=5', 'start=2000&end=2030']) {
      expect([query, (await call(mine, 'GET', `Patient/${b}/$everything?${query}`)).status]).toEqual([query, 404]);
    }
    expect((await call(mine, 'GET', 'Encounter/enc-b/$everything')).status).toBe(404);
    for (const name of ['patient', 'subject', '_id', '_include', '_revinclude']) expect([name, (await call(mine, 'GET', `Patient/${a}/$everything?${name}=${b}`)).status]).toEqual([name, 400]);
    const posted = { resourceType: 'Parameters', parameter: [{ name: 'patient', valueString: b }] };
    expect((await call(mine, 'POST', `Patient/${a}/$everything`, posted)).status).toBe(400);
  });

  it('leaves out what a caller may not see for its sensitivity, and whom it names', async () => {
    const nurse = await staffToken(app, { group: 'Clinicians' });
    const { status, text } = await call(nurse, 'GET', `Patient/${a}/$everything`);
    expect([status, text.includes('Observation/obs-a'), text.includes('hidden-a'), text.includes('Psychiatrist')]).toEqual([200, true, false, false]);
  });

  it('pages: every resource once, what is shared on the last page', async () => {
    const seen: string[] = [];
    let path: string | undefined = `Patient/${a}/$everything?_count=3`;
    let pages = 0;
    while (path) {
      const { json } = await call(staff, 'GET', path);
      const matches = names(json.entry ?? [], 'match');
      expect(matches.length).toBeLessThanOrEqual(3);
      seen.push(...names(json.entry ?? []));
      path = next(json);
      if (path) expect(names(json.entry, 'include')).toEqual([]);
      pages += 1;
    }
    expect(pages).toBeGreaterThanOrEqual(3);
    expect([seen.length, new Set(seen).size]).toEqual([8 + SHARED.length, 8 + SHARED.length]);
  });

  it('refuses a page link that was edited, or is used by another caller or for another patient', async () => {
    const link = next((await call(staff, 'GET', `Patient/${a}/$everything?_count=1`)).json)!;
    expect((await call(staff, 'GET', link)).status).toBe(200);
    for (const wrong of [link.replace('_count=1', '_count=2'), link.replace(a, b), `${link}xxxx`, link.replace(/_cursor=[^.]+/, '_cursor=WzAsMCwiIiwwXQ')]) expect((await call(staff, 'GET', wrong)).status).toBe(400);
    expect((await call(mine, 'GET', link)).status).toBe(400);
  });

  it('takes start and end for dates of care, and keeps what has none', async () => {
    const inMarch = names(await everything(staff, `Patient/${a}/$everything?start=2020-03-01&end=2020-03-31`), 'match');
    expect(inMarch).toEqual(expect.arrayContaining(['Observation/obs-a', 'Encounter/enc-a', 'Coverage/cov-a', `Patient/${a}`]));
    expect(inMarch).not.toContain('Observation/old-a');
    const before = await everything(staff, `Patient/${a}/$everything?end=2015`);
    expect(names(before, 'match')).toEqual(expect.arrayContaining(['Observation/old-a', 'Coverage/cov-a']));
    expect(names(before)).not.toContain('Observation/obs-a');
    expect(names(before)).not.toContain('Practitioner/nurse');
    expect((await call(staff, 'GET', `Patient/${a}/$everything?start=2021&end=2020`)).status).toBe(400);
    expect((await call(staff, 'GET', `Patient/${a}/$everything?start=soon`)).status).toBe(400);
  });

  it('takes _type, and _since', async () => {
    expect(names(await everything(staff, `Patient/${a}/$everything?_type=Observation,Practitioner`)).sort()).toEqual(['Observation/obs-a', 'Observation/old-a', 'Practitioner/nurse']);
    expect((await call(staff, 'GET', `Patient/${a}/$everything?_type=Nonsense`)).status).toBe(400);
    expect(names(await everything(staff, `Patient/${a}/$everything?_since=2999-01-01T00:00:00Z`))).toEqual([`Patient/${a}`]);
    const posted = await call(staff, 'POST', `Patient/${a}/$everything`, { resourceType: 'Parameters', parameter: [{ name: '_type', valueCode: 'Coverage' }] });
    expect(names(posted.json.entry)).toEqual(['Coverage/cov-a']);
  });

  it('at type level gives staff every chart and what belongs to nobody, each once', async () => {
    const seen: string[] = [];
    for (let path: string | undefined = 'Patient/$everything?_count=4'; path; ) {
      const { json } = await call(staff, 'GET', path);
      seen.push(...names(json.entry ?? []));
      path = next(json);
    }
    expect(seen).toEqual(expect.arrayContaining([...chart('a', a), ...chart('b', b), 'Appointment/both', 'Practitioner/gp', 'Organization/root']));
    expect(new Set(seen).size).toBe(seen.length);
    expect((await call(staff, 'GET', 'Patient/$everything?start=2020')).status).toBe(400);
  });

  it('gives an Encounter, its compartment and what that names', async () => {
    const entries = await everything(staff, 'Encounter/enc-a/$everything');
    expect(names(entries, 'match')).toEqual(['Encounter/enc-a', 'MedicationRequest/rx-a', 'Observation/obs-a']);
    expect(names(entries, 'include')).toEqual(expect.arrayContaining([`Patient/${a}`, 'Location/ward', 'Organization/org', 'Practitioner/nurse', 'Medication/pill', 'Device/analyser']));
    const own = await call(mine, 'GET', 'Encounter/enc-a/$everything');
    expect([own.status, own.text.includes(CANARY)]).toEqual([200, false]);
    expect((await call(staff, 'GET', 'Encounter/unknown/$everything')).status).toBe(404);
  });

  it('is 410 for a Patient who was deleted', async () => {
    await put({ resourceType: 'Patient', id: 'deceased', name: [{ family: 'x' }] });
    await call(staff, 'DELETE', 'Patient/deceased');
    expect((await call(staff, 'GET', 'Patient/deceased/$everything')).status).toBe(410);
  });

  it('takes as many statements for a large chart as for a small one', async () => {
    const many = Array.from({ length: 120 }, (_, index) => ({ request: { method: 'PUT', url: `Observation/many-${index}` }, resource: { resourceType: 'Observation', id: `many-${index}`, status: 'final', code: { text: 'x' }, subject: about('crowded'), performer: [{ reference: `Practitioner/p-${index}` }] } }));
    const people = many.map((_, index) => ({ request: { method: 'PUT', url: `Practitioner/p-${index}` }, resource: { resourceType: 'Practitioner', id: `p-${index}` } }));
    await put({ resourceType: 'Patient', id: 'crowded' });
    expect((await call(staff, 'POST', '', { resourceType: 'Bundle', type: 'transaction', entry: [...people, ...many] })).status).toBe(200);
    await call(staff, 'GET', 'Patient/crowded/$everything');
    const { sql } = await app.app.get(Sites).database('default');
    const spies = [jest.spyOn(sql, 'query'), jest.spyOn(sql, 'rows')];
    const entries = await everything(staff, 'Patient/crowded/$everything');
    const count = spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0);
    for (const spy of spies) spy.mockRestore();
    expect(entries).toHaveLength(241);
    expect(count).toBeLessThanOrEqual(7);
  });
});
