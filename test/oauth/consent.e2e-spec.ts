import { Db } from '../../src/database';
import { answer, CALLBACK, Clinic, PASSWORD, proof } from './authorize.fixture';
import type { Browser } from './authorize.browser';

let clinic: Clinic;
beforeAll(async () => {
  clinic = await Clinic.open();
});
afterAll(() => clinic.stop());

const PROBLEMS = 'patient/Condition.rs?category=http://terminology.hl7.org/CodeSystem/condition-category|problem-list-item';

/** At the consent page, signed in as a member of staff, with Ana chosen where a patient is needed. */
async function atConsent(changes: Record<string, string | undefined> = {}, username = 'doctor'): Promise<Browser> {
  const browser = clinic.browser();
  await browser.go(clinic.authorizeUrl(changes));
  await browser.signIn(username, PASSWORD);
  if (browser.seen.at.includes('patient-select')) await browser.choose('Ana Ruiz');
  return browser;
}

async function asPatient(changes: Record<string, string | undefined> = {}): Promise<Browser> {
  const browser = clinic.browser();
  await browser.go(clinic.authorizeUrl(changes));
  await browser.signIn('ben', PASSWORD, { email: 'ben@example.org', user_role: 'portal-api' });
  return browser;
}

const scopeOf = async (browser: Browser): Promise<string[]> => (await clinic.redeem(answer(browser.seen)['code']!)).json.scope.split(' ');

describe('from sign-in to code', () => {
  it('gives staff a code for the patient they chose', async () => {
    const browser = await atConsent();
    expect(browser.seen.text).toContain('Ana Ruiz');
    const seen = await browser.authorize();
    expect(seen.status).toBe(303);
    expect(seen.left!.href.startsWith(`${CALLBACK}?code=`)).toBe(true);
    expect(answer(seen)).toEqual({ code: expect.any(String), state: 'xyz' });
    const token = await clinic.redeem(answer(seen)['code']!);
    expect(token.json).toMatchObject({ patient: clinic.patients.get('Ana'), scope: 'openid launch/patient patient/Patient.rs patient/Observation.rs', need_patient_banner: true });
  });

  it('binds patients to their own record, without a picker', async () => {
    const browser = await asPatient();
    expect(browser.seen.at).toContain('scope-authorize-confirm');
    const token = await clinic.redeem(answer(await browser.authorize())['code']!);
    expect(token.json.patient).toBe(clinic.patients.get('Ben'));
  });

  it('does not let a patient choose another record by posting to the picker', async () => {
    const browser = await asPatient();
    const interaction = new URL(browser.seen.at, clinic.app.url).searchParams.get('interaction')!;
    const [csrf] = browser.fields();
    await browser.go('/oauth2/default/smart/patient-select-confirm', { fields: [csrf!, ['interaction', interaction], ['patient_id', clinic.patients.get('Ana')!]] });
    expect(browser.seen.at).toContain('scope-authorize-confirm');
    expect((await clinic.redeem(answer(await browser.authorize())['code']!)).json.patient).toBe(clinic.patients.get('Ben'));
  });

  it('drops user/ scopes that a patient asks for, and refuses when nothing else was asked', async () => {
    const browser = await asPatient({ scope: 'openid patient/Patient.rs user/Patient.rs' });
    await browser.authorize();
    expect(await scopeOf(browser)).toEqual(['openid', 'patient/Patient.rs']);
    expect(answer((await asPatient({ scope: 'user/Patient.rs', aud: undefined })).seen)).toMatchObject({ error: 'invalid_scope' });
  });

  it('never grants patient/ scopes without a patient, even when launch/patient was not asked for', async () => {
    const browser = clinic.browser();
    await browser.go(clinic.authorizeUrl({ scope: 'openid patient/Patient.rs' }));
    expect((await browser.signIn('doctor', PASSWORD)).at).toContain('patient-select');
  });

  it('tells the app when a member of staff may not look up patients', async () => {
    // Every group of OpenEMR's may; the group of this account no longer exists.
    await clinic.inSite('default', () => clinic.service(Db).transaction((tx) => tx.run("UPDATE account SET acl_group = 'Visitors' WHERE username = 'visitor'")));
    const browser = clinic.browser();
    await browser.go(clinic.authorizeUrl());
    expect(answer(await browser.signIn('visitor', PASSWORD))).toMatchObject({ error: 'access_denied', state: 'xyz' });
  });

  it('tells the app when the person denies', async () => {
    const browser = await atConsent();
    expect(answer(await browser.submit({ deny: '1' }))).toEqual({ error: 'access_denied', error_description: expect.any(String), state: 'xyz' });
  });

  it('answers one request once, also when the button is pressed twice', async () => {
    const browser = await atConsent();
    const fields = browser.fields();
    const press = () => browser.go('/oauth2/default/scope-authorize-confirm', { fields: [...fields, ['proceed', '1']], once: true });
    const both = [(await Promise.all([press(), press()])).map((seen) => seen.left?.searchParams.has('code') ?? false)].flat();
    expect(both.filter(Boolean)).toHaveLength(1);
    expect(await press()).toMatchObject({ status: 400, left: undefined });
  });

  it('binds the code to the challenge of the request', async () => {
    const { verifier, challenge } = proof();
    const changes = { code_challenge: challenge, code_challenge_method: 'S256' };
    const wrong = await atConsent(changes);
    expect((await clinic.redeem(answer(await wrong.authorize())['code']!, { code_verifier: proof().verifier })).status).toBe(400);
    const right = await atConsent(changes);
    expect((await clinic.redeem(answer(await right.authorize())['code']!, { code_verifier: verifier })).status).toBe(200);
  });

  it('carries nonce and sign-in time into the id token', async () => {
    const browser = await atConsent({ nonce: 'n-0S6_WzA2Mj' });
    const { json } = await clinic.redeem(answer(await browser.authorize())['code']!);
    const claims = JSON.parse(Buffer.from(json.id_token.split('.')[1], 'base64url').toString());
    expect(claims).toMatchObject({ nonce: 'n-0S6_WzA2Mj', aud: clinic.confidential.id, sub: clinic.people.get('doctor')!.id });
    expect(Math.abs(claims.auth_time - Date.now() / 1000)).toBeLessThan(60);
  });
});

