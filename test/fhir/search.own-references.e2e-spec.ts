import { patientToken, staffToken } from '../harness/sign-in';
import { startApp, type TestApp } from '../harness/start-app';

describe('references to this very server', () => {
  let app: TestApp;
  let token: string;
  let base: string;
  beforeAll(async () => {
    app = await startApp();
    base = `${app.url}/apis/default/fhir`;
    token = await staffToken(app);
    await put({ resourceType: 'Patient', id: 'a', name: [{ family: 'Ahl' }] });
    await put({ resourceType: 'Patient', id: 'b', name: [{ family: 'Bo' }] });
  });
  afterAll(() => app.stop());

  async function put(resource: { resourceType: string; id: string; [element: string]: unknown }): Promise<void> {
    const answer = await app.request('PUT', `/apis/default/fhir/${resource.resourceType}/${resource.id}`, { token, body: resource });
    expect([answer.status, answer.text]).toEqual([201, expect.anything()]);
  }
  const ids = async (query: string, as = token): Promise<string[]> => ((await app.request('GET', `/apis/default/fhir/${query}`, { token: as })).json.entry ?? []).map((entry: { resource: { id: string } }) => entry.resource.id);
  const observation = (id: string, reference: string) => put({ resourceType: 'Observation', id, status: 'final', code: { text: 'x' }, subject: { reference } });

  it('are the same, absolute or relative, in what is stored, searched and seen', async () => {
    await observation('absolute', `${base}/Patient/a`);
    await observation('versioned', `${base}/Patient/a/_history/1`);
    expect(await ids('Observation?patient=a')).toEqual(['absolute', 'versioned']);
    expect(await ids(`Observation?patient=${base}/Patient/a`)).toEqual(['absolute', 'versioned']);
    expect(await ids(`Observation?patient=${base}/Patient/a/_history/1`)).toEqual(['versioned']);
    expect(await ids('Observation?patient.family=ahl')).toEqual(['absolute', 'versioned']);
    expect(await ids('Patient?_has:Observation:patient:_id=absolute')).toEqual(['a']);
    expect(await ids('Observation', await patientToken(app, 'a'))).toEqual(['absolute', 'versioned']);
    expect(await ids('Observation', await patientToken(app, 'b'))).toEqual([]);
  });

  it('are others where they name another server or site', async () => {
    await observation('elsewhere', 'https://elsewhere.test/apis/default/fhir/Patient/a');
    await observation('alternate', `${app.url}/apis/alternate/fhir/Patient/a`);
    await observation('nothing', `${base}/Patient/a/../b`);
    expect(await ids('Observation?patient=a')).toEqual(['absolute', 'versioned']);
    expect(await ids('Observation?subject=https://elsewhere.test/apis/default/fhir/Patient/a')).toEqual(['elsewhere']);
    expect(await ids('Observation', await patientToken(app, 'a'))).toEqual(['absolute', 'versioned']);
  });
});
