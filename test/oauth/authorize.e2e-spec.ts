import { answer, CALLBACK, Clinic, PASSWORD, proof } from './authorize.fixture';

let clinic: Clinic;
beforeAll(async () => {
  clinic = await Clinic.open();
});
afterAll(() => clinic.stop());

const once = (changes: Record<string, string | undefined>) => clinic.browser().go(clinic.authorizeUrl(changes), { once: true });
const nativeRequest = (changes: Record<string, string | undefined> = {}) =>
  ({ client_id: clinic.publicApp.id, redirect_uri: 'com.example.pocket:/cb', code_challenge: proof().challenge, code_challenge_method: 'S256', scope: 'openid launch/patient patient/Patient.rs', ...changes });

describe('GET /oauth2/:site/authorize', () => {
  it('leads a good request to the sign-in page, which names the app', async () => {
    const seen = await clinic.browser().go(clinic.authorizeUrl());
    expect(seen.status).toBe(200);
    expect(seen.at).toMatch(/^\/oauth2\/default\/provider\/login\?interaction=/);
    expect(seen.text).toContain('Growth &lt;Charts&gt;');
  });

  it('works at the alias of other vendors’ clients', async () => {
    expect((await clinic.browser().go(clinic.authorizeUrl({}, '/connect/authorize'))).text).toContain('Sign in');
  });

  it('takes the only registered redirect_uri when none is sent, and refuses to guess among several', async () => {
    expect((await clinic.browser().go(clinic.authorizeUrl({ redirect_uri: undefined }))).status).toBe(200);
    expect(await once(nativeRequest({ redirect_uri: undefined }))).toMatchObject({ status: 400, left: undefined });
  });

  it('answers programs in JSON where a browser gets a page', async () => {
    const url = clinic.authorizeUrl({ client_id: 'nobody' });
    const json = await clinic.app.request('GET', url, { headers: { accept: 'application/json' } });
    expect(json).toMatchObject({ status: 401, json: { error: 'invalid_client' } });
    const page = await clinic.browser().go(url);
    expect(page.status).toBe(401);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  });
});

describe('the redirect address (RFC 9700 §4.1)', () => {
  const near = [
    `${CALLBACK}/`, `${CALLBACK}/more`, `${CALLBACK}?x=1`, 'https://app.example.org/CB', 'https://app.example.org/%63b', 'https://app.example.org/x/%2e%2e/cb',
    'https://app.example.org@evil.example/cb', 'https://evil@app.example.org/cb', 'https://app.example.org:8443/cb', 'http://app.example.org/cb',
    'https://sub.app.example.org/cb', 'https://app.example.org.evil.example/cb', `${CALLBACK}#x`, 'javascript:alert(1)', '//app.example.org/cb',
  ];
  it.each(near)('stays on a page of ours for %s, and says nothing of the address', async (uri) => {
    const seen = await once({ redirect_uri: uri });
    expect(seen.status).toBe(401);
    expect(seen.headers.get('location')).toBeNull();
    expect(seen.text.toLowerCase()).not.toContain('evil');
    expect(seen.text).not.toContain(uri);
  });

  it('lets the port of a loopback address vary, and nothing else of it', async () => {
    expect(await once(nativeRequest({ redirect_uri: 'http://127.0.0.1:51004/cb' }))).toMatchObject({ status: 303 });
    for (const uri of ['http://localhost:51004/cb', 'http://127.0.0.2:51004/cb', 'http://127.0.0.1:51004/other', 'http://127.0.0.1.evil.example/cb']) {
      expect(await once(nativeRequest({ redirect_uri: uri }))).toMatchObject({ status: 401, left: undefined });
    }
  });

  it('sends nobody anywhere for an unknown, a disabled or a backend client', async () => {
    const off = await clinic.register({ application_type: 'private', client_name: 'Off', redirect_uris: [CALLBACK], scope: 'openid' });
    await clinic.setClient(off.id, false);
    const texts = [];
    for (const id of ['nobody', off.id, 'x'.repeat(5000)]) {
      const seen = await once({ client_id: id });
      expect(seen).toMatchObject({ status: 401, left: undefined });
      texts.push(seen.text.replace(/<code>[^<]*<\/code>/g, ''));
    }
    expect(new Set(texts).size).toBe(1);
  });

  it('refuses repeated parameters without a redirect', async () => {
    for (const name of ['client_id', 'redirect_uri', 'scope', 'state', 'code_challenge']) {
      const seen = await clinic.browser().go(`${clinic.authorizeUrl()}&${name}=again&${name}=and+again`, { once: true });
      expect(seen).toMatchObject({ status: 400, left: undefined });
      expect(seen.text).toContain(name);
    }
  });
});

