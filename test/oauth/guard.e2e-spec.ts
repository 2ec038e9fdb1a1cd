import { request as httpRequest } from 'node:http';
import { Controller, Get, Param, Post } from '@nestjs/common';
import { type Account, Accounts, FhirRoute, hasOperationScope, mayExport, PortalRoute, Public, StandardRoute } from '../../src/auth';
import { ConfigModule } from '../../src/config';
import { Sites } from '../../src/database';
import { type Access, clock, context, rulesFor, type Verb } from '../../src/kernel';
import { AuthApp } from './token.fixture';
import { type App, asSystem, assertion, backend, codeFor, confidential, keyPair, PATIENT_ID, people, staffLogin, withCode } from './token.people';

@Controller('apis/:site')
class ProbeController {
  @Get('api/patient')
  @StandardRoute({ scope: 'user/patient.s', acl: 'patients/demo' })
  patients() {
    return { actor: context().access!.actor };
  }

  @Post('api/patient')
  @StandardRoute({ scope: 'user/patient.c', acl: 'patients/demo', aclPermission: ['write', 'addonly'] })
  create() {
    return {};
  }

  @Get('api/user')
  @StandardRoute({ scope: 'user/user.s', acl: 'admin/users' })
  users() {
    return {};
  }

  @Get('api/insurance_type')
  @StandardRoute({ scope: 'user/insurance_type.s' })
  noAcl() {
    return {};
  }

  @Get('portal/patient')
  @PortalRoute('patient/patient.s')
  portal() {
    return { patient: context().access!.patient, audit: context().audit.patient };
  }

  /** Shows the access predicate as the engine would use it. */
  @Get('fhir/:type')
  @FhirRoute('search')
  fhir(@Param('type') type: string) {
    const access = context().access as Access;
    const verbs = ['c', 'r', 'u', 'd', 's'] as Verb[];
    const rules = Object.fromEntries(verbs.map((verb) => [verb, rulesFor(access, type, verb).map(({ verbs: _, ...rule }) => rule)]));
    return { actor: access.actor, patient: access.patient, sensitive: access.seesSensitive, audit: context().audit, rules, exports: mayExport(access, 'Patient'), everything: hasOperationScope(access, 'export') };
  }

  @Get('fhir/metadata/open')
  @Public('capabilities are for everyone')
  open() {
    return { access: context().access ?? null };
  }
}

@Controller('apis/:site/api/forgotten')
class ForgetfulController {
  @Get()
  list() {
    return [];
  }

  @Get(':id')
  @Public('a neighbour that did not forget')
  one() {
    return {};
  }
}

