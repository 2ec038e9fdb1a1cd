import { CANARY, Holders, observation } from './holders.fixture';

const PRACTITIONER = '7b1f2f5c-0000-4000-8000-000000000001';
const CLINICAL = ['Observation', 'Condition', 'AllergyIntolerance', 'Encounter', 'DiagnosticReport', 'MedicationRequest', 'Immunization', 'Procedure', 'DocumentReference', 'CarePlan', 'Goal', 'ServiceRequest', 'Task', 'Provenance'];

let holders: Holders;
let admin: string;
let bens: string;
beforeAll(async () => {
  holders = await Holders.open();
  admin = await holders.user('user/*.cruds');
  await holders.fhir(admin, 'PUT', `Practitioner/${PRACTITIONER}`, { resourceType: 'Practitioner', id: PRACTITIONER, name: [{ family: 'Shared' }] });
  const performer = [{ reference: `Practitioner/${PRACTITIONER}` }];
  await holders.fhir(admin, 'POST', 'Observation', observation(holders.id('Ana'), 'vital-signs', { performer }));
  bens = (await holders.fhir(admin, 'POST', 'Observation', observation(holders.id('Ben'), 'vital-signs', { performer, code: { text: CANARY, coding: [{ system: 'urn:codes', code: CANARY }] } }))).json.id;
  await holders.fhir(admin, 'POST', 'Condition', { resourceType: 'Condition', subject: { reference: `Patient/${holders.id('Ben')}` }, code: { text: CANARY } });
});
afterAll(() => holders.stop());

describe.each<[string, () => Promise<string>]>([
  ['staff who launched an app for Ana', () => holders.launched('patient/*.rs')],
  ['Ana herself', () => holders.patient('patient/*.rs')],
])('patient/*.rs of %s', (_who, holder) => {
  let token: string;
  let ben: string;
  beforeAll(async () => {
    token = await holder();
    ben = holders.id('Ben');
  });

  it.each<[string, () => string]>([
    ['Ben’s record', () => `Patient/${ben}`], ['a version of it', () => `Patient/${ben}/_history/1`], ['its history', () => `Patient/${ben}/_history`],
    ['his observation', () => `Observation/${bens}`], ['a version of that', () => `Observation/${bens}/_history/1`], ['the history of that', () => `Observation/${bens}/_history`],
  ])('does not reach %s', async (_what, path) => expect((await holders.fhir(token, 'GET', path())).status).toBe(404));

  it.each<[string, (ben: string) => string]>([
    ['Patient', () => 'Patient'], ['Patient?_id', (id) => `Patient?_id=${id}`], ['Patient?name', () => 'Patient?family=O’Hara'], ['Observation', () => 'Observation'], ['Condition', () => 'Condition'], ['patient=', (id) => `Observation?patient=${id}`],
    ['subject=', (id) => `Observation?subject=Patient/${id}`], ['an absolute reference', (id) => `Observation?subject=${encodeURIComponent(`${holders.clinic.fhir}/Patient/${id}`)}`], ['both', (id) => `Observation?patient=${holders.id('Ana')},${id}`],
    ['_revinclude from a shared type', () => 'Practitioner?_revinclude=Observation:performer'], ['every include', () => 'Practitioner?_revinclude=*&_include=*&_include:iterate=*'], ['_has', () => `Practitioner?_has:Observation:performer:code=${CANARY}`],
    ['a chain', () => 'Observation?subject:Patient.family=O’Hara'], ['a modifier', () => 'Observation?code:not=8867-4'],
  ])('finds nothing of Ben by %s', async (_what, query) => {
    const answer = await holders.fhir(token, 'GET', query(ben));
    expect(answer.status).toBe(200);
    const entries = JSON.stringify(answer.json.entry ?? []);
    expect(entries).not.toContain(CANARY);
    expect(entries).not.toContain(ben);
  });

  it('gets nothing of Ben in a batch', async () => {
    const urls = [`Patient/${ben}`, `Observation/${bens}`, `Observation?patient=${ben}`, `${holders.clinic.fhir}/Patient/${ben}`];
    const answer = await holders.fhir(token, 'POST', '', { resourceType: 'Bundle', type: 'batch', entry: urls.map((url) => ({ request: { method: 'GET', url } })) });
    expect(answer.text).not.toContain(CANARY);
    expect(answer.json.entry.map((entry: { response: { status: string } }) => entry.response.status.slice(0, 3))).toEqual(['404', '404', '200', expect.stringMatching(/40[04]/)]);
  });

  it('writes nothing, neither for Ben nor for Ana', async () => {
    for (const patient of ['Ana', 'Ben']) expect((await holders.fhir(token, 'POST', 'Observation', observation(holders.id(patient), 'survey'))).status).toBe(403);
    expect((await holders.fhir(token, 'DELETE', `Observation/${bens}`)).status).toBe(403);
    expect((await holders.fhir(admin, 'GET', `Observation/${bens}`)).status).toBe(200);
  });

  it('reads Ana’s record and the practitioner in it', async () => {
    expect((await holders.fhir(token, 'GET', `Patient/${holders.id('Ana')}`)).status).toBe(200);
    expect((await holders.fhir(token, 'GET', 'Observation?_include=Observation:performer')).json.entry).toHaveLength(2);
  });
});