describe('checks whose refusal goes back to the app', () => {
  const cases: [string, () => Record<string, string | undefined>, string][] = [
    ['no response_type', () => ({ response_type: undefined }), 'invalid_request'],
    ['response_type=token', () => ({ response_type: 'token' }), 'unsupported_response_type'],
    ['response_type=code id_token', () => ({ response_type: 'code id_token' }), 'unsupported_response_type'],
    ['response_mode=fragment', () => ({ response_mode: 'fragment' }), 'invalid_request'],
    ['a request object', () => ({ request: 'eyJhbGciOiJub25lIn0.e30.' }), 'request_not_supported'],
    ['a request_uri', () => ({ request_uri: 'http://169.254.169.254/latest' }), 'request_uri_not_supported'],
    ['no scope', () => ({ scope: undefined }), 'invalid_scope'],
    ['only unknown scopes', () => ({ scope: 'nonsense patient/Observation.sr' }), 'invalid_scope'],
    ['only system scopes', () => ({ scope: 'system/Patient.rs' }), 'invalid_scope'],
    ['a SMART launch without aud', () => ({ aud: undefined }), 'invalid_request'],
    ['aud of another host', () => ({ aud: 'https://other.example/apis/default/fhir' }), 'invalid_request'],
    ['aud of the other site', () => ({ aud: clinic.fhir.replace('default', 'alternate') }), 'invalid_request'],
    ['aud with a path more', () => ({ aud: `${clinic.fhir}/Patient` }), 'invalid_request'],
    ['a SMART launch for the standard API', () => ({ aud: `${clinic.app.url}/apis/default/api` }), 'invalid_request'],
    ['a good aud beside a foreign resource', () => ({ resource: 'https://other.example/fhir' }), 'invalid_request'],
    ['scope launch without a launch', () => ({ scope: 'launch user/Patient.rs' }), 'invalid_request'],
    ['a launch without scope launch', () => ({ launch: 'abc' }), 'invalid_request'],
    ['an unknown launch', () => ({ scope: 'launch user/Patient.rs', launch: 'abc' }), 'invalid_request'],
    ['prompt=none while nobody is signed in', () => ({ prompt: 'none' }), 'login_required'],
    ['prompt=none with another', () => ({ prompt: 'none login' }), 'invalid_request'],
    ['max_age that is no number', () => ({ max_age: '-1' }), 'invalid_request'],
    ['a challenge with method plain', () => ({ code_challenge: proof().challenge, code_challenge_method: 'plain' }), 'invalid_request'],
    ['a challenge without a method, which would mean plain', () => ({ code_challenge: proof().challenge }), 'invalid_request'],
    ['a method without a challenge', () => ({ code_challenge_method: 'S256' }), 'invalid_request'],
    ['a nonce too long to keep', () => ({ nonce: 'n'.repeat(513) }), 'invalid_request'],
  ];
  it.each(cases)('%s', async (_, changes, error) => {
    const { left, status } = await once(changes());
    expect(status).toBe(303);
    expect(left?.origin + left!.pathname).toBe(CALLBACK);
    expect(answer({ left } as never)).toEqual({ error, state: 'xyz', error_description: expect.stringMatching(/^[\x20-\x7e]+$/) });
  });

  it.each([
    ['none', {}],
    ['plain', { code_challenge: proof().challenge, code_challenge_method: 'plain' }],
    ['42 characters', { code_challenge: 'a'.repeat(42), code_challenge_method: 'S256' }],
    ['129 characters', { code_challenge: 'a'.repeat(129), code_challenge_method: 'S256' }],
  ])('a public client with a challenge of: %s', async (_, sent) => {
    const seen = await once({ ...nativeRequest({ code_challenge: undefined, code_challenge_method: undefined }), ...sent });
    expect(seen.left?.protocol).toBe('com.example.pocket:');
    expect(answer(seen)).toMatchObject({ error: 'invalid_request' });
  });

  it('accepts aud with a trailing slash, resource in its place, and no aud without a launch', async () => {
    expect((await once({ aud: `${clinic.fhir}/` })).left).toBeUndefined();
    expect((await once({ aud: undefined, resource: clinic.fhir })).left).toBeUndefined();
    expect((await once({ aud: undefined, scope: 'openid user/Patient.rs' })).left).toBeUndefined();
    expect((await once({ aud: `${clinic.app.url}/apis/default/api`, scope: 'openid user/patient.rs' })).left).toBeUndefined();
  });

  it('returns 512 characters of state unchanged', async () => {
    const state = `${'~-._!*()\'aZ09%&=+ é/?#'.repeat(23)}`;
    expect(state.length).toBeGreaterThan(500);
    expect(answer(await once({ state, response_type: 'token' }))['state']).toBe(state);
  });

  it('leaves state out of the answer when none was sent', async () => {
    expect(answer(await once({ state: undefined, response_type: 'token' }))).not.toHaveProperty('state');
  });
});

