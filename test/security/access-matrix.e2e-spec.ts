import { startApp, type TestApp } from '../harness/start-app';
import { type Route, routesOf } from './routes';
import { PORTAL_SCOPES, STAFF_SCOPES, Tokens } from './tokens.fixture';

const NOBODY = '00000000-0000-4000-8000-000000000000';

/** OpenEMR's route table: what each route demands. A route that is not here fails the test, and so does a row without its route. */
const STANDARD = `
  GET    /api/facility                              user/facility.s          admin/users
  GET    /api/facility/:fuuid                       user/facility.r          admin/users
  POST   /api/facility                              user/facility.c          admin/super
  PUT    /api/facility/:fuuid                       user/facility.u          admin/super
  GET    /api/patient                               user/patient.s           patients/demo
  POST   /api/patient                               user/patient.c           patients/demo
  PUT    /api/patient/:puuid                        user/patient.u           patients/demo
  GET    /api/patient/:puuid                        user/patient.r           patients/demo
  GET    /api/patient/:puuid/encounter              user/encounter.s         encounters/auth_a
  POST   /api/patient/:puuid/encounter              user/encounter.c         encounters/auth_a
  PUT    /api/patient/:puuid/encounter/:euuid       user/encounter.u         encounters/auth_a
  GET    /api/patient/:puuid/encounter/:euuid       user/encounter.r         encounters/auth_a
  POST   /api/patient/:pid/encounter/:eid/vital     user/vital.c             encounters/notes
  PUT    /api/patient/:pid/encounter/:eid/vital/:vid  user/vital.u           encounters/notes
  GET    /api/patient/:pid/encounter/:eid/vital     user/vital.s             encounters/notes
  GET    /api/patient/:pid/encounter/:eid/vital/:vid  user/vital.r           encounters/notes
  GET    /api/practitioner                          user/practitioner.s      admin/users
  GET    /api/practitioner/:pruuid                  user/practitioner.r      admin/users
  POST   /api/practitioner                          user/practitioner.c      admin/users
  PUT    /api/practitioner/:pruuid                  user/practitioner.u      admin/users
  GET    /api/medical_problem                       user/medical_problem.s   encounters/notes
  GET    /api/medical_problem/:muuid                user/medical_problem.r   encounters/notes
  GET    /api/patient/:puuid/medical_problem        user/medical_problem.s   encounters/notes
  GET    /api/patient/:puuid/medical_problem/:muuid user/medical_problem.r   patients/med
  POST   /api/patient/:puuid/medical_problem        user/medical_problem.c   patients/med
  PUT    /api/patient/:puuid/medical_problem/:muuid user/medical_problem.u   patients/med
  DELETE /api/patient/:puuid/medical_problem/:muuid user/medical_problem.d   patients/med
  GET    /api/allergy                               user/allergy.s           patients/med
  GET    /api/allergy/:auuid                        user/allergy.r           patients/med
  GET    /api/patient/:puuid/allergy                user/allergy.s           patients/med
  GET    /api/patient/:puuid/allergy/:auuid         user/allergy.r           patients/med
  POST   /api/patient/:puuid/allergy                user/allergy.c           patients/med
  PUT    /api/patient/:puuid/allergy/:auuid         user/allergy.u           patients/med
  DELETE /api/patient/:puuid/allergy/:auuid         user/allergy.d           patients/med`;

const PORTAL = `
  GET /portal/patient                   patient/patient.s
  GET /portal/patient/encounter         patient/encounter.s
  GET /portal/patient/encounter/:euuid  patient/encounter.r`;

/** Which groups hold an access control object at all, by OpenEMR's defaults. */
const HOLDERS: Record<string, string[]> = {
  'admin/users': ['Administrators', 'Emergency Login'],
  'admin/super': ['Administrators', 'Emergency Login'],
  'patients/demo': ['Administrators', 'Emergency Login', 'Physicians', 'Clinicians', 'Front Office', 'Accounting'],
  'patients/med': ['Administrators', 'Emergency Login', 'Physicians', 'Clinicians'],
  'encounters/auth_a': ['Administrators', 'Emergency Login', 'Physicians', 'Accounting'],
  'encounters/notes': ['Administrators', 'Emergency Login', 'Physicians', 'Clinicians'],
};
const GROUPS = ['Administrators', 'Emergency Login', 'Physicians', 'Clinicians', 'Front Office', 'Accounting'];