describe('the patient picker', () => {
  const atPicker = async () => {
    const browser = clinic.browser();
    await browser.go(clinic.authorizeUrl());
    await browser.signIn('doctor', PASSWORD);
    return browser;
  };

  it('lists patients as buttons and finds them by name, whatever its accents and case', async () => {
    const browser = await atPicker();
    expect([...browser.patients().keys()].sort()).toEqual(['Ana Ruiz', 'Ben O’Hara', 'Cleo Stone']);
    await browser.go(`${browser.seen.at}&${new URLSearchParams({ 'search[fname]': 'cleo', 'search[lname]': 'ST' })}`);
    expect([...browser.patients().keys()]).toEqual(['Cleo Stone']);
    await browser.go(`${browser.seen.at.split('&')[0]}&${new URLSearchParams({ 'search[lname]': `%' OR 1=1 --` })}`);
    expect(browser.patients().size).toBe(0);
    expect(browser.seen.text).toContain('No patient matches');
  });

  it('refuses a patient that does not exist', async () => {
    const browser = await atPicker();
    expect(await browser.submit({ patient_id: '00000000-0000-4000-8000-000000000000' })).toMatchObject({ status: 400, left: undefined });
  });

  it('shows nothing to a browser that is not signed in', async () => {
    const browser = await atPicker();
    const stranger = clinic.browser();
    expect((await stranger.go(browser.seen.at)).status).toBe(400);
    expect(stranger.seen.text).not.toContain('Ruiz');
  });
});

describe('the consent page', () => {
  it('explains scopes in words, with the day until which offline access lasts', async () => {
    const { seen } = await atConsent({ scope: 'openid fhirUser offline_access launch/patient patient/Patient.rs patient/Observation.rs user/Patient.rs' });
    const day = new Date();
    day.setUTCMonth(day.getUTCMonth() + 3);
    expect(seen.text).toContain(day.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }));
    expect(seen.text).toContain('Name, birth date and contact details');
    expect(seen.text).toContain('Growth &lt;Charts&gt;');
    expect(seen.text).not.toMatch(/<script|<Charts>/);
  });

  it('grants all that was asked when nothing is unticked', async () => {
    const scope = 'openid fhirUser offline_access launch/patient patient/*.rs patient/Patient.rs user/Observation.rs';
    const browser = await atConsent({ scope });
    await browser.authorize();
    expect(await scopeOf(browser)).toEqual(scope.split(' '));
  });

  it('grants only what stays ticked', async () => {
    const browser = await atConsent({ scope: 'openid offline_access launch/patient patient/Patient.rs patient/Condition.rs patient/Observation.rs' });
    await browser.authorize(['offline_access', 'patient/Condition.rs']);
    const token = await clinic.redeem(answer(browser.seen)['code']!);
    expect(token.json.scope).toBe('openid launch/patient patient/Patient.rs patient/Observation.rs');
    expect(token.json).not.toHaveProperty('refresh_token');
  });

  it('splits a wildcard when one type is unticked', async () => {
    const browser = await atConsent({ scope: 'openid launch/patient patient/*.rs' });
    await browser.authorize(['patient/Observation.rs']);
    const granted = await scopeOf(browser);
    expect(granted).toEqual(expect.arrayContaining(['patient/Patient.rs', 'patient/Condition.rs']));
    expect(granted.filter((scope) => /\*|Observation/.test(scope))).toEqual([]);
  });

  it('replaces a type by the sub-choices taken', async () => {
    const browser = await atConsent({ scope: 'openid launch/patient patient/Patient.rs patient/Condition.rs' });
    expect(browser.scopes()).toContain(PROBLEMS);
    await browser.authorize([], [PROBLEMS]);
    expect((await scopeOf(browser)).filter((scope) => scope.includes('Condition'))).toEqual([PROBLEMS]);
  });

  it('grants nothing beyond the request, whatever the form says', async () => {
    const browser = await atConsent({ scope: 'openid user/Patient.rs' });
    await browser.authorize([], ['user/Observation.rs', 'system/*.rs', 'user/*.cruds']);
    expect(await scopeOf(browser)).toEqual(['openid', 'user/Patient.rs']);
  });

  it('takes unticking everything as a refusal', async () => {
    const browser = await atConsent({ scope: 'openid user/Patient.rs' });
    expect(answer(await browser.authorize(['user/Patient.rs']))).toMatchObject({ error: 'access_denied' });
  });

  it('reads OpenEMR’s field names at OpenEMR’s address', async () => {
    const browser = await atConsent({ scope: 'openid user/Patient.rs user/Observation.rs' });
    const kept = browser.fields().filter(([name]) => name !== 'scope');
    await browser.go('/oauth2/default/device/code', { fields: [...kept, ['scope[user/Patient.rs]', 'user/Patient.rs'], ['proceed', '1']] });
    expect(await scopeOf(browser)).toEqual(['openid', 'user/Patient.rs']);
  });

  it('lets another person take over, without the patient the first one chose', async () => {
    const browser = await atConsent();
    const link = /<a href="([^"]*)">Use another account/.exec(browser.seen.text)![1]!.replace(/&amp;/g, '&');
    await browser.go(link);
    expect((await browser.signIn('admin', PASSWORD)).at).toContain('patient-select');
  });
});