describe('the access guard', () => {
  let app: AuthApp;
  let client: App;
  let accounts: Awaited<ReturnType<typeof people>>;
  const ALL = 'openid fhirUser offline_access api:oemr api:fhir api:port launch/patient user/*.cruds user/patient.cruds user/user.rs user/insurance_type.s patient/*.rs patient/patient.s system/*.rs';
  beforeAll(async () => {
    app = await AuthApp.start({}, [ProbeController]);
    accounts = await people(app);
    client = await confidential(app, ALL.replace('system/*.rs', ''));
  });
  afterAll(() => app.stop());
  afterEach(() => jest.restoreAllMocks());

  const staff = async (username: string, scope = ALL) => (await staffLogin(app, client, username, scope)).json.access_token as string;
  const patient = async (scope = ALL) =>
    (await app.token({ grant_type: 'password', client_id: client.id, client_secret: client.secret, user_role: 'patient', username: 'phil', password: 'correct horse battery staple', email: 'phil@example.org', scope })).json.access_token as string;
  const launched = async (account: Account, scopes: string[], more = {}) => (await withCode(app, await codeFor(app, client.id, account, { scopes, ...more }), {}, client.basic)).json.access_token as string;
  const system = async (scope = 'system/*.rs') => {
    const key = await keyPair('ES384', 'k');
    return (await asSystem(app, await assertion(app, await backend(app, key, scope), key), scope)).json.access_token as string;
  };
  const statusOf = async (path: string, token?: string, method = 'GET') => (await app.send(method, `/apis/default/${path}`, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } })).status;
  const rulesOf = async (type: string, token: string) => (await app.get(`/apis/default/fhir/${type}`, token)).json;

  describe('on the standard API', () => {
    it('lets staff with gate, scope and role pass', async () => {
      const { status, json } = await app.get('/apis/default/api/patient', await staff('front'));
      expect(status).toBe(200);
      expect(json.actor).toEqual({ kind: 'user', id: accounts.frontDesk.id, name: 'front', fhirUser: accounts.frontDesk.fhirUser, clientId: client.id });
    });

    it('answers 401 without a token, 403 without the gate, 401 without the endpoint’s scope, 403 without the role', async () => {
      expect(await statusOf('api/patient')).toBe(401);
      expect(await statusOf('api/patient', await staff('physician', 'user/patient.cruds'))).toBe(403);
      expect(await statusOf('api/patient', await staff('physician', 'api:oemr user/patient.r user/*.cruds'))).toBe(401);
      expect(await statusOf('api/user', await staff('physician'))).toBe(403);
      expect(await statusOf('api/user', await staff('admin'))).toBe(200);
    });

    it('answers 403 to patients and backend clients, whatever their scopes say', async () => {
      expect(await statusOf('api/patient', await patient())).toBe(403);
      expect(await statusOf('api/insurance_type', await system())).toBe(403);
    });

    it('judges verbs one by one, and v1 scopes by their letters', async () => {
      expect(await statusOf('api/patient', await staff('physician', 'api:oemr user/patient.read'))).toBe(200);
      expect(await statusOf('api/patient', await staff('physician', 'api:oemr user/patient.read'), 'POST')).toBe(401);
      expect(await statusOf('api/patient', await staff('physician', 'api:oemr user/patient.write'), 'POST')).toBe(201);
      expect(await statusOf('api/patient', await staff('physician', 'api:oemr user/patient.write'))).toBe(401);
    });

    it('asks no role where the route names none', async () => expect(await statusOf('api/insurance_type', await staff('front'))).toBe(200));
  });

  describe('on the portal API', () => {
    it('lets a patient pass and knows whose record it is', async () => {
      expect((await app.get('/apis/default/portal/patient', await patient())).json).toEqual({ patient: PATIENT_ID, audit: PATIENT_ID });
    });

    it('answers 403 to staff and without the gate, 401 without the scope or a token', async () => {
      expect(await statusOf('portal/patient', await staff('admin'))).toBe(403);
      expect(await statusOf('portal/patient', await patient('patient/patient.s'))).toBe(403);
      expect(await statusOf('portal/patient', await patient('api:port patient/*.rs'))).toBe(401);
      expect(await statusOf('portal/patient')).toBe(401);
    });
  });

  describe('on FHIR', () => {
    it('asks for a token, and lets any valid one to the engine', async () => {
      expect(await statusOf('fhir/Patient')).toBe(401);
      expect(await statusOf('fhir/Patient', await staff('front', 'openid'))).toBe(200);
    });

    it('cuts user/ scopes by the role’s rights on the type', async () => {
      const verbs = async (username: string, type: string, scope = ALL) => {
        const { rules } = await rulesOf(type, await staff(username, scope));
        return Object.keys(rules).filter((verb) => rules[verb].length > 0).join('');
      };
      expect(await verbs('admin', 'AuditEvent')).toBe('cruds');
      expect(await verbs('physician', 'Observation')).toBe('cruds');
      expect(await verbs('physician', 'Observation', 'user/Observation.rs')).toBe('rs');
      expect(await verbs('physician', 'Organization')).toBe('rs');
      expect(await verbs('physician', 'AuditEvent')).toBe('');
      expect(await verbs('front', 'Observation')).toBe('');
      expect(await verbs('front', 'Patient')).toBe('cruds');
      expect(await verbs('front', 'Patient', 'user/Observation.rs')).toBe('');
    });

    it('binds patients to their record; of shared types they may read what the scopes name', async () => {
      const token = await patient();
      const observation = await rulesOf('Observation', token);
      expect(observation).toMatchObject({ patient: PATIENT_ID, sensitive: true, actor: { kind: 'patient' } });
      expect(observation.rules).toEqual({ c: [], r: [{ type: '*', patient: PATIENT_ID }], u: [], d: [], s: [{ type: '*', patient: PATIENT_ID }] });
      expect((await rulesOf('Practitioner', token)).rules.s).toEqual([{ type: '*', patient: PATIENT_ID }, { type: 'Practitioner' }]);
      expect((await rulesOf('Practitioner', await patient('patient/Observation.rs'))).rules.r).toEqual([]);
    });

    it('binds staff to the patient of the launch, within their role', async () => {
      const rules = (await rulesOf('Observation', await launched(accounts.physician, ['patient/Observation.rs']))).rules;
      expect(rules.r).toEqual([{ type: 'Observation', patient: PATIENT_ID }]);
      expect((await rulesOf('Observation', await launched(accounts.frontDesk, ['patient/Observation.rs']))).rules.r).toEqual([]);
    });

    it('gives nothing for patient scopes without a patient', async () => {
      expect((await rulesOf('Observation', await launched(accounts.physician, ['patient/*.rs'], { patient: undefined }))).rules.r).toEqual([]);
    });

    it('carries granular restrictions', async () => {
      const token = await launched(accounts.patient, ['patient/Observation.rs?category=a|b']);
      expect((await rulesOf('Observation', token)).rules.s).toEqual([{ type: 'Observation', patient: PATIENT_ID, filter: [['category', 'a|b']] }]);
    });

    it('opens the one fhirUser resource, for reading alone', async () => {
      const staffRules = (await rulesOf('Person', await staff('front', 'openid fhirUser'))).rules;
      expect(staffRules).toMatchObject({ r: [{ type: 'Person', filter: [['_id', accounts.frontDesk.fhirUser.split('/')[1]]] }], s: [], u: [] });
      expect((await rulesOf('Patient', await patient('openid fhirUser'))).rules.r).toEqual([{ type: 'Patient', filter: [['_id', PATIENT_ID]], patient: PATIENT_ID }]);
      expect((await rulesOf('Person', await staff('front', 'openid'))).rules.r).toEqual([]);
    });

    it('shows sensitive records to the roles that may see them', async () => {
      expect((await rulesOf('Patient', await staff('physician'))).sensitive).toBe(true);
      expect((await rulesOf('Patient', await staff('front'))).sensitive).toBe(false);
    });

    it('lets backend clients act by system/ scopes alone, and export by either kind of scope', async () => {
      const reader = await rulesOf('Observation', await system());
      expect(reader).toMatchObject({ actor: { kind: 'system' }, rules: { c: [], r: [{ type: '*' }], s: [{ type: '*' }] }, exports: true, everything: false, audit: { action: 'search' } });
      expect(await rulesOf('Observation', await system('system/*.$export'))).toMatchObject({ rules: { r: [] }, exports: true, everything: true });
      expect(await rulesOf('Observation', await staff('admin'))).toMatchObject({ exports: false, everything: false });
    });

    it('needs no token on public routes and does not look at one', async () => {
      expect((await app.get('/apis/default/fhir/metadata/open', 'nonsense')).json).toEqual({ access: null });
    });
  });

  describe('takes no token', () => {
    let token: string;
    beforeAll(async () => {
      token = await staff('admin');
    });

    it.each<[string, () => Promise<number>]>([
      ['from the query', async () => (await app.get(`/apis/default/api/patient?access_token=${token}`)).status],
      ['from a form', async () => (await app.form('/apis/default/api/patient', { access_token: token })).status],
      ['from a JSON body', async () => (await app.send('POST', '/apis/default/api/patient', { headers: { 'content-type': 'application/json' }, body: JSON.stringify({ access_token: token }) })).status],
      ['from a cookie', async () => (await app.send('GET', '/apis/default/api/patient', { headers: { cookie: `access_token=${token}; salus_session=${token}` } })).status],
      ['under another scheme', async () => (await app.send('GET', '/apis/default/api/patient', { headers: { authorization: `Token ${token}` } })).status],
      ['with trailing words', async () => (await app.send('GET', '/apis/default/api/patient', { headers: { authorization: `Bearer ${token} more` } })).status],
      ['that is empty', async () => (await app.send('GET', '/apis/default/api/patient', { headers: { authorization: 'Bearer ' } })).status],
      ['that is unknown', async () => statusOf('api/patient', 'x'.repeat(43))],
      ['of endless length', async () => statusOf('api/patient', 'x'.repeat(8000))],
      ['at another site', async () => (await app.get('/apis/alternate/api/patient', token)).status],
    ])('%s', async (_what, status) => expect(await status()).toBe(401));

    it('of another kind: refresh token, id token, code', async () => {
      const code = await codeFor(app, client.id, accounts.admin);
      const { json } = await withCode(app, await codeFor(app, client.id, accounts.admin), {}, client.basic);
      for (const other of [json.refresh_token, json.id_token, code]) expect(await statusOf('fhir/Patient', other)).toBe(401);
      expect(await statusOf('fhir/Patient', json.access_token)).toBe(200);
    });

    it('twice: two headers are 400', async () => {
      const status = await new Promise((done, failed) => {
        const raw = httpRequest(`${app.url}/apis/default/api/patient`, (response) => done(response.resume().statusCode));
        raw.setHeader('authorization', [`Bearer ${token}`, `Bearer ${token}`]);
        raw.on('error', failed).end();
      });
      expect(status).toBe(400);
    });

    it('but ignores a second one in the query beside a good header', async () => {
      expect(await statusOf(`api/patient?access_token=${'x'.repeat(43)}`, token)).toBe(200);
    });
  });

  it('challenges who comes without a valid token', async () => {
    const none = await app.get('/apis/default/fhir/Patient');
    const bad = await app.get('/apis/default/fhir/Patient', 'nonsense');
    expect(none.headers.get('www-authenticate')).toMatch(/^Bearer/);
    expect(bad.headers.get('www-authenticate')).toMatch(/^Bearer/);
  });

  it('refuses an expired token, and at the very next request one whose owner was disabled', async () => {
    const leaver = await app.at(Accounts, (all) => all.create({ kind: 'users', username: 'leaver', password: 'correct horse battery staple', displayName: 'Leaver', group: 'Administrators' }));
    const token = await staff('leaver');
    expect(await statusOf('fhir/Patient', token)).toBe(200);
    const begun = Date.now();
    jest.spyOn(clock, 'now').mockImplementation(() => begun + 3_601_000);
    expect(await statusOf('fhir/Patient', token)).toBe(401);
    jest.restoreAllMocks();
    expect(await statusOf('fhir/Patient', token)).toBe(200);
    await app.at(Accounts, (all) => all.disable('users', leaver.id));
    expect(await statusOf('fhir/Patient', token)).toBe(401);
  });

  it('reads the database once for many requests with one token', async () => {
    const token = await staff('physician');
    await statusOf('fhir/Patient', token);
    const { sql } = await app.nest.get(Sites).database('default');
    const query = jest.spyOn(sql, 'query');
    for (let round = 0; round < 5; round += 1) await statusOf('fhir/Patient', token);
    expect(query.mock.calls.filter(([text]) => /oauth_|account/.test(text))).toEqual([]);
  });
});

describe('RouteAudit', () => {
  it('stops the start and names the route that declares nothing', async () => {
    await expect(AuthApp.start({}, [ForgetfulController])).rejects.toThrow(/Routes without an access rule: ForgetfulController\.list\./);
  });

  it('lets a house start whose routes all declare', async () => {
    const app = await AuthApp.start({}, [ProbeController], [{ module: ConfigModule }]);
    await app.stop();
  });
});