interface Row {
  name: string;
  method: string;
  path: string;
  scope: string;
  acl: string;
}

const rows = (table: string): Row[] =>
  table.trim().split('\n').map((line) => {
    const [method = '', path = '', scope = '', acl = ''] = line.trim().split(/\s+/);
    return { name: `${method} ${path}`, method, path, scope, acl };
  });

const addressOf = ({ path }: Row, site = 'default'): string => `/apis/${site}${path.replace(/:(pid|eid|vid)\b/g, '1').replace(/:\w+/g, NOBODY)}`;

/** `user/patient.cruds` without one letter. */
const without = (scopes: readonly string[], scope: string): string[] => {
  const [resource, letter] = scope.split('.') as [string, string];
  return scopes.flatMap((one) => (one.startsWith(`${resource}.`) ? [one.split('.')[1]!.replace(letter, '')].filter(Boolean).map((left) => `${resource}.${left}`) : [one]));
};

describe('who may call what', () => {
  let app: TestApp;
  let tokens: Tokens;
  let patient: string;
  let system: string;
  const groups: Record<string, string> = {};
  beforeAll(async () => {
    app = await startApp();
    tokens = await Tokens.of(app);
    for (const group of GROUPS) groups[group] = await tokens.staff(group);
    const { json } = await app.request('POST', '/apis/default/api/patient', { token: groups.Administrators, body: { fname: 'Ada', lname: 'Lovelace', DOB: '1985-12-10', sex: 'Female' } });
    patient = await tokens.patient(json.data.uuid);
    system = await tokens.system();
  }, 60_000);
  afterAll(() => app.stop());

  const status = async (row: Row, token?: string, site?: string): Promise<number> =>
    (await app.request(row.method, addressOf(row, site), { ...(token !== undefined && { token }), ...(row.method !== 'GET' && row.method !== 'DELETE' && { body: {} }) })).status;
  const served = (surface: string): Route[] => routesOf(app).filter(({ rule }) => rule.surface === surface);

  it('serves the routes of the tables and no others, each with the scope and the right of its row', () => {
    const declared = served('standard').map(({ method, path, rule }) => [`${method} ${path.replace('/apis/:site', '')}`, rule.surface === 'standard' && `${rule.scope} ${rule.acl}`]);
    expect(Object.fromEntries(declared)).toEqual(Object.fromEntries(rows(STANDARD).map((row) => [row.name, `${row.scope} ${row.acl}`])));
    const portal = served('portal').map(({ method, path, rule }) => [`${method} ${path.replace('/apis/:site', '')}`, rule.surface === 'portal' && rule.scope]);
    expect(Object.fromEntries(portal)).toEqual(Object.fromEntries(rows(PORTAL).map((row) => [row.name, row.scope])));
  });

  it('leaves no route without a rule', () => {
    expect(routesOf(app).filter(({ rule }) => !rule).map(({ path }) => path)).toEqual([]);
    expect(routesOf(app).length).toBeGreaterThan(60);
  });

  describe.each(rows(STANDARD))('$name', (row) => {
    it('is refused without a valid token: 401', async () => {
      expect([await status(row), await status(row, 'forged'), await status(row, '')]).toEqual([401, 401, 401]);
    });

    it('is refused without the gate api:oemr: 403', async () => {
      expect(await status(row, await tokens.staff('Administrators', STAFF_SCOPES.filter((scope) => scope !== 'api:oemr')))).toBe(403);
    });

    it('is refused to patients and backend clients: 403', async () => {
      expect([await status(row, patient), await status(row, system)]).toEqual([403, 403]);
    });

    it('is refused without its own scope, all others granted: 401', async () => {
      expect(await status(row, await tokens.staff('Administrators', without(STAFF_SCOPES, row.scope)))).toBe(401);
    });

    it('is refused to roles without the right, and open to those with it', async () => {
      const found = await Promise.all(GROUPS.map(async (group) => [group, await status(row, groups[group])] as const));
      const expected = GROUPS.map((group) => [group, HOLDERS[row.acl]!.includes(group) ? 'open' : 403]);
      expect(found.map(([group, code]) => [group, code === 401 || code === 403 ? code : code >= 500 ? `fault ${code}` : 'open'])).toEqual(expected);
    });

    it('is refused to a token of this site at another: 401', async () => {
      expect(await status(row, groups.Administrators, 'alternate')).toBe(401);
    });
  });

  describe.each(rows(PORTAL))('$name', (row) => {
    it('asks for a patient’s token, the gate api:port and its own scope', async () => {
      const mine = async (scopes: string[]) => status(row, await tokens.patient(await patientId(), scopes));
      expect([await status(row), await status(row, 'forged')]).toEqual([401, 401]);
      expect(await mine(PORTAL_SCOPES.filter((scope) => scope !== 'api:port'))).toBe(403);
      expect(await mine(without(PORTAL_SCOPES, row.scope))).toBe(401);
      expect([await status(row, groups.Administrators), await status(row, system)]).toEqual([403, 403]);
      expect([200, 404]).toContain(await status(row, patient));
      expect(await status(row, patient, 'alternate')).toBe(401);
    });
  });

  const patientId = async (): Promise<string> => (await app.request('GET', '/apis/default/portal/patient', { token: patient })).json.data.uuid;

  describe('scopes of the first version', () => {
    it.each([
      ['read', 'GET', '/api/patient', true], ['read', 'GET', `/api/patient/${NOBODY}`, true], ['read', 'POST', '/api/patient', false], ['read', 'PUT', `/api/patient/${NOBODY}`, false],
      ['write', 'POST', '/api/patient', true], ['write', 'PUT', `/api/patient/${NOBODY}`, true], ['write', 'GET', '/api/patient', false], ['write', 'GET', `/api/patient/${NOBODY}`, false],
    ])('user/patient.%s and %s %s', async (verb, method, path, allowed) => {
      const token = await tokens.staff('Administrators', ['api:oemr', `user/patient.${verb}`]);
      const { status: code } = await app.request(method, `/apis/default${path}`, { token, ...(method !== 'GET' && { body: {} }) });
      expect(code === 401).toBe(!allowed);
    });
  });

  describe('addresses nobody serves', () => {
    it.each(['/api/nothing', '/api/patient/1/2/3', '/portal/nothing', '/fhir/Nothing/1/2/3', '/nothing'])('%s is 401 without a token and 404 with one', async (path) => {
      expect((await app.request('GET', `/apis/default${path}`)).status).toBe(401);
      expect((await app.request('GET', `/apis/default${path}`, { token: groups.Administrators })).status).toBe(404);
    });
  });

  describe('other sites', () => {
    const SITES = ['unknown', 'Default', 'DEFAULT', 'default%00', '..', '%2e%2e', 'default%2f..%2falternate', 'default ', 'x'.repeat(150), 'default.sqlite', '*', "'", 'alternate%2e'];
    it.each(SITES)('site “%s” is no site: 400 or 404 in the format of each surface, and no database of that name', async (site) => {
      for (const surface of ['api/patient', 'portal/patient', 'fhir/Patient']) {
        const answer = await app.request('GET', `/apis/${site}/${surface}`, { token: groups.Administrators });
        expect([surface, [400, 404].includes(answer.status)]).toEqual([surface, true]);
        expect(answer.text).not.toMatch(/Lovelace|sqlite|SELECT/i);
      }
      const { status: code } = await app.request('POST', `/oauth2/${site}/token`, { form: { grant_type: 'password' } });
      expect([400, 404]).toContain(code);
    });

    it('an unknown site is 400, told in the words of the surface', async () => {
      const at = (path: string) => app.request('GET', path, { token: groups.Administrators });
      expect((await at('/apis/unknown/fhir/Patient')).json).toMatchObject({ resourceType: 'OperationOutcome' });
      expect((await at('/apis/unknown/api/patient')).json).toMatchObject({ error: 'invalid', message: expect.any(String), code: 400 });
      expect((await at('/apis/unknown/portal/patient')).json).toMatchObject({ error: 'invalid', code: 400 });
      expect((await at('/oauth2/unknown/.well-known/openid-configuration')).json).toMatchObject({ error: expect.any(String), error_description: expect.any(String) });
    });

    it('a site sees its own patients alone', async () => {
      const there = await (await Tokens.of(app, 'alternate')).staff('Administrators');
      expect((await app.request('GET', '/apis/alternate/api/patient', { token: there })).json.data).toEqual([]);
      const mine = (await app.request('GET', '/apis/default/api/patient', { token: groups.Administrators })).json.data[0];
      expect((await app.request('GET', `/apis/alternate/api/patient/${mine.uuid}`, { token: there })).status).toBe(400);
      expect((await app.request('GET', '/apis/default/api/patient', { token: there })).status).toBe(401);
    });
  });
});