describe('remembered consent', () => {
  it('is asked again unless the person said not to', async () => {
    const browser = await atConsent({ scope: 'openid user/Patient.rs' });
    await browser.authorize();
    expect((await browser.go(clinic.authorizeUrl({ scope: 'openid user/Patient.rs' }))).left).toBeUndefined();
    await browser.submit({ proceed: '1', persist_login: '1' });
    expect(answer(await browser.go(clinic.authorizeUrl({ scope: 'openid user/Patient.rs' })))).toHaveProperty('code');
    expect(answer(await browser.go(clinic.authorizeUrl({ scope: 'openid user/Patient.rs', prompt: 'none' })))).toHaveProperty('code');
  });

  it('does not cover more scopes, another app, another person, or prompt=consent', async () => {
    const browser = await atConsent({ scope: 'openid user/Patient.rs' }, 'admin');
    await browser.submit({ proceed: '1', persist_login: '1' });
    expect((await browser.go(clinic.authorizeUrl({ scope: 'openid user/Patient.rs user/Observation.rs' }))).left).toBeUndefined();
    expect((await browser.go(clinic.authorizeUrl({ scope: 'openid user/Patient.rs', prompt: 'consent' }))).left).toBeUndefined();
    const other = await clinic.register({ application_type: 'private', client_name: 'Other', redirect_uris: [CALLBACK], scope: 'openid user/Patient.rs' });
    expect((await browser.go(clinic.authorizeUrl({ scope: 'openid user/Patient.rs', client_id: other.id }))).left).toBeUndefined();
    await browser.go(clinic.authorizeUrl({ scope: 'openid user/Patient.rs', prompt: 'login' }));
    expect((await browser.signIn('bookkeeper', PASSWORD)).left).toBeUndefined();
  });

  it('is not kept for a public client at a private scheme, where any app on the device may listen', async () => {
    const request = { client_id: clinic.publicApp.id, redirect_uri: 'com.example.pocket:/cb', scope: 'openid launch/patient patient/Patient.rs', code_challenge: proof().challenge, code_challenge_method: 'S256' };
    const browser = await asPatient(request);
    await browser.submit({ proceed: '1', persist_login: '1' });
    expect((await browser.go(clinic.authorizeUrl(request))).left).toBeUndefined();
  });
});

