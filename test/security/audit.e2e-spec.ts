import { request as httpRequest } from 'node:http';
import { randomUUID } from 'node:crypto';
import { ResourceWriter } from '../../src/fhir';
import { type AuditRow, Clinic, type NewPatient } from '../standard/clinic.fixture';
import { Tokens } from './tokens.fixture';

const NOBODY = '00000000-0000-4000-8000-000000000000';
const CANARY = 'Quetzalcoatl';

describe('the audit trail', () => {
  let clinic: Clinic;
  let ada: NewPatient;
  let visit: { eid: number; euuid: string };
  let tokens: Tokens;
  let portal: string;
  beforeAll(async () => {
    clinic = await Clinic.start({ LOG_LEVEL: 'silent' });
    ada = await clinic.patient();
    visit = await clinic.encounter(ada.uuid);
    tokens = await Tokens.of(clinic.app);
    portal = await tokens.patient(ada.uuid);
  });
  afterAll(() => clinic.stop());
  afterEach(() => jest.restoreAllMocks());

  const only = async (method: string, path: string, options: { body?: unknown; token?: string | null } = {}): Promise<AuditRow> => {
    const { answer, rows } = await clinic.audited(method, `/apis/default${path}`, options);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ method, status: answer.status, address: '127.0.0.1' });
    expect(rows[0]!.recorded).toBeGreaterThan(Date.now() - 60_000);
    return rows[0]!;
  };
  const vitals = () => `/api/patient/${ada.pid}/encounter/${visit.eid}/vital`;

  it('says who did what to whose record, by which client, with what outcome', async () => {
    const row = await only('GET', `/api/patient/${ada.uuid}`);
    expect(row).toMatchObject({ actor_kind: 'user', actor: expect.stringMatching(/^Practitioner\//), actor_name: expect.stringMatching(/^staff-/), client: expect.any(String), patient: ada.uuid, action: 'read', entity: `patient/${ada.uuid}`, route: '/apis/:site/api/patient/:puuid', outcome: 'success' });
  });

  it('writes one row for each kind of access, on every surface', async () => {
    const person = { fname: 'Ada', lname: 'Lovelace', DOB: '1985-12-10', sex: 'Female' };
    const calls: [string, string, unknown, Record<string, unknown>][] = [
      ['GET', '/api/patient', undefined, { action: 'search', entity: 'patient', patient: null }],
      ['POST', '/api/patient', person, { action: 'create', entity: expect.stringMatching(/^patient\/.{36}$/), patient: expect.any(String) }],
      ['PUT', `/api/patient/${ada.uuid}`, { city: 'Boston' }, { action: 'update', entity: `patient/${ada.uuid}`, patient: ada.uuid }],
      ['GET', `/api/patient/${ada.uuid}/encounter`, undefined, { action: 'search', entity: 'encounter', patient: ada.uuid }],
      ['GET', `/api/patient/${ada.uuid}/encounter/${visit.euuid}`, undefined, { action: 'read', entity: `encounter/${visit.euuid}`, patient: ada.uuid }],
      ['POST', `/api/patient/${ada.uuid}/encounter`, { pc_catid: '5', class_code: 'AMB' }, { action: 'create', entity: expect.stringMatching(/^encounter\/.{36}$/), patient: ada.uuid }],
      ['POST', vitals(), { pulse: '70' }, { action: 'create', entity: expect.stringMatching(/^vital\/.{36}$/), patient: ada.uuid }],
      ['GET', vitals(), undefined, { action: 'search', entity: 'vital', patient: ada.uuid }],
      ['GET', '/api/facility', undefined, { action: 'search', entity: 'facility', patient: null }],
      ['GET', '/api/practitioner', undefined, { action: 'search', entity: 'practitioner', patient: null }],
      ['GET', `/fhir/Patient/${ada.uuid}`, undefined, { action: 'read', patient: ada.uuid }],
      ['GET', `/fhir/Patient?family=${CANARY}`, undefined, { action: 'search' }],
      ['GET', `/fhir/Observation?patient=${ada.uuid}`, undefined, { action: 'search', entity: 'Observation', patient: ada.uuid }],
      ['GET', `/fhir/Observation?subject=Patient/${ada.uuid}&_revinclude=Provenance:target`, undefined, { action: 'search', entity: 'Observation', patient: ada.uuid }],
      ['GET', `/fhir/Observation?patient=${ada.uuid},${NOBODY}`, undefined, { action: 'search', entity: 'Observation', patient: null }],
      ['GET', `/fhir/Observation/$lastn?patient=${ada.uuid}`, undefined, { action: '$lastn', entity: 'Observation', patient: ada.uuid }],
      ['GET', `/fhir/Patient/${ada.uuid}/_history`, undefined, { action: expect.stringMatching(/^history/) }],
      ['POST', '/fhir/Patient', { resourceType: 'Patient', name: [{ family: CANARY }] }, { action: 'create', patient: expect.any(String) }],
      ['PATCH', `/fhir/Patient/${ada.uuid}`, { resourceType: 'Parameters', parameter: [{ name: 'operation', part: [{ name: 'type', valueCode: 'delete' }, { name: 'path', valueString: 'Patient.photo' }] }] }, { action: 'patch', entity: `Patient/${ada.uuid}`, patient: ada.uuid }],
      ['PUT', '/fhir/Patient?identifier=urn:audit|1', { resourceType: 'Patient', identifier: [{ system: 'urn:audit', value: '1' }] }, { action: 'create', entity: expect.stringMatching(/^Patient\/.{36}$/), patient: expect.any(String) }],
      ['DELETE', '/fhir/Patient?identifier=urn:audit|1', undefined, { action: 'delete', entity: expect.stringMatching(/^Patient\/.{36}$/), patient: expect.any(String) }],
      ['DELETE', '/fhir/Patient?identifier=urn:audit|1', undefined, { action: 'delete', entity: 'Patient', patient: null }],
      ['DELETE', `/fhir/Patient/${(await clinic.patient()).uuid}`, undefined, { action: 'delete', patient: expect.any(String) }],
    ];
    for (const [method, path, body, expected] of calls) expect([path, await only(method, path, { body })]).toEqual([path, expect.objectContaining({ ...expected, outcome: 'success', actor_kind: 'user' })]);
  });

  it('names the patient who reads their own record', async () => {
    expect(await only('GET', '/portal/patient', { token: portal })).toMatchObject({ actor_kind: 'patient', actor: `Patient/${ada.uuid}`, client: tokens.clientId, patient: ada.uuid, action: 'read', outcome: 'success' });
  });

  describe('refusals', () => {
    it('without a token', async () => {
      for (const path of ['/api/patient', '/portal/patient', '/fhir/Patient', '/api/nothing', '/nothing']) expect(await only('GET', path, { token: null })).toMatchObject({ actor_kind: 'anonymous', status: 401, outcome: 'refused' });
    });

    it('with a token that is not enough: known by name', async () => {
      expect(await only('GET', '/api/patient', { token: portal })).toMatchObject({ actor_kind: 'patient', status: 403, outcome: 'refused' });
      expect(await only('GET', '/api/facility', { token: await tokens.staff('Front Office') })).toMatchObject({ actor_kind: 'user', client: tokens.clientId, status: 403, outcome: 'refused' });
      expect(await only('GET', '/api/facility', { token: await tokens.staff('Administrators', ['api:oemr']) })).toMatchObject({ actor_kind: 'user', status: 401, outcome: 'refused' });
    });

    it('of bad input, unknown records and unknown routes', async () => {
      expect(await only('POST', '/api/patient', { body: { fname: CANARY } })).toMatchObject({ status: 400, outcome: 'invalid' });
      expect(await only('GET', `/api/patient/${NOBODY}`)).toMatchObject({ status: 400, outcome: 'invalid', action: 'read' });
      expect(await only('PUT', `/api/patient/${NOBODY}`, { body: { city: 'Boston' } })).toMatchObject({ status: 400, outcome: 'invalid' });
      expect(await only('GET', `${vitals()}/99999`)).toMatchObject({ status: 404, outcome: 'invalid', patient: ada.uuid });
      expect(await only('GET', '/api/nothing')).toMatchObject({ status: 404, outcome: 'invalid' });
    });
  });

  it('has exactly one row, its failure, for a write that fails after all was stored', async () => {
    const writer = clinic.app.app.get(ResourceWriter);
    const project = writer.project.bind(writer);
    jest.spyOn(writer, 'project').mockImplementation(async (...all: Parameters<typeof project>) => {
      await project(...all);
      throw new Error('the disk is full');
    });
    const row = await only('POST', '/api/patient', { body: { fname: 'Eve', lname: 'Failure', DOB: '1985-12-10', sex: 'Female' } });
    expect(row).toMatchObject({ status: 500, outcome: 'failure', action: 'create' });
    jest.restoreAllMocks();
    expect((await clinic.api('GET', '/patient?lname=Failure')).json.data).toEqual([]);
    expect((await clinic.fhir('GET', '/Patient?family=Failure')).json.entry ?? []).toEqual([]);
  });

  it('holds no clinical value, name, token or query text, wherever it was sent', async () => {
    const { json } = await clinic.api('POST', '/patient', { fname: CANARY, lname: CANARY, DOB: '1985-12-10', sex: 'Female', ss: '999-77-6543' });
    const { uuid } = json.data;
    await clinic.api('GET', `/patient?lname=${CANARY}&ss=999-77-6543`);
    await clinic.api('PUT', `/patient/${uuid}`, { occupation: CANARY, email: CANARY });
    for (const path of [`/patient/${CANARY}`, `/patient/${CANARY}/encounter`, `/patient/${ada.uuid}/encounter/${CANARY}`, `/patient/${CANARY}/encounter/1/vital`, `/patient/1/encounter/1/vital/${CANARY}`, `/facility/${CANARY}`, `/practitioner/${CANARY}`, `/allergy/${CANARY}`, `/patient/${ada.uuid}/medical_problem/${CANARY}`, `/${CANARY}`]) {
      await clinic.api('GET', path);
      await clinic.api('PUT', path, { fname: CANARY });
      await clinic.api('GET', path, undefined, null);
    }
    await clinic.fhir('GET', `/Patient?name=${CANARY}`);
    await clinic.portal(`/patient/encounter/${CANARY}`, portal);
    await clinic.auditRows('none');
    const text = JSON.stringify(await clinic.sql('SELECT * FROM audit_event'));
    for (const secret of [CANARY, '999-77-6543', clinic.admin, portal, 'SELECT']) expect(text.includes(secret)).toBe(false);
  });

  it('loses no row to a caller who makes one that does not fit', async () => {
    const [first, last] = [randomUUID(), randomUUID()];
    const read = (id: string) => clinic.app.request('GET', '/apis/default/api/facility', { token: clinic.admin, headers: { 'x-request-id': id } });
    await read(first);
    const long = 'x'.repeat(150);
    for (const path of [`/patient/${long}`, `/patient/${long}/encounter`, `/patient/${ada.uuid}/encounter/${long}`, `/facility/${long}`, `/practitioner/${long}`]) {
      await clinic.api('GET', path);
      await clinic.api('PUT', path, { user: 'x', group: 'y' });
    }
    await clinic.fhir('GET', `/Patient/${'x'.repeat(64)}`);
    await clinic.fhir('PUT', `/Patient/${long}`, { resourceType: 'Patient', id: long });
    await unusual('UNSUBSCRIBE');
    await read(last);
    expect([(await clinic.auditRows(first)).length, (await clinic.auditRows(last)).length]).toEqual([1, 1]);
  });

  const unusual = (method: string): Promise<number> =>
    new Promise((resolve, reject) => {
      httpRequest(`${clinic.app.url}/apis/default/api/patient`, { method }, (response) => {
        response.resume();
        resolve(response.statusCode!);
      }).on('error', reject).end();
    });

  it('keeps request ids to one harmless line', async () => {
    const { headers } = await clinic.app.request('GET', '/apis/default/api/patient', { token: clinic.admin, headers: { 'x-request-id': 'a b"; DROP' } });
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });
});
