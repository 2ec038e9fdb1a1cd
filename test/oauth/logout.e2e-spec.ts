import { answer, Clinic, PASSWORD } from './authorize.fixture';
import type { Browser } from './authorize.browser';

let clinic: Clinic;
beforeAll(async () => {
  clinic = await Clinic.open();
});
afterAll(() => clinic.stop());

const BYE = 'https://app.example.org/bye';

interface SignedIn {
  browser: Browser;
  hint: string;
  access: string;
  refresh: string;
}

async function signedIn(): Promise<SignedIn> {
  const browser = clinic.browser();
  await browser.go(clinic.authorizeUrl({ scope: 'openid profile email fhirUser offline_access user/Patient.rs' }));
  await browser.signIn('doctor', PASSWORD);
  const { json } = await clinic.redeem(answer(await browser.authorize())['code']!);
  return { browser, hint: json.id_token, access: json.access_token, refresh: json.refresh_token };
}

const logout = (browser: Browser, query: Record<string, string>) => browser.go(`/oauth2/default/logout?${new URLSearchParams(query)}`, { once: true, headers: { accept: '*/*' } });
const userinfo = (token: string) => clinic.app.request('GET', '/oauth2/default/userinfo', { token });
const refresh = (token: string) =>
  clinic.app.request('POST', '/oauth2/default/token', { form: { grant_type: 'refresh_token', refresh_token: token, client_id: clinic.confidential.id, client_secret: clinic.confidential.secret } });

describe('GET /oauth2/:site/logout', () => {
  it('ends the session, the access token and the refresh token', async () => {
    const { browser, hint, access, refresh: token } = await signedIn();
    expect((await userinfo(access)).status).toBe(200);
    const cookie = browser.cookies.get('salus_session')!;
    const seen = await logout(browser, { id_token_hint: hint });
    expect(seen).toMatchObject({ status: 200, text: 'You have been signed out. Thank you.' });
    expect(seen.headers.get('content-type')).toContain('text/plain');
    expect(browser.cookies.has('salus_session')).toBe(false);
    expect((await userinfo(access)).status).toBe(401);
    expect((await refresh(token)).status).toBeGreaterThanOrEqual(400);
    browser.cookies.set('salus_session', cookie);
    expect((await browser.go(clinic.authorizeUrl({ scope: 'openid user/Patient.rs' }))).at).toContain('provider/login');
  });

  it('leads to a registered address with state, and to no other', async () => {
    const one = await signedIn();
    expect((await logout(one.browser, { id_token_hint: one.hint, post_logout_redirect_uri: BYE, state: 'a b&c' })).left?.href).toBe(`${BYE}?state=a+b%26c`);
    for (const uri of ['https://evil.example/', `${BYE}/`, `${BYE}?x=1`]) {
      const other = await signedIn();
      expect(await logout(other.browser, { id_token_hint: other.hint, post_logout_redirect_uri: uri, state: 's' })).toMatchObject({ status: 200, left: undefined });
      expect(await logout(other.browser, { id_token_hint: other.hint, post_logout_redirect_uri: uri })).toMatchObject({ status: 401, left: undefined });
    }
  });

  it('says so when nobody is signed in', async () => {
    const { browser, hint } = await signedIn();
    await logout(browser, { id_token_hint: hint });
    const seen = await logout(browser, { id_token_hint: hint });
    expect(seen.status).toBe(401);
    expect(JSON.parse(seen.text)).toMatchObject({ message: 'You are currently not signed in.' });
    expect((await logout(browser, { id_token_hint: hint, post_logout_redirect_uri: BYE })).left?.href).toBe(BYE);
  });

  it('refuses a missing, forged, foreign or mismatched hint and ends nothing', async () => {
    const { browser, hint, access } = await signedIn();
    const [head, body] = hint.split('.') as [string, string, string];
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${body}.`;
    for (const bad of ['', 'nonsense', `${head}.${body}.AAAA`, none, access]) {
      expect((await logout(browser, bad ? { id_token_hint: bad } : {})).status).toBe(400);
    }
    expect((await logout(browser, { id_token_hint: hint, client_id: clinic.publicApp.id })).status).toBe(400);
    expect((await browser.go(`/oauth2/alternate/logout?id_token_hint=${hint}`)).status).toBe(400);
    expect((await userinfo(access)).status).toBe(200);
  });

  it('leaves another person’s session in this browser alone', async () => {
    const { hint } = await signedIn();
    const admin = clinic.browser();
    await admin.go('/oauth2/default/login');
    await admin.signIn('admin', PASSWORD);
    await logout(admin, { id_token_hint: hint });
    expect((await admin.go(clinic.authorizeUrl({ scope: 'openid user/Patient.rs' }))).at).toContain('scope-authorize-confirm');
  });

  it('works by POST and at the alias, and forgets remembered consent', async () => {
    for (const path of ['/oauth2/default/logout', '/authorize/logout']) {
      const browser = clinic.browser();
      const url = clinic.authorizeUrl({ scope: 'openid user/Patient.rs' });
      await browser.go(url);
      await browser.signIn('admin', PASSWORD);
      const { json } = await clinic.redeem(answer(await browser.submit({ proceed: '1', persist_login: '1' }))['code']!);
      expect((await browser.go(path, { fields: [['id_token_hint', json.id_token]] })).text).toContain('You have been signed out. Thank you.');
      await browser.go(url);
      expect((await browser.signIn('admin', PASSWORD)).at).toContain('scope-authorize-confirm');
    }
  });
});

describe('/oauth2/:site/userinfo', () => {
  it('tells what the scopes release, by GET and POST', async () => {
    const { access } = await signedIn();
    const doctor = clinic.people.get('doctor')!;
    const expected = { sub: doctor.id, name: doctor.displayName, preferred_username: 'doctor', fhirUser: `${clinic.fhir}/${doctor.fhirUser}` };
    for (const method of ['GET', 'POST']) {
      const answered = await clinic.app.request(method, '/oauth2/default/userinfo', { token: access });
      expect(answered).toMatchObject({ status: 200, json: expected });
      expect(answered.headers.get('cache-control')).toBe('no-store');
    }
  });

  it('refuses no token, a bad one, one of the other site, one in the query and one without openid', async () => {
    const { access } = await signedIn();
    for (const attempt of [
      clinic.app.request('GET', '/oauth2/default/userinfo'),
      userinfo('nonsense'),
      clinic.app.request('GET', '/oauth2/alternate/userinfo', { token: access }),
      clinic.app.request('GET', `/oauth2/default/userinfo?access_token=${access}`),
      clinic.app.request('POST', '/oauth2/default/userinfo', { form: { access_token: access } }),
    ]) {
      const refused = await attempt;
      expect(refused.status).toBe(401);
      expect(refused.headers.get('www-authenticate')).toMatch(/^Bearer/);
    }
    const browser = clinic.browser();
    await browser.go(clinic.authorizeUrl({ scope: 'profile user/Patient.rs' }));
    await browser.signIn('doctor', PASSWORD);
    const { json } = await clinic.redeem(answer(await browser.authorize())['code']!);
    expect(await userinfo(json.access_token)).toMatchObject({ status: 401, json: { error: 'insufficient_scope' } });
  });
});
