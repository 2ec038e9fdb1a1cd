import { randomUUID } from 'node:crypto';
import { getIntrospectionQuery } from 'graphql';
import { Sites } from '../../src/database';
import { patientToken, staffToken } from '../harness/sign-in';
import { startApp, type TestApp } from '../harness/start-app';

const CANARY = 'CANARY-OF-B';

interface Resource { resourceType: string; id: string; [element: string]: unknown }

describe('GraphQL', () => {
  let app: TestApp;
  let staff: string;
  let mine: string;
  const [a, b] = [randomUUID(), randomUUID()];

  beforeAll(async () => {
    app = await startApp();
    staff = await staffToken(app);
    await put({ resourceType: 'Organization', id: 'org', name: 'Org' });
    await put({ resourceType: 'Practitioner', id: 'gp', name: [{ family: 'House' }] });
    for (const [id, family] of [[a, 'Anders'], [b, CANARY]] as const) {
      const tag = id === a ? 'a' : 'b';
      const link = id === a ? [{ other: { reference: `Patient/${b}` }, type: 'seealso' }] : undefined;
      await put({ resourceType: 'Patient', id, name: [{ use: 'official', family, given: ['Ann', 'Beth'] }, { use: 'nickname', given: ['Annie'] }], birthDate: '1980-01-01', generalPractitioner: [{ reference: 'Practitioner/gp' }], managingOrganization: { reference: 'Organization/org' }, ...(link && { link }) });
      for (const index of [1, 2, 3]) await put({ resourceType: 'Observation', id: `obs-${tag}${index}`, status: 'final', code: { coding: [{ system: 'http://loinc.org', code: `c${index}` }], text: family }, subject: { reference: `Patient/${id}` }, performer: [{ reference: 'Practitioner/gp' }], effectiveDateTime: `2020-01-0${index}` });
    }
    await app.request('PUT', '/apis/default/fhir/Observation/exact', { token: staff, headers: { 'content-type': 'application/fhir+json' }, body: `{"resourceType":"Observation","id":"exact","status":"final","code":{"text":"x"},"subject":{"reference":"Patient/${a}"},"valueQuantity":{"value":1.10,"unit":"mg"},"referenceRange":[{"low":{"value":0.50}}]}` });
    await put({ resourceType: 'Condition', id: 'hidden', meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }] }, code: { text: 'secret' }, subject: { reference: `Patient/${a}` } });
    mine = await patientToken(app, a);
  }, 60_000);
  afterAll(() => app.stop());

  const call = (token: string, method: string, path: string, body?: unknown) => app.request(method, `/apis/default/fhir/${path}`, { token, body });
  const put = async (resource: Resource) => {
    const { status, text } = await call(staff, 'PUT', `${resource.resourceType}/${resource.id}`, resource);
    if (status !== 201) throw new Error(text);
  };
  const ask = (token: string, query: string, variables?: unknown, base = '') => call(token, 'POST', `${base}$graphql`, { query, ...(variables !== undefined && { variables }) });
  const data = async (token: string, query: string, variables?: unknown, base?: string) => {
    const { status, json } = await ask(token, query, variables, base);
    if (status !== 200 || json.errors) throw new Error(JSON.stringify(json));
    return json.data;
  };

  it('reads a resource by id: the elements asked for, lists narrowed down', async () => {
    const query = `{ Patient(id: "${a}") { id birthDate name(use: official) { family given } nick: name(use: "nickname") { given(_count: 1) } } }`;
    expect(await data(staff, query)).toEqual({ Patient: { id: a, birthDate: '1980-01-01', name: [{ family: 'Anders', given: ['Ann', 'Beth'] }], nick: [{ given: ['Annie'] }] } });
    const byGet = await call(staff, 'GET', `$graphql?query=${encodeURIComponent(query)}`);
    expect([byGet.status, byGet.headers.get('content-type'), byGet.json.data.Patient.id]).toEqual([200, 'application/json; charset=utf-8', a]);
  });

  it('takes variables, names of operations, and a Parameters resource', async () => {
    const query = 'query One($id: value!) { Patient(id: $id) { id } } query Other { __typename }';
    const answer = await call(staff, 'POST', '$graphql', { query, operationName: 'One', variables: { id: a } });
    expect(answer.json.data.Patient.id).toBe(a);
    expect((await call(staff, 'GET', `$graphql?query=${encodeURIComponent(query)}&operationName=One&variables=${encodeURIComponent(JSON.stringify({ id: a }))}`)).json.data.Patient.id).toBe(a);
    expect((await call(staff, 'POST', '$graphql', { resourceType: 'Parameters', parameter: [{ name: 'query', valueString: `{ Patient(id: "${a}") { id } }` }] })).json.data.Patient.id).toBe(a);
  });

  it.each([['ID!', '[String]'], ['String!', 'String'], ['id!', '[string!]!'], ['value!', '[value]']])('takes variables declared %s and %s', async (id, name) => {
    const query = `query ($id: ${id}, $name: ${name}) { Patient(id: $id) { ...Named } PatientList(name: $name) { ...Named } } fragment Named on Patient { id }`;
    const found = await data(staff, query, { id: a, name: name.startsWith('[') ? ['anders'] : 'anders' });
    expect(found).toEqual({ Patient: { id: a }, PatientList: [{ id: a }] });
  });

  it.each([['ID', 'a variable that may be missing, where a value must stand'], ['[ID]!', 'a list, where one value stands'], ['Patient!', 'what is no scalar'], ['Nope!', 'an unknown type']])('refuses a variable declared %s: %s', async (type) => {
    expect((await ask(staff, `query ($id: ${type}) { Patient(id: $id) { id } }`, { id: a })).status).toBe(400);
  });

  it('refuses text for what decides whether a field is there', async () => {
    expect((await ask(staff, `query ($x: String!) { Patient(id: "${a}") { id @include(if: $x) } }`, { x: 'true' })).status).toBe(400);
  });

  it('takes a query on its own, and nobody else takes such a body', async () => {
    const send = (path: string) => app.request('POST', `/apis/default/${path}`, { token: staff, headers: { 'content-type': 'application/graphql' }, body: `{ Patient(id: "${a}") { id } }` });
    expect((await send('fhir/$graphql')).json.data.Patient.id).toBe(a);
    for (const path of ['fhir/Patient', 'fhir/$validate', 'api/patient']) expect([path, (await send(path)).status]).toEqual([path, 415]);
  });

  it('has one resource as the root at instance level', async () => {
    expect(await data(staff, '{ resourceType birthDate ObservationList(_reference: patient, code: "c1") { id } }', undefined, `Patient/${a}/`)).toEqual({ resourceType: 'Patient', birthDate: '1980-01-01', ObservationList: [{ id: 'obs-a1' }] });
    expect((await ask(staff, '{ id }', undefined, 'Patient/unknown/')).status).toBe(404);
    expect((await ask(mine, '{ id }', undefined, `Patient/${b}/`)).status).toBe(404);
  });

  it('searches: lists with parameters, connections with total and the way on', async () => {
    expect(await data(staff, `{ ObservationList(patient: "${a}", date: ["ge2020-01-02", "lt2020-01-04"], _sort: "-date") { id effectiveDateTime } }`)).toEqual({ ObservationList: [{ id: 'obs-a3', effectiveDateTime: '2020-01-03' }, { id: 'obs-a2', effectiveDateTime: '2020-01-02' }] });
    const first = await data(staff, `{ ObservationConnection(patient: "${a}", _count: 3) { count pagesize next edges { mode resource { id } } } }`);
    expect(first.ObservationConnection).toMatchObject({ count: 4, pagesize: 3, next: expect.any(String), edges: [{ mode: 'match' }, {}, {}] });
    const rest = await data(staff, `query ($next: String) { ObservationConnection(patient: "${a}", _count: 3, _cursor: $next) { next edges { resource { id } } } }`, { next: first.ObservationConnection.next });
    expect(rest).toMatchObject({ ObservationConnection: { next: null, edges: [expect.anything()] } });
  });

  it('follows references, the same one once, whatever level they are on', async () => {
    const query = `{ ObservationList(patient: "${a}") { id subject { reference resource { ... on Patient { name(use: official) { family } generalPractitioner { resource { ... on Practitioner { name { family } } } } } } } performer { resource { id } } } }`;
    await data(staff, query);
    const { sql } = await app.app.get(Sites).database('default');
    const spies = [jest.spyOn(sql, 'query'), jest.spyOn(sql, 'rows')];
    const { ObservationList } = await data(staff, query);
    const count = spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0);
    for (const spy of spies) spy.mockRestore();
    expect(ObservationList).toHaveLength(4);
    expect(ObservationList[0].subject.resource).toEqual({ name: [{ family: 'Anders' }], generalPractitioner: [{ resource: { name: [{ family: 'House' }] } }] });
    // The search, and one statement for both the Patient and the Practitioner.
    expect(count).toBeLessThanOrEqual(3);
  });

  it('follows references within a resource to what it contains', async () => {
    await put({ resourceType: 'MedicationRequest', id: 'rx', status: 'active', intent: 'order', subject: { reference: `Patient/${a}` }, contained: [{ resourceType: 'Medication', id: 'm', code: { text: 'Pill' } }], medicationReference: { reference: '#m' } });
    const query = '{ MedicationRequest(id: "rx") { medicationReference { resource { resourceType ... on Medication { code { text } } } other: resource(type: Patient) { id } } } }';
    expect(await data(mine, query)).toEqual({ MedicationRequest: { medicationReference: { resource: { resourceType: 'Medication', code: { text: 'Pill' } }, other: null } } });
  });

  it('keeps numbers as they were written', async () => {
    const { text } = await ask(staff, '{ Observation(id: "exact") { valueQuantity { value } referenceRange { low { value } } } }');
    expect(text).toContain('"value":1.10');
    expect(text).toContain('"value":0.50');
  });

  it('flattens, and takes the first', async () => {
    const query = `{ Patient(id: "${a}") { id name @flatten { given use } managingOrganization @flatten { reference } } }`;
    expect(await data(staff, query)).toEqual({ Patient: { id: a, given: ['Ann', 'Beth', 'Annie'], use: ['official', 'nickname'], reference: 'Organization/org' } });
    expect(await data(staff, `{ Patient(id: "${a}") { name @first { family } } }`)).toEqual({ Patient: { name: { family: 'Anders' } } });
    expect(await data(staff, `{ Patient(id: "${a}") @flatten { name @first @flatten { family } } }`)).toEqual({ family: 'Anders' });
    expect((await ask(staff, `{ Patient(id: "${a}") { name @slice(path: "use") { family } } }`)).status).toBe(400);
  });

  describe('gives a patient’s token nothing of others', () => {
    it.each([
      `{ PatientList { id name { family } } }`, `{ PatientList(name: "${CANARY}") { name { family } } }`, `{ ObservationList { code { text } } }`, `{ ObservationConnection { count edges { resource { code { text } } } } }`, `{ ObservationList(patient: "B") { code { text } } }`,
      `{ Patient(id: "A") { link { other { resource(optional: true) { ... on Patient { name { family } } } } } } }`, `{ Patient(id: "A") { link { other { resource { ... on Patient { name { family } } } } } } }`, `{ Patient(id: "B") { name { family } } }`, `{ Observation(id: "obs-b1") { code { text } } }`,
      `{ Practitioner(id: "gp") { ObservationList(_reference: performer) { code { text } subject { reference } } } }`, `{ Practitioner(id: "gp") { PatientList(_reference: general_practitioner) { id name { family } } } }`,
    ])('%s', async (query) => {
      const { text } = await ask(mine, query.replaceAll('"A"', `"${a}"`).replaceAll('"B"', `"${b}"`));
      expect([text.includes(CANARY), text.includes(`Patient/${b}`) && !text.includes('not-found'), text.includes('obs-b') && !text.includes('not-found')]).toEqual([false, false, false]);
    });

    it('and answers about the other’s as about what is not there', async () => {
      const [other, unknown] = [await ask(mine, `{ Patient(id: "${b}") { id } }`), await ask(mine, `{ Patient(id: "nobody") { id } }`)];
      const plain = (answer: typeof other, id: string) => JSON.stringify(answer.json).replaceAll(id, 'ID');
      expect(plain(other, b)).toBe(plain(unknown, 'nobody'));
      expect(other.json).toMatchObject({ data: { Patient: null }, errors: [{ path: ['Patient'], extensions: { resource: { resourceType: 'OperationOutcome', issue: [{ code: 'not-found' }] } } }] });
    });

    it('while its own are there', async () => {
      expect((await data(mine, '{ PatientList { id } ObservationConnection { count } }'))).toEqual({ PatientList: [{ id: a }], ObservationConnection: { count: 4 } });
    });
  });

  it('keeps what is restricted from those who may not see it', async () => {
    const clinician = await staffToken(app, { group: 'Clinicians' });
    expect(await data(staff, `{ Patient(id: "${a}") { ConditionList(_reference: patient) { code { text } } } }`)).toEqual({ Patient: { ConditionList: [{ code: { text: 'secret' } }] } });
    expect(await data(clinician, `{ Patient(id: "${a}") { ConditionList(_reference: patient) { code { text } } } }`)).toEqual({ Patient: { ConditionList: [] } });
    const office = await ask(await staffToken(app, { group: 'Front Office' }), `{ ObservationList(patient: "${a}") { id } PatientList(_id: "${a}") { id } }`);
    expect(office.json).toMatchObject({ data: { ObservationList: null, PatientList: [{ id: a }] }, errors: [{ path: ['ObservationList'], extensions: { resource: { issue: [{ code: 'forbidden' }] } } }] });
  });

  const nested = (depth: number): string => (depth === 0 ? 'id' : `generalPractitioner { resource { ... on Practitioner { PatientList(_reference: general_practitioner) { ${nested(depth - 1)} } } } }`);

  it.each([
    ['no query', ''], ['nonsense', '{ Patient('], ['an unknown field', '{ Nothing { id } }'], ['an unknown element', '{ PatientList { nothing } }'], ['an unknown argument', '{ PatientList(nothing: "x") { id } }'], ['FHIRPath', '{ PatientList { name(fhirpath: "use") { family } } }'],
    ['a mutation', 'mutation { PatientCreate { id } }'], ['a subscription', 'subscription { x }'], ['a query too deep', `{ PatientList { ${nested(8)} } }`], ['too many aliases', `{ ${Array.from({ length: 61 }, (_, index) => `a${index}: PatientList { id }`).join(' ')} }`],
    ['too many fields', `{ PatientList { ${'id '.repeat(1001)} } }`], ['a query too long', `{ PatientList { id } } #${'x'.repeat(20_000)}`], ['too many words', `{ PatientList(name: [${'"a" '.repeat(4100)}]) { id } }`],
    ['fragments within fragments', `{ PatientList { ...f0 } } ${Array.from({ length: 30 }, (_, index) => `fragment f${index} on Patient { ...f${index + 1} ...f${index + 1} id }`).join(' ')} fragment f30 on Patient { id }`],
    ['a fragment that holds itself', '{ PatientList { ...f } } fragment f on Patient { id ...f }'], ['the whole schema', getIntrospectionQuery()], ['the schema of the schema', '{ __type(name: "Patient") { fields { type { fields { type { fields { name } } } } } } }'],
    ['too many looks at the schema', `{ ${Array.from({ length: 11 }, (_, index) => `a${index}: __type(name: "Patient") { name }`).join(' ')} }`],
  ])('%s is 400 with an OperationOutcome', async (_, query) => {
    const started = performance.now();
    const { status, json } = await ask(staff, query);
    expect([status, json.resourceType]).toEqual([400, 'OperationOutcome']);
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it.each([[[{ query: '{ PatientList { id } }' }]], [{ query: 5 }], [{ query: '{ PatientList { id } }', variables: [] }], [{ query: '{ PatientList { id } }', operationName: 'None' }], [{ query: 'query ($id: value!) { Patient(id: $id) { id } }' }], [{ query: '{ PatientList { id } }', other: 1 }], [{}]])('a request of %j is 400', async (body) => {
    const { status, json } = await call(staff, 'POST', '$graphql', body);
    expect([status, json.resourceType]).toEqual([400, 'OperationOutcome']);
  });

  it('tells the schema type by type', async () => {
    const { __schema, __type } = await data(staff, '{ __schema { queryType { name } types { name } } __type(name: "Patient") { fields { name args { name } type { name ofType { name } } } } }');
    expect(__schema.types.length).toBeGreaterThan(600);
    expect(__type.fields.map(({ name }: { name: string }) => name)).toEqual(expect.arrayContaining(['birthDate', 'ObservationList']));
  });

  it('stops a query that searches or loads too much while it runs', async () => {
    const searches = `{ ObservationList(patient: "${a}") { ${Array.from({ length: 20 }, (_, index) => `p${index}: performer { resource { ... on Practitioner { x${index}: ObservationList(_reference: performer) { id } } } }`).join(' ')} } }`;
    const { status, json } = await ask(staff, searches);
    expect(status).toBe(200);
    expect(json.errors[0].extensions.resource.issue[0].code).toBe('too-costly');
    expect(json.errors.length).toBeLessThanOrEqual(10);
  });

  it('needs a token, and answers bad searches as errors of their field', async () => {
    expect((await app.request('GET', '/apis/default/fhir/$graphql?query={PatientList{id}}')).status).toBe(401);
    const { json } = await ask(staff, '{ bad: PatientList(birthdate: "soon") { id } good: PatientList(_count: 1) { id } }');
    expect([json.data.bad, json.data.good.length, json.errors[0].path, json.errors[0].extensions.resource.issue[0].code]).toEqual([null, 1, ['bad'], 'invalid']);
  });
});
