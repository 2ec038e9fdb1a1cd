import { Accounts, Sessions } from '../../src/auth';
import { Clinic, PASSWORD } from '../oauth/authorize.fixture';

let clinic: Clinic;
beforeAll(async () => {
  clinic = await Clinic.open();
});
afterAll(() => clinic.stop());

const LOGIN = '/oauth2/default/login';
const request = () => clinic.authorizeUrl({ scope: 'openid user/Patient.rs' });
const isSignedIn = async (browser: ReturnType<Clinic['browser']>) => (await browser.go(request())).at.includes('scope-authorize-confirm');

async function signedIn(username = 'doctor') {
  const browser = clinic.browser();
  await browser.go(LOGIN);
  await browser.signIn(username, PASSWORD);
  return browser;
}

describe('the sign-in page', () => {
  it('has the fields and the button that people and programs look for', async () => {
    const { text } = await clinic.browser().go(LOGIN);
    for (const part of ['name="username"', 'name="password"', 'name="email"', 'name="user_role" value="api"', 'name="user_role" value="portal-api"', '>Sign in</button>']) expect(text).toContain(part);
  });

  it('shows the form again after a wrong password, in the same words for an unknown name', async () => {
    const texts: string[] = [];
    for (const [username, password] of [['doctor', 'wrong'], ['nobody', 'wrong'], ['nobody', PASSWORD]] as const) {
      const browser = clinic.browser();
      await browser.go(LOGIN);
      const seen = await browser.signIn(username, password);
      expect(seen.status).toBe(200);
      expect(seen.text).toContain('role="alert"');
      expect(await isSignedIn(browser)).toBe(false);
      texts.push(seen.text.replaceAll(username, '').replace(/value="[\w-]{43}"/g, ''));
    }
    expect(new Set(texts).size).toBe(1);
  });

  it('never puts the password back into the page', async () => {
    const browser = clinic.browser();
    await browser.go(LOGIN);
    expect((await browser.signIn('doctor', 'hunter2-secret')).text).not.toContain('hunter2-secret');
  });

  it('asks patients for the e-mail address on file', async () => {
    const tries: [Record<string, string>, boolean][] = [
      [{ user_role: 'portal-api', email: 'ana@example.org' }, true],
      [{ email: 'ana@example.org' }, true],
      [{ user_role: 'portal-api', email: 'ben@example.org' }, false],
      [{ user_role: 'portal-api' }, false],
      [{ user_role: 'api', email: 'ana@example.org' }, false],
      [{}, false],
    ];
    for (const [more, works] of tries) {
      const browser = clinic.browser();
      await browser.go(LOGIN);
      await browser.signIn('ana', PASSWORD, more);
      expect(browser.seen.text.includes('role="alert"')).toBe(!works);
    }
  });

  it('does not let staff in as patients', async () => {
    const browser = clinic.browser();
    await browser.go(LOGIN);
    expect((await browser.signIn('doctor', PASSWORD, { user_role: 'portal-api', email: 'doctor@example.org' })).text).toContain('role="alert"');
  });

  it('leads on to a place on this server only', async () => {
    for (const [wanted, reached] of [['/interface/patients?x=1', '/interface/patients?x=1'], ['//evil.example/', '/'], ['/\\evil.example', '/'], ['https://evil.example/', '/'], ['javascript:alert(1)', '/']] as const) {
      const browser = clinic.browser();
      await browser.go(`${LOGIN}?${new URLSearchParams({ return_to: wanted })}`);
      const seen = await browser.go('/oauth2/default/provider/login', { fields: [...browser.fields().filter(([name]) => !['username', 'password'].includes(name)), ['username', 'doctor'], ['password', PASSWORD]], once: true });
      expect(seen).toMatchObject({ status: 303, left: undefined });
      expect(seen.headers.get('location')).toBe(reached);
    }
  });
});

