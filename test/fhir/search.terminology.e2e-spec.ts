import { staffToken } from '../harness/sign-in';
import { startApp, type TestApp } from '../harness/start-app';

const GENDER = 'http://hl7.org/fhir/ValueSet/administrative-gender';
const COLOURS = 'http://example.org/colours';

describe('token modifiers that ask terminology', () => {
  let app: TestApp;
  let token: string;
  beforeAll(async () => {
    app = await startApp();
    token = await staffToken(app);
    await store({ resourceType: 'CodeSystem', url: COLOURS, status: 'active', content: 'complete', concept: [{ code: 'red', concept: [{ code: 'crimson', concept: [{ code: 'ruby' }] }] }, { code: 'blue' }] }, 'colours');
    await store({ resourceType: 'ValueSet', url: 'http://example.org/reds', status: 'active', compose: { include: [{ system: COLOURS, filter: [{ property: 'concept', op: 'is-a', value: 'red' }] }] } }, 'reds');
    for (const code of ['red', 'crimson', 'ruby', 'blue']) await store({ resourceType: 'Basic', code: { coding: [{ system: COLOURS, code }] } }, code);
    await store({ resourceType: 'Basic', code: { coding: [{ system: 'http://other', code: 'red' }] } }, 'other');
    await store({ resourceType: 'Organization', name: 'Clinic', type: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/organization-type', code: 'prov' }] }] }, 'clinic');
  });
  afterAll(() => app.stop());

  const fhir = (method: string, path: string, body?: unknown) => app.request(method, `/apis/default/fhir/${path}`, { token, body });
  async function store(resource: Record<string, unknown>, id: string) {
    expect((await fhir('PUT', `${resource.resourceType}/${id}`, { ...resource, id })).status).toBe(201);
  }
  const ids = async (query: string): Promise<string[]> => {
    const answer = await fhir('GET', query);
    expect([answer.status, answer.text]).toEqual([200, expect.anything()]);
    return (answer.json.entry ?? []).map((entry: { resource: { id: string } }) => entry.resource.id).sort();
  };

  it.each([
    [`Basic?code:in=http://example.org/reds`, 'crimson red ruby'], ['Basic?code:in=ValueSet/reds', 'crimson red ruby'], ['Basic?code:not-in=ValueSet/reds', 'blue other'], [`Basic?code:below=${COLOURS}|crimson`, 'crimson ruby'], [`Basic?code:above=${COLOURS}|crimson`, 'crimson red'], [`Basic?code:below=${COLOURS}|blue,${COLOURS}|crimson`, 'blue crimson ruby'],
    [`Basic?_filter=${encodeURIComponent('code in ValueSet/reds and not (code eq red)')}`, 'crimson ruby'], [`Basic?_filter=${encodeURIComponent('code ni http://example.org/reds')}`, 'blue other'], [`Basic?_filter=${encodeURIComponent(`code ss ${COLOURS}|crimson or code sb ${COLOURS}|crimson`)}`, 'crimson red ruby'],
    ['Organization?type:in=http://hl7.org/fhir/ValueSet/organization-type', 'clinic'], ['Organization?type:not-in=http://hl7.org/fhir/ValueSet/organization-type&name=clinic', ''],
  ])('%s finds “%s”', async (query, expected) => {
    expect(await ids(query)).toEqual(expected.split(' ').filter(Boolean));
  });

  it('compares codes without a system of their own by the code alone', async () => {
    await store({ resourceType: 'Patient', gender: 'female', name: [{ family: 'Zq' }] }, 'zq');
    expect(await ids(`Patient?gender:in=${GENDER}&family=zq`)).toEqual(['zq']);
    expect(await ids(`Patient?gender:not-in=${GENDER}&family=zq`)).toEqual([]);
  });

  it.each([
    ['Basic?code:in=http://example.org/nowhere', 'code'], ['Basic?code:in=ValueSet/nowhere', 'code'], [`Basic?code:below=${COLOURS}|green`, 'code'], ['Basic?code:above=http://nowhere|x', 'code'],
  ])('%s is refused, naming the parameter', async (query, name) => {
    const answer = await fhir('GET', query);
    expect(answer.status).toBe(400);
    expect(answer.json.issue[0]).toMatchObject({ severity: 'error', expression: [name] });
  });
});