describe('POST /oauth2/:site/authorize (SMART authorize-post)', () => {
  const fields = (changes = {}) => [...new URL(clinic.authorizeUrl(changes), clinic.app.url).searchParams];

  it('leads to the same page as GET, with the session the browser withheld from the foreign form', async () => {
    const browser = clinic.browser();
    await browser.go(clinic.authorizeUrl());
    await browser.signIn('admin', PASSWORD);
    const session = browser.cookies.get('salus_session');
    browser.cookies.delete('salus_session');
    const redirect = await browser.go('/oauth2/default/authorize', { fields: fields(), once: true });
    expect(redirect).toMatchObject({ status: 303, left: undefined });
    expect(browser.cookies.size).toBe(0);
    browser.cookies.set('salus_session', session!);
    await browser.go(redirect.headers.get('location')!);
    expect(browser.patients().size).toBe(3);
  });

  it('refuses what GET refuses', async () => {
    expect(await clinic.browser().go('/oauth2/default/authorize', { fields: fields({ redirect_uri: 'https://evil.example/' }) })).toMatchObject({ status: 401, left: undefined });
    expect(answer(await clinic.browser().go('/oauth2/default/authorize', { fields: fields({ aud: 'https://other.example' }) }))).toMatchObject({ error: 'invalid_request', state: 'xyz' });
  });
});

describe('prompt and max_age (OIDC Core §3.1.2.1)', () => {
  const signedIn = async () => {
    const browser = clinic.browser();
    await browser.go(clinic.authorizeUrl());
    await browser.signIn('admin', PASSWORD);
    return browser;
  };

  it('needs no second sign-in in the same browser, but does for prompt=login and max_age=0', async () => {
    const browser = await signedIn();
    expect((await browser.go(clinic.authorizeUrl())).at).toContain('patient-select');
    for (const changes of [{ prompt: 'login' }, { max_age: '0' }, { prompt: 'select_account' }]) {
      expect((await browser.go(clinic.authorizeUrl(changes))).at).toContain('provider/login');
      expect((await browser.signIn('admin', PASSWORD)).at).toContain('patient-select');
    }
    expect((await browser.go(clinic.authorizeUrl({ max_age: '3600' }))).at).toContain('patient-select');
  });

  it('answers prompt=none with what is missing, never with a page', async () => {
    const browser = await signedIn();
    expect(answer(await browser.go(clinic.authorizeUrl({ prompt: 'none' })))).toMatchObject({ error: 'interaction_required' });
    expect(answer(await browser.go(clinic.authorizeUrl({ prompt: 'none', scope: 'openid user/Patient.rs' })))).toMatchObject({ error: 'consent_required' });
  });

  it('fills in login_hint, escaped', async () => {
    const seen = await clinic.browser().go(clinic.authorizeUrl({ login_hint: '"><script>alert(1)</script>' }));
    expect(seen.text).toContain('value="&quot;&gt;&lt;script&gt;');
    expect(seen.text).not.toContain('<script');
  });
});
