import { randomUUID } from 'node:crypto';
import { patientToken, staffToken } from '../harness/sign-in';
import { startApp, type TestApp } from '../harness/start-app';

const MRN = 'https://clinic.example/mrn';
const GRADE = 'http://hl7.org/fhir/StructureDefinition/match-grade';

interface Entry { resource: { id: string; resourceType: string }; search: { mode: string; score: number; extension: { url: string; valueCode: string }[] } }

describe('Patient/$match', () => {
  let app: TestApp;
  let staff: string;
  let mine: string;
  const [ada, bob, twin] = [randomUUID(), randomUUID(), randomUUID()];
  const ADA = { identifier: [{ system: MRN, value: 'A|1,2' }], name: [{ family: 'Nuñez-García', given: ['Ada'] }], birthDate: '1985-12-10', gender: 'female', telecom: [{ system: 'email', value: 'ada@example.org' }] };

  beforeAll(async () => {
    app = await startApp();
    staff = await staffToken(app);
    await put({ resourceType: 'Patient', id: ada, ...ADA });
    await put({ resourceType: 'Patient', id: bob, identifier: [{ system: MRN, value: 'B' }], name: [{ family: 'Nuñez', given: ['Bob'] }], birthDate: '1950-02-03', gender: 'male' });
    await put({ resourceType: 'Patient', id: twin, name: [{ family: 'Nunez Garcia', given: ['Ana'] }], birthDate: '1985-12-10', gender: 'female' });
    await put({ resourceType: 'Patient', id: 'hidden', meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }] }, ...ADA, identifier: [{ system: MRN, value: 'H' }] });
    mine = await patientToken(app, bob);
  }, 60_000);
  afterAll(() => app.stop());

  const call = (token: string, method: string, path: string, body?: unknown) => app.request(method, `/apis/default/fhir/${path}`, { token, body });
  const put = (resource: { resourceType: string; id: string; [element: string]: unknown }) => call(staff, 'PUT', `${resource.resourceType}/${resource.id}`, resource);
  const asked = (patient: object, ...more: object[]) => ({ resourceType: 'Parameters', parameter: [{ name: 'resource', resource: { resourceType: 'Patient', ...patient } }, ...more] });
  const match = async (token: string, patient: object, ...more: object[]): Promise<Entry[]> => (await call(token, 'POST', 'Patient/$match', asked(patient, ...more))).json.entry ?? [];
  const clinician = () => staffToken(app, { group: 'Clinicians' });

  it('finds by identifier, with score and grade', async () => {
    const { json } = await call(staff, 'POST', 'Patient/$match', asked({ identifier: ADA.identifier }));
    expect([json.type, json.total]).toEqual(['searchset', 1]);
    expect(json.entry[0]).toMatchObject({ resource: { id: ada }, search: { mode: 'match', score: 1, extension: [{ url: GRADE, valueCode: 'certain' }] } });
    expect(json.entry[0].fullUrl).toMatch(new RegExp(`/apis/default/fhir/Patient/${ada}$`));
  });

  it('finds by name however it is written, the likeliest first', async () => {
    const found = await match(await clinician(), { name: [{ family: 'NUNEZ GARCIA', given: ['ada'] }], birthDate: '1985-12-10' });
    expect(found.map(({ resource }) => resource.id)).toEqual([ada, twin]);
    expect(found[0]!.search.score).toBeGreaterThan(found[1]!.search.score);
    expect(await match(await clinician(), { name: [{ family: 'Nunez Garcia' }], birthDate: '1985-12-10' }, { name: 'count', valueInteger: 1 })).toHaveLength(1);
  });

  it('tells only who certainly is the patient, if asked to', async () => {
    const only = { name: 'onlyCertainMatches', valueBoolean: true };
    expect((await match(await clinician(), ADA, only)).map(({ resource }) => resource.id)).toEqual([ada]);
    expect(await match(await clinician(), { name: ADA.name, birthDate: ADA.birthDate }, only)).toEqual([]);
    const several = await match(staff, { name: ADA.name, birthDate: ADA.birthDate, telecom: ADA.telecom }, only);
    expect(several.map(({ resource, search }) => [resource.resourceType, search.mode])).toEqual([['OperationOutcome', 'outcome']]);
  });

  it('answers an empty Bundle about nobody', async () => {
    const { status, json } = await call(staff, 'POST', 'Patient/$match', asked({ name: [{ family: 'Nobody' }], birthDate: '1900-01-01' }));
    expect([status, json.total, json.entry]).toEqual([200, 0, undefined]);
  });

  it('takes the Patient as the body itself', async () => {
    expect((await call(staff, 'POST', 'Patient/$match?count=3', { resourceType: 'Patient', identifier: ADA.identifier })).json.total).toBe(1);
  });

  it('tells patients of themselves alone, and the same whatever they guess about others', async () => {
    expect((await match(mine, { identifier: [{ system: MRN, value: 'B' }] })).map(({ resource }) => resource.id)).toEqual([bob]);
    const guesses = [ADA, { identifier: ADA.identifier }, { name: ADA.name }, { birthDate: ADA.birthDate }, { telecom: ADA.telecom }, { name: [{ family: 'Nobody' }] }];
    for (const guess of guesses) expect(await match(mine, guess)).toEqual([]);
  });

  it('does not tell who is hidden for sensitivity', async () => {
    expect((await match(staff, { identifier: [{ system: MRN, value: 'H' }] })).map(({ resource }) => resource.id)).toEqual(['hidden']);
    expect(await match(await clinician(), { identifier: [{ system: MRN, value: 'H' }] })).toEqual([]);
  });

  it('is refused without the right to search patients', async () => {
    const reader = await staffToken(app, { scopes: 'openid api:fhir user/Patient.r' });
    expect((await call(reader, 'POST', 'Patient/$match', asked(ADA))).status).toBe(403);
  });

  it.each([
    [asked({}), 'identifier'], [asked({ gender: 'female' }), 'identifier'], [asked({ birthDate: 'soon' }), 'birthDate'], [asked({ name: 'x' }), 'name'], [{ resourceType: 'Parameters' }, 'resource'],
    [{ resourceType: 'Parameters', parameter: [{ name: 'resource', resource: { resourceType: 'Person' } }] }, 'Patient'], [asked(ADA, { name: 'count', valueInteger: 0 }), 'count'], [asked(ADA, { name: 'patient', valueString: ada }), 'patient'],
  ])('refuses %j, naming %s', async (body, named) => {
    const { status, text } = await call(staff, 'POST', 'Patient/$match', body);
    expect([status, text.includes(named)]).toEqual([400, true]);
  });
});