describe('an EHR launch', () => {
  const scope = 'openid launch user/Patient.rs';
  const context = () => ({ patient: clinic.patients.get('Cleo')!, encounter: 'enc-1', intent: 'main.tab', appointment: 'apt-1' });
  const start = async (launch: string, username = 'doctor', changes = {}) => {
    const browser = clinic.browser();
    await browser.go(clinic.authorizeUrl({ scope, launch, ...changes }));
    if (!browser.seen.left) await browser.signIn(username, PASSWORD);
    return browser;
  };

  it('conveys patient, visit, intent and appointment, without a picker', async () => {
    const browser = await start(await clinic.launch('doctor', context()));
    const { json } = await clinic.redeem(answer(await browser.authorize())['code']!);
    expect(json).toMatchObject({ patient: clinic.patients.get('Cleo'), encounter: 'enc-1', intent: 'main.tab', need_patient_banner: false, fhirContext: [{ reference: 'Appointment/apt-1', type: 'Appointment' }] });
  });

  it('is good for one code', async () => {
    const launch = await clinic.launch('doctor', context());
    const [first, second] = [await start(launch), await start(launch)];
    expect(answer(await first.authorize())).toHaveProperty('code');
    expect(answer(await second.authorize())).toMatchObject({ error: 'invalid_request' });
    expect(answer((await start(launch)).seen)).toMatchObject({ error: 'invalid_request' });
  });

  it('is refused to another person, another app and another site', async () => {
    const launch = await clinic.launch('doctor', context());
    expect(answer((await start(launch, 'admin')).seen)).toMatchObject({ error: 'invalid_request' });
    const other = await clinic.register({ application_type: 'private', client_name: 'Other', redirect_uris: [CALLBACK], scope, initiate_login_uri: 'https://app.example.org/launch' });
    expect(answer((await start(launch, 'doctor', { client_id: other.id })).seen)).toMatchObject({ error: 'invalid_request' });
    const abroad = await clinic.register({ application_type: 'private', client_name: 'Abroad', redirect_uris: [CALLBACK], scope, initiate_login_uri: 'https://app.example.org/launch' }, 'alternate');
    const url = clinic.authorizeUrl({ scope, launch, client_id: abroad.id, aud: clinic.fhir.replace('default', 'alternate') }, '/oauth2/alternate/authorize');
    expect(answer(await clinic.browser().go(url))).toMatchObject({ error: 'invalid_request' });
  });

  it('is refused after five minutes', async () => {
    const launch = await clinic.launch('doctor', context());
    await clinic.later(5 * 60_000 + 1, async () => expect(answer((await start(launch)).seen)).toMatchObject({ error: 'invalid_request' }));
  });
});
