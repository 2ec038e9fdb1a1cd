import { randomUUID } from 'node:crypto';
import { patientToken, staffToken } from '../harness/sign-in';
import { startApp, type TestApp } from '../harness/start-app';

const CANARY = 'CANARY-OF-B';
const RESTRICTED = { system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' };

interface Resource { resourceType: string; id: string; [element: string]: unknown }

describe('Composition/$document', () => {
  let app: TestApp;
  let staff: string;
  let mine: string;
  const [a, b] = [randomUUID(), randomUUID()];
  const subject = { reference: `Patient/${a}` };

  beforeAll(async () => {
    app = await startApp();
    staff = await staffToken(app);
    await put({ resourceType: 'Organization', id: 'org', name: 'Org' });
    await put({ resourceType: 'Practitioner', id: 'gp' });
    await put({ resourceType: 'PractitionerRole', id: 'role', practitioner: { reference: 'Practitioner/gp' }, organization: { reference: 'Organization/org' } });
    await put({ resourceType: 'Patient', id: b, name: [{ family: CANARY }] });
    await put({ resourceType: 'Patient', id: a, name: [{ family: 'mine' }], link: [{ other: { reference: `Patient/${b}` }, type: 'seealso' }] });
    await put({ resourceType: 'Encounter', id: 'enc', status: 'finished', class: { code: 'AMB' }, subject });
    await put({ resourceType: 'Specimen', id: 'spec', subject });
    await put({ resourceType: 'Observation', id: 'obs', status: 'final', code: { text: 'x' }, subject, encounter: { reference: 'Encounter/enc' }, specimen: { reference: 'Specimen/spec' } });
    await put({ resourceType: 'Observation', id: 'unrelated', status: 'final', code: { text: 'x' }, subject });
    await put({ resourceType: 'Condition', id: 'hidden', meta: { security: [RESTRICTED] }, code: { text: 'secret' }, subject });
    await put({ resourceType: 'Observation', id: 'of-b', status: 'final', code: { text: CANARY }, subject: { reference: `Patient/${b}` } });
    const entries = ['Observation/obs', 'Condition/hidden', 'Observation/of-b'].map((reference) => ({ reference }));
    await put({ resourceType: 'Composition', id: 'doc', status: 'final', type: { text: 'Note' }, subject, date: '2020-01-01', author: [{ reference: 'PractitionerRole/role' }], title: 'Note', section: [{ entry: entries }] });
    await put({ resourceType: 'Composition', id: 'plain', status: 'final', type: { text: 'Note' }, subject, date: '2020-01-01', author: [{ reference: 'PractitionerRole/role' }], title: 'Note', section: [{ entry: [entries[0]] }] });
    await put({ resourceType: 'Composition', id: 'doc-b', status: 'final', type: { text: 'Note' }, subject: { reference: `Patient/${b}` }, date: '2020-01-01', author: [{ reference: 'Practitioner/gp' }], title: CANARY });
    mine = await patientToken(app, a);
  }, 60_000);
  afterAll(() => app.stop());

  const call = (token: string, method: string, path: string, body?: unknown) => app.request(method, `/apis/default/fhir/${path}`, { token, body });
  const put = async (resource: Resource) => {
    const { status, text } = await call(staff, 'PUT', `${resource.resourceType}/${resource.id}`, resource);
    if (status !== 201) throw new Error(text);
  };
  const names = ({ json }: { json: { entry: { resource: Resource }[] } }) => json.entry.map(({ resource }) => `${resource.resourceType}/${resource.id}`);

  it('is a Bundle of the Composition and all it refers to, through others as well', async () => {
    const answer = await call(staff, 'GET', 'Composition/plain/$document');
    expect([answer.status, answer.json.type, answer.json.identifier.value]).toEqual([200, 'document', expect.stringMatching(/^urn:uuid:/)]);
    expect(names(answer)[0]).toBe('Composition/plain');
    expect(names(answer).sort()).toEqual(['Composition/plain', 'Encounter/enc', 'Observation/obs', 'Organization/org', `Patient/${a}`, 'Practitioner/gp', 'PractitionerRole/role', 'Specimen/spec'].sort());
    expect(answer.json.entry[0].resource).toEqual((await call(staff, 'GET', 'Composition/plain')).json);
    expect(names(await call(staff, 'GET', 'Composition/$document?id=plain'))).toHaveLength(8);
    expect(names(await call(staff, 'GET', `Composition/$document?id=${app.url}/apis/default/fhir/Composition/plain`))).toHaveLength(8);
  });

  it('holds for each caller what they may see, and is as sensitive as that', async () => {
    const whole = await call(staff, 'GET', 'Composition/doc/$document');
    expect(names(whole)).toEqual(expect.arrayContaining(['Condition/hidden', 'Observation/of-b']));
    expect(whole.json.meta.security).toEqual([RESTRICTED]);
    const own = await call(mine, 'GET', 'Composition/doc/$document');
    expect([own.status, own.text.includes(CANARY)]).toEqual([200, false]);
    const clinician = await call(await staffToken(app, { group: 'Clinicians' }), 'GET', 'Composition/doc/$document');
    expect([clinician.status, clinician.text.includes('secret')]).toEqual([200, false]);
  });

  it('of another patient is as one that is not there', async () => {
    const [other, unknown] = [await call(mine, 'GET', 'Composition/doc-b/$document'), await call(mine, 'GET', 'Composition/unknown/$document')];
    expect([other.status, unknown.status, other.json.issue[0].code]).toEqual([404, 404, unknown.json.issue[0].code]);
    expect((await call(mine, 'GET', 'Composition/$document?id=doc-b')).status).toBe(404);
  });

  it('is stored if asked to, by POST and with the right to', async () => {
    const persist = { resourceType: 'Parameters', parameter: [{ name: 'persist', valueBoolean: true }] };
    const stored = await call(staff, 'POST', 'Composition/plain/$document', persist);
    expect([stored.status, stored.headers.get('location')]).toEqual([201, expect.stringContaining(`/Bundle/${stored.json.id}/_history/1`)]);
    expect((await call(staff, 'GET', `Bundle/${stored.json.id}`)).json).toEqual(stored.json);
    expect((await call(staff, 'GET', 'Composition/plain/$document?persist=true')).status).toBe(405);
    expect((await call(mine, 'POST', 'Composition/plain/$document', persist)).status).toBe(403);
  });

  it.each(['Composition/$document', 'Composition/plain/$document?graph=https://x', 'Composition/$document?id=https://elsewhere/Composition/plain', 'Composition/plain/$document?_include=*'])('refuses %s', async (path) => {
    expect((await call(staff, 'GET', path)).status).toBe(400);
  });
});