describe('forms', () => {
  it('are refused without the session’s token, with another session’s, and without a session', async () => {
    const [mine, theirs] = [clinic.browser(), clinic.browser()];
    await mine.go(LOGIN);
    await theirs.go(LOGIN);
    const foreign = theirs.fields().find(([name]) => name === 'csrf_token_form')!;
    const credentials: [string, string][] = [['username', 'doctor'], ['password', PASSWORD]];
    for (const fields of [credentials, [...credentials, foreign], [...credentials, ['csrf_token_form', ''] as [string, string]]]) {
      expect((await mine.go(LOGIN, { fields })).status).toBe(403);
    }
    const own = mine.fields();
    mine.cookies.clear();
    expect((await mine.go(LOGIN, { fields: [...credentials, ...own] })).status).toBe(403);
  });

  it('are refused on the consent page and the picker likewise, and a GET approves nothing', async () => {
    const browser = await signedIn();
    await browser.go(request());
    const bare = browser.fields().filter(([name]) => name !== 'csrf_token_form');
    for (const path of ['scope-authorize-confirm', 'device/code', 'smart/patient-select-confirm']) {
      expect((await browser.go(`/oauth2/default/${path}`, { fields: [...bare, ['proceed', '1']] })).status).toBe(403);
    }
    const query = new URLSearchParams([...bare, ['proceed', '1']]);
    for (const path of ['scope-authorize-confirm', 'device/code']) {
      expect((await browser.go(`/oauth2/default/${path}?${query}`)).left).toBeUndefined();
    }
  });
});

describe('every page', () => {
  it('allows no script, no frame, no foreign asset and no cache', async () => {
    const browser = await signedIn();
    const pages = [await browser.go(LOGIN), await browser.go(clinic.authorizeUrl()), await browser.go(request()), await browser.go(clinic.authorizeUrl({ client_id: 'nobody' }))];
    for (const { headers, text } of pages) {
      expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'; frame-ancestors 'none'$/);
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('access-control-allow-origin')).toBeNull();
      expect(text).not.toMatch(/<script| on\w+=|(src|href)="https?:/);
    }
  });

  it('answers no other origin, not even to say what it would take', async () => {
    const answered = await clinic.app.request('GET', LOGIN, { headers: { origin: 'https://evil.example' } });
    expect(answered.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('the session', () => {
  it('has a cookie that scripts, plain connections and foreign forms do not get', async () => {
    const { headers } = await clinic.browser().go(LOGIN);
    expect(headers.getSetCookie()).toEqual([expect.stringMatching(/^salus_session=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/)]);
  });

  it('has a new identifier after sign-in, and the old one is dead', async () => {
    const browser = clinic.browser();
    await browser.go(LOGIN);
    const before = browser.cookies.get('salus_session')!;
    await browser.signIn('doctor', PASSWORD);
    expect(browser.cookies.get('salus_session')).not.toBe(before);
    expect(await isSignedIn(browser)).toBe(true);
    browser.cookies.set('salus_session', before);
    expect(await isSignedIn(browser)).toBe(false);
  });

  it('is over after half an hour without use, and after twelve hours with', async () => {
    const idle = await signedIn();
    await clinic.later(29 * 60_000, async () => expect(await isSignedIn(idle)).toBe(true));
    await clinic.later(58 * 60_000, async () => expect(await isSignedIn(idle)).toBe(true));
    await clinic.later(89 * 60_000, async () => expect(await isSignedIn(idle)).toBe(false));
    const busy = await signedIn();
    for (let minutes = 20; minutes < 720; minutes += 20) await clinic.later(minutes * 60_000, async () => expect(await isSignedIn(busy)).toBe(true));
    await clinic.later(721 * 60_000, async () => expect(await isSignedIn(busy)).toBe(false));
  });

  it('is over when the account is disabled or its password changed', async () => {
    for (const end of [
      (id: string) => clinic.service(Accounts).setPassword('users', id, PASSWORD),
      (id: string) => clinic.service(Accounts).disable('users', id),
    ]) {
      const browser = await signedIn('bookkeeper');
      expect(await isSignedIn(browser)).toBe(true);
      await clinic.inSite('default', () => end(clinic.people.get('bookkeeper')!.id));
      expect(await isSignedIn(browser)).toBe(false);
    }
  });

  it('of one site means nothing at the other', async () => {
    const browser = await signedIn();
    await browser.go('/oauth2/alternate/login');
    expect(browser.seen.text).not.toContain('doctor');
    const [secret] = [browser.cookies.get('salus_session')!];
    const sessions = clinic.service(Sessions);
    const at = (site: string, value: string) => clinic.inSite(site, () => sessions.current({ cookies: { salus_session: value } } as never));
    expect((await at('alternate', secret))?.account).toBeUndefined();
  });
});
