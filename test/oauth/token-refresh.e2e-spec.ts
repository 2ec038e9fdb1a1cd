import { type Account, Accounts, Clients, Tokens } from '../../src/auth';
import { SignInFailures } from '../../src/auth/accounts/sign-in-failures';
import { clock } from '../../src/kernel';
import { AuthApp, type Answer } from './token.fixture';
import { type App, codeFor, confidential, PATIENT_ID, people, pkce, publicClient, staffLogin, withCode } from './token.people';

const DAY = 86_400_000;

describe('POST /oauth2/:site/token, refresh_token', () => {
  let app: AuthApp;
  let client: App;
  let physician: Account;
  let patient: Account;
  beforeAll(async () => {
    app = await AuthApp.start();
    ({ physician, patient } = await people(app));
    client = await confidential(app);
  });
  afterAll(() => app.stop());
  afterEach(() => jest.restoreAllMocks());

  const begin = async (): Promise<Record<string, string>> => (await withCode(app, await codeFor(app, client.id, physician, { encounter: 'e-1' }), {}, client.basic)).json;
  const refresh = (token: string | undefined, more: Record<string, string> = {}, headers = client.basic): Promise<Answer> => app.token({ grant_type: 'refresh_token', refresh_token: token ?? '', ...more }, headers);
  const active = async (token: string | undefined) => (await app.form('/oauth2/default/introspect', { token: token ?? '' }, client.basic)).json.active;

  it('trades a refresh token for a new pair in the same context, and ends the old pair', async () => {
    const first = await begin();
    const { status, json, headers } = await refresh(first.refresh_token);
    expect(status).toBe(200);
    expect(headers.get('pragma')).toBe('no-cache');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(json).toMatchObject({ token_type: 'Bearer', expires_in: 3600, scope: first.scope, patient: PATIENT_ID, encounter: 'e-1', id_token: expect.any(String) });
    expect(json.refresh_token).not.toBe(first.refresh_token);
    expect([await active(first.access_token), await active(json.access_token)]).toEqual([false, true]);
    expect((await refresh(json.refresh_token)).status).toBe(200);
  });

  it('revokes the whole family, live access token included, when a traded-in token comes back', async () => {
    const first = await begin();
    const second = (await refresh(first.refresh_token)).json;
    expect(await active(second.access_token)).toBe(true);
    const stolen = await refresh(first.refresh_token);
    expect([stolen.status, stolen.json.error]).toEqual([400, 'invalid_grant']);
    expect(await active(second.access_token)).toBe(false);
    expect((await refresh(second.refresh_token)).json.error).toBe('invalid_grant');
  });

  it('lets no two of many concurrent refreshes keep tokens', async () => {
    const first = await begin();
    const answers = await Promise.all(Array.from({ length: 5 }, () => refresh(first.refresh_token)));
    expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
    for (const { json } of answers.filter(({ status }) => status === 200)) expect(await active(json.access_token)).toBe(false);
  });

  it('gives fewer scopes when fewer are asked, and all again at the next refresh', async () => {
    const first = await begin();
    const narrow = await refresh(first.refresh_token, { scope: 'patient/Observation.r launch/patient' });
    expect([narrow.status, narrow.json.scope, narrow.json.patient]).toEqual([200, 'patient/Observation.r launch/patient', PATIENT_ID]);
    const wide = await refresh(narrow.json.refresh_token);
    expect(wide.json.scope).toBe(first.scope);
  });

  it.each(['patient/Observation.cruds', 'user/*.rs', 'openid profile', 'system/*.rs'])('refuses the wider scope %s and leaves the token alive', async (scope) => {
    const first = await begin();
    const wider = await refresh(first.refresh_token, { scope });
    expect([wider.status, wider.json.error]).toEqual([400, 'invalid_scope']);
    expect((await refresh(first.refresh_token)).status).toBe(200);
  });

  it('takes no context from the request', async () => {
    const { json } = await refresh((await begin()).refresh_token, { patient: 'another', encounter: 'another' });
    expect([json.patient, json.encounter]).toEqual([PATIENT_ID, 'e-1']);
  });

  it('asks a confidential client for its secret', async () => {
    const first = await begin();
    expect((await refresh(first.refresh_token, { client_id: client.id }, {})).json.error).toBe('invalid_client');
    expect((await refresh(first.refresh_token)).status).toBe(200);
  });

  it('serves public clients by client_id alone', async () => {
    const id = await publicClient(app);
    const { verifier, challenge } = pkce();
    const { json } = await withCode(app, await codeFor(app, id, patient, { codeChallenge: challenge }), { client_id: id, code_verifier: verifier });
    expect((await refresh(json.refresh_token, { client_id: id }, {})).status).toBe(200);
  });

  it('refuses another client’s token without harming it, an unknown one, and an access token', async () => {
    const first = await begin();
    const other = await confidential(app);
    const answers = [await refresh(first.refresh_token, {}, other.basic), await refresh('x'.repeat(43)), await refresh(first.access_token)];
    expect(answers.map(({ status, json }) => [status, json.error])).toEqual(new Array(3).fill([400, 'invalid_grant']));
    expect((await refresh(first.refresh_token)).status).toBe(200);
    const there = await confidential(app, undefined, {}, 'alternate');
    expect((await app.token({ grant_type: 'refresh_token', refresh_token: first.refresh_token! }, there.basic, 'alternate')).json.error).toBe('invalid_grant');
  });

  it('lasts three months from each use', async () => {
    const first = await begin();
    const begun = Date.now();
    const now = jest.spyOn(clock, 'now').mockImplementation(() => begun + 91 * DAY);
    const second = await refresh(first.refresh_token);
    expect(second.status).toBe(200);
    now.mockImplementation(() => begun + 182 * DAY);
    const third = await refresh(second.json.refresh_token);
    expect(third.status).toBe(200);
    now.mockImplementation(() => begun + 275 * DAY);
    expect((await refresh(third.json.refresh_token)).json.error).toBe('invalid_grant');
  });

  describe('ends for the access token and the refresh token when', () => {
    let number = 0;
    const someone = (): Promise<Account> => {
      number += 1;
      return app.at(Accounts, (accounts) => accounts.create({ kind: 'users', username: `someone${number}`, password: 'x', displayName: 'Some One', group: 'Physicians' }));
    };
    const cases: [string, (account: Account, own: App) => Promise<unknown>][] = [
      ['the account is disabled', (account) => app.at(Accounts, (accounts) => accounts.disable('users', account.id))],
      ['the password is changed', (account) => app.at(Accounts, (accounts) => accounts.setPassword('users', account.id, 'new'))],
      ['the client is disabled', (_account, own) => app.at(Clients, (clients) => clients.disable(own.id))],
      ['consent is withdrawn', (account, own) => app.at(Tokens, (tokens) => tokens.revokeAccount('users', account.id, own.id))],
    ];
    it.each(cases)('%s', async (_what, end) => {
      const own = await confidential(app);
      const account = await someone();
      const { json } = await withCode(app, await codeFor(app, own.id, account), {}, own.basic);
      const introspect = async () => (await app.form('/oauth2/default/introspect', { token: json.access_token }, { authorization: `Bearer ${json.access_token}` })).json;
      expect((await introspect()).active).toBe(true);
      await end(account, own);
      expect(await introspect()).toEqual({ active: false });
      expect(['invalid_grant', 'invalid_client']).toContain((await refresh(json.refresh_token, {}, own.basic)).json.error);
    });
  });
});