describe('fhirUser', () => {
  it('opens the one resource that says who signed in, to staff and patients alike', async () => {
    const doctor = holders.clinic.people.get('doctor')!.fhirUser;
    const id = doctor.split('/')[1];
    await holders.fhir(admin, 'PUT', doctor, { resourceType: 'Practitioner', id, name: [{ family: 'Self' }] });
    const [staff, patient] = [await holders.user('openid fhirUser', 'doctor'), await holders.patient('openid fhirUser')];
    const status = async (token: string, path: string) => (await holders.fhir(token, 'GET', path)).status;
    expect([await status(staff, doctor), await status(patient, `Patient/${holders.id('Ana')}`)]).toEqual([200, 200]);
    expect([await status(staff, `Practitioner/${PRACTITIONER}`), await status(patient, `Patient/${holders.id('Ben')}`)]).toEqual([404, 404]);
    expect([await status(staff, 'Practitioner'), await status(patient, 'Patient'), await status(patient, 'Observation'), await status(staff, `Patient/${holders.id('Ana')}`)]).toEqual([403, 403, 403, 403]);
    expect((await holders.fhir(staff, 'PUT', doctor, { resourceType: 'Practitioner', id })).status).toBe(403);
  });

  it('opens nothing without the scope', async () => {
    expect((await holders.fhir(await holders.patient('openid'), 'GET', `Patient/${holders.id('Ana')}`)).status).toBe(403);
  });
});

describe.each<[string, string]>([['the front office', 'receptionist'], ['accounting', 'bookkeeper']])('%s with user/*.cruds', (_group, username) => {
  let token: string;
  beforeAll(async () => {
    token = await holders.user('api:oemr user/*.cruds user/patient.cruds user/encounter.cruds user/vital.cruds user/allergy.cruds user/medical_problem.cruds', username);
  });

  it.each(CLINICAL.filter((type) => type !== 'Encounter' || username === 'receptionist'))('neither searches, reads nor creates %s', async (type) => {
    const [search, read, create] = [await holders.fhir(token, 'GET', type), await holders.fhir(token, 'GET', `${type}/${bens}`), await holders.fhir(token, 'POST', type, { resourceType: type })];
    expect([search.status, read.status]).toEqual([403, 403]);
    expect([400, 403, 422]).toContain(create.status);
  });

  it('creates no observation, whole as it is', async () => expect((await holders.fhir(token, 'POST', 'Observation', observation(holders.id('Ana'), 'survey'))).status).toBe(403));

  it('sees patients, but their records neither by _revinclude nor by guesses', async () => {
    expect((await holders.fhir(token, 'GET', 'Patient')).json.entry).toHaveLength(3);
    const included = await holders.fhir(token, 'GET', 'Patient?_revinclude=Observation:patient&_revinclude=*');
    expect(included.text).not.toContain(CANARY);
    const right = await holders.fhir(token, 'GET', `Patient?_has:Observation:patient:code=${CANARY}`);
    const wrong = await holders.fhir(token, 'GET', 'Patient?_has:Observation:patient:code=nothing-like-it');
    expect([right.status, right.json.entry ?? []]).toEqual([wrong.status, wrong.json.entry ?? []]);
  });

  it.each(['medical_problem', 'allergy'])('is kept from the standard API’s %s of a patient', async (route) => {
    expect((await holders.clinic.app.request('GET', `/apis/default/api/patient/${holders.id('Ben')}/${route}`, { token })).status).toBe(403);
  });

  it('may list patients in the standard API', async () => expect((await holders.clinic.app.request('GET', '/apis/default/api/patient', { token })).status).toBe(200));
});
