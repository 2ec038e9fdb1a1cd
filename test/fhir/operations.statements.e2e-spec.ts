import { Sites, type Sql } from '../../src/database';
import { staffToken } from '../harness/sign-in';
import { startApp, type TestApp } from '../harness/start-app';

const SIZES = { small: 5, large: 150 };

/** No reading operation may cost more statements than stand here, whatever the size of the chart. */
describe('SQL statements of operations', () => {
  let app: TestApp;
  let staff: string;
  let sql: Sql;

  beforeAll(async () => {
    app = await startApp();
    staff = await staffToken(app);
    sql = (await app.app.get(Sites).database('default')).sql;
    for (const [name, size] of Object.entries(SIZES)) await store(name, size);
  }, 60_000);
  afterAll(() => app.stop());

  const call = (method: string, path: string, body?: unknown) => app.request(method, `/apis/default/fhir/${path}`, { token: staff, body });

  async function store(name: string, size: number): Promise<void> {
    const subject = { reference: `Patient/${name}` };
    const encounter = { reference: `Encounter/${name}` };
    const each = <T>(make: (index: number) => T): T[] => Array.from({ length: size }, (_, index) => make(index));
    const resources: { resourceType: string; id: string; [element: string]: unknown }[] = [
      { resourceType: 'Patient', id: name, identifier: [{ system: 'urn:mrn', value: name }], name: [{ family: 'Lovelace', given: ['Ada'] }], birthDate: '1985-12-10' },
      { resourceType: 'Encounter', id: name, status: 'finished', class: { code: 'AMB' }, subject },
      ...each((index) => ({ resourceType: 'Practitioner', id: `${name}-p${index}` })),
      ...each((index) => ({ resourceType: 'Observation', id: `${name}-o${index}`, status: 'final', code: { coding: [{ system: 'http://loinc.org', code: `c${index}` }] }, subject, encounter, effectiveDateTime: '2020-01-01', performer: [{ reference: `Practitioner/${name}-p${index}` }] })),
      { resourceType: 'Composition', id: name, status: 'final', type: { text: 'Note' }, subject, date: '2020-01-01', title: 'Note', author: [{ reference: `Practitioner/${name}-p0` }], section: [{ entry: each((index) => ({ reference: `Observation/${name}-o${index}` })) }] },
    ];
    const entry = resources.map((resource) => ({ request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` }, resource }));
    const { status, text } = await call('POST', '', { resourceType: 'Bundle', type: 'transaction', entry });
    if (status !== 200) throw new Error(text);
  }

  async function statements(method: string, path: string, body?: unknown): Promise<number> {
    await call(method, path, body);
    const spies = [jest.spyOn(sql, 'query'), jest.spyOn(sql, 'rows')];
    const { status, text, json } = await call(method, path, body);
    const count = spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0);
    for (const spy of spies) spy.mockRestore();
    if (status !== 200 || json.errors) throw new Error(text);
    return count;
  }

  const described = { resourceType: 'Patient', name: [{ family: 'Lovelace', given: ['Ada'] }], birthDate: '1985-12-10', identifier: [{ system: 'urn:mrn', value: 'small' }] };

  it.each<[string, string, string, number, object | null]>([
    ['Patient/$everything', 'GET', 'Patient/NAME/$everything', 6, null],
    ['a page of it', 'GET', 'Patient/NAME/$everything?_count=3', 3, null],
    ['Patient/$everything of a time', 'GET', 'Patient/NAME/$everything?start=2019', 6, null],
    ['Encounter/$everything', 'GET', 'Encounter/NAME/$everything', 9, null],
    ['Observation/$lastn', 'GET', 'Observation/$lastn?patient=NAME&max=3', 2, null],
    ['Patient/$match', 'POST', 'Patient/$match', 10, described],
    ['Composition/$document', 'GET', 'Composition/NAME/$document', 5, null],
    ['$meta', 'GET', 'Observation/NAME-o1/$meta', 1, null],
    ['GraphQL', 'POST', '$graphql', 4, { query: '{ ObservationList(patient: "NAME", _count: 200) { subject { resource { id } } performer { resource { id } } encounter { resource { id } } } }' }],
  ])('%s takes at most so many', async (_name, method, path, most, body) => {
    const counts = [];
    for (const name of Object.keys(SIZES)) counts.push(await statements(method, path.replace('NAME', name), body ? JSON.parse(JSON.stringify(body).replace('NAME', name)) : undefined));
    expect(counts[0]).toBe(counts[1]);
    expect(counts[1]).toBeLessThanOrEqual(most);
  });
});