describe('POST /oauth2/:site/token, password', () => {
  let app: AuthApp;
  let client: App;
  beforeAll(async () => {
    app = await AuthApp.start();
    await people(app);
    client = await confidential(app, 'openid fhirUser offline_access api:oemr api:fhir api:port launch/patient user/Patient.rs user/patient.read patient/*.rs patient/patient.read');
  });
  afterAll(() => app.stop());
  afterEach(() => jest.restoreAllMocks());

  const login = (fields: Record<string, string>) => app.token({ grant_type: 'password', client_id: client.id, client_secret: client.secret, scope: 'openid offline_access api:oemr user/Patient.rs user/patient.read', ...fields });
  const staff = { user_role: 'users', username: 'physician', password: 'correct horse battery staple' };
  const phil = { user_role: 'patient', username: 'phil', password: 'correct horse battery staple', email: 'phil@example.org' };

  it('gives staff their scopes, without the gates in the answer', async () => {
    const { status, json } = await login(staff);
    expect(status).toBe(200);
    expect(json).toMatchObject({ token_type: 'Bearer', expires_in: 3600, scope: 'openid offline_access user/Patient.rs user/patient.read', refresh_token: expect.any(String), id_token: expect.any(String) });
    expect(json).not.toHaveProperty('patient');
  });

  it('binds patients to their own record and never gives them user/ scopes', async () => {
    const { status, json } = await login({ ...phil, email: ' Phil@Example.org ', scope: 'openid api:port user/Patient.rs patient/*.rs patient/patient.read launch/patient' });
    expect([status, json.scope, json.patient]).toEqual([200, 'openid patient/*.rs patient/patient.read', PATIENT_ID]);
  });

  it('gives staff no patient scopes, since no patient is chosen', async () => {
    expect((await login({ ...staff, scope: 'api:oemr user/Patient.rs patient/*.rs launch/patient system/*.rs' })).json.scope).toBe('user/Patient.rs');
    const nothing = await login({ ...staff, scope: 'patient/*.rs launch/patient' });
    expect([nothing.status, nothing.json.error]).toEqual([400, 'invalid_scope']);
  });

  it.each<[string, Record<string, string>]>([
    ['a wrong password', { ...staff, password: 'wrong' }],
    ['an unknown user', { ...staff, username: 'nobody' }],
    ['a user as patient', { ...staff, user_role: 'patient', email: 'dana@clinic.example.org' }],
    ['a patient as user', { ...phil, user_role: 'users' }],
    ['a patient without e-mail', { user_role: 'patient', username: 'phil', password: phil.password }],
    ['a patient with another e-mail', { ...phil, email: 'other@example.org' }],
    ['no role', { username: staff.username, password: staff.password }],
    ['an invented role', { ...staff, user_role: 'admin' }],
  ])('refuses %s, always in the same words', async (_what, fields) => {
    const { status, json } = await login(fields);
    expect([status, json]).toEqual([400, { error: 'invalid_grant', error_description: 'The user credentials were incorrect.', hint: 'Failed Authentication', message: 'The user credentials were incorrect.' }]);
  });

  it('needs the client’s secret', async () => {
    expect((await app.token({ grant_type: 'password', client_id: client.id, ...staff })).json.error).toBe('invalid_client');
  });

  it('is closed to clients that registered other grants only', async () => {
    const other = await confidential(app, 'openid user/Patient.rs', { grant_types: ['authorization_code'] });
    const { status, json } = await app.token({ grant_type: 'password', client_id: other.id, client_secret: other.secret, ...staff });
    expect([status, json.error]).toEqual([400, 'unauthorized_client']);
  });

  it('locks a name for longer and longer, and lets the owner in afterwards', async () => {
    await app.at(Accounts, (accounts) => accounts.create({ kind: 'users', username: 'victim', password: 'mine', displayName: 'Victim', group: 'Physicians' }));
    const begun = Date.now();
    const now = jest.spyOn(clock, 'now').mockImplementation(() => begun);
    for (let guess = 0; guess < 8; guess += 1) {
      now.mockImplementation(() => begun + guess * 60_000);
      await login({ ...staff, username: 'victim', password: `guess ${guess}` });
    }
    const locked = begun + 7 * 60_000;
    now.mockImplementation(() => locked + 7900);
    expect((await login({ ...staff, username: 'victim', password: 'mine' })).status).toBe(400);
    now.mockImplementation(() => locked + 8100);
    expect((await login({ ...staff, username: 'victim', password: 'mine' })).status).toBe(200);
  });

  it('costs the same for known and unknown names', async () => {
    const times: Record<string, number[]> = { physician: [], nobodyatall: [] };
    for (let round = 0; round < 12; round += 1) {
      for (const username of Object.keys(times)) {
        const begun = performance.now();
        await login({ ...staff, username: `${username}${round}`.replace(/^physician\d+$/, 'physician'), password: 'wrong' });
        times[username]!.push(performance.now() - begun);
        await app.at(SignInFailures, (failures) => failures.clear({ kind: 'users', username: 'physician', password: '' }));
      }
    }
    const median = (list: number[]) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)]!;
    const ratio = median(times.physician!) / median(times.nobodyatall!);
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
  });

  describe.each([
    ['off', false, false],
    ['users', true, false],
    ['patient', false, true],
  ])('with OAUTH_PASSWORD_GRANT=%s', (mode, users, patients) => {
    let own: AuthApp;
    let its: App;
    beforeAll(async () => {
      own = await AuthApp.start({ OAUTH_PASSWORD_GRANT: mode });
      await people(own);
      its = await confidential(own, 'openid user/Patient.rs patient/*.rs');
    });
    afterAll(() => own.stop());

    it(`lets staff in: ${users}, patients: ${patients}`, async () => {
      const answers = [await staffLogin(own, its, 'physician', 'openid'), await own.token({ grant_type: 'password', client_id: its.id, client_secret: its.secret, ...phil })];
      expect(answers.map(({ status }) => status === 200)).toEqual([users, patients]);
      if (mode === 'off') expect(answers.map(({ status, json }) => [status, json.error])).toEqual(new Array(2).fill([400, 'unsupported_grant_type']));
    });
  });
});
