import { Accounts } from '../../src/auth';
import { answer, CALLBACK, Clinic, PASSWORD, proof } from '../oauth/authorize.fixture';

/** Some of each class in OpenEMR's list. */
const PUBLISHED = 'openid name phone_verified offline_access online_access fhirUser launch launch/patient api:oemr api:fhir api:port system/Patient.$export system/*.$bulkdata-status patient/Binary.read user/Organization.write system/DocumentReference.$docref user/Media.rs patient/Observation.rs?category=http://terminology.hl7.org//CodeSystem-observation-category|social-history system/DocumentReference.rs?category=http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category|clinical-note patient/appointment.read user/vital.write user/document.crs user/insurance.$swap-insurance patient/encounter.rs';
const BYE = 'https://app.example.org/bye';

let clinic: Clinic;
beforeAll(async () => {
  clinic = await Clinic.open();
});
afterAll(() => clinic.stop());

/** The first answer of the authorization endpoint to a program, with some parameters otherwise. */
const authorize = (changes: Record<string, string | undefined> = {}, path?: string) => clinic.app.request('GET', clinic.authorizeUrl(changes, path));
const location = ({ headers }: { headers: Headers }) => new URL(headers.get('location') ?? '', clinic.app.url);

describe('the parameters of /authorize as printed', () => {
  it('leads to the sign-in page', async () => {
    const seen = await authorize();
    expect([seen.status, location(seen).pathname]).toEqual([303, '/oauth2/default/provider/login']);
  });

  it.each<[string, Record<string, string | undefined>, string]>([
    ['client_id unknown', { client_id: 'nobody' }, 'invalid_client'], ['redirect_uri not registered', { redirect_uri: 'https://evil.example.org/cb' }, 'invalid_client'], ['redirect_uri with another path', { redirect_uri: `${CALLBACK}/x` }, 'invalid_client'],
  ])('answers 401 without a redirect: %s', async (_what, changes, error) => {
    const seen = await authorize(changes);
    expect([seen.status, seen.json.error, seen.headers.get('location')]).toEqual([401, error, null]);
  });

  it.each<[string, () => Record<string, string | undefined>, string]>([
    ['response_type=token', () => ({ response_type: 'token' }), 'unsupported_response_type'], ['no response_type', () => ({ response_type: undefined }), 'invalid_request'], ['no known scope', () => ({ scope: 'patient/Unicorn.rs' }), 'invalid_scope'],
    ['no scope', () => ({ scope: undefined }), 'invalid_scope'], ['plain PKCE', () => ({ code_challenge: proof().challenge, code_challenge_method: 'plain' }), 'invalid_request'], ['a method without a challenge', () => ({ code_challenge_method: 'S256' }), 'invalid_request'],
    ['a public client without a challenge', () => ({ client_id: clinic.publicApp.id, redirect_uri: 'http://127.0.0.1/cb' }), 'invalid_request'], ['a launch without aud', () => ({ aud: undefined }), 'invalid_request'], ['aud of another server', () => ({ aud: 'https://other.example.org/fhir' }), 'invalid_request'],
    ['an unknown launch', () => ({ scope: 'launch patient/Patient.rs', launch: 'eyJwIjoiMSJ9' }), 'invalid_request'],
  ])('tells the app at its address, with state: %s', async (_what, changes, error) => {
    const seen = await authorize(changes());
    expect([seen.status, Object.fromEntries(location(seen).searchParams)]).toEqual([303, { error, error_description: expect.any(String), state: 'xyz' }]);
  });

  it.each<[string, Record<string, string | undefined>]>([
    ['no state', { state: undefined }], ['state of 512 characters', { state: 'a'.repeat(512) }], ['no redirect_uri where one is registered', { redirect_uri: undefined }], ['aud without a launch left out', { aud: undefined, scope: 'openid api:oemr user/patient.rs' }],
    ['aud of the standard API without a launch', { aud: 'api', scope: 'openid api:oemr user/patient.rs' }], ['unknown parameters', { autosubmit: '1', display: 'page', acr_values: '1' }], ['some unknown scopes', { scope: 'openid launch/patient patient/Patient.rs patient/Unicorn.rs' }],
  ])('accepts %s', async (_what, changes) => {
    const aud = changes['aud'] === 'api' ? { aud: `${clinic.app.url}/apis/default/api` } : {};
    expect(location(await authorize({ ...changes, ...aud })).pathname).toBe('/oauth2/default/provider/login');
  });

  it('takes any port of a loopback address', async () => {
    const { challenge } = proof();
    const seen = await authorize({ client_id: clinic.publicApp.id, redirect_uri: 'http://127.0.0.1:49152/cb', code_challenge: challenge, code_challenge_method: 'S256', scope: 'launch/patient patient/Patient.rs' });
    expect(location(seen).pathname).toBe('/oauth2/default/provider/login');
  });

  it('takes a POST for a GET', async () => {
    const form = Object.fromEntries(new URL(clinic.authorizeUrl(), clinic.app.url).searchParams);
    const seen = await clinic.app.request('POST', '/oauth2/default/authorize', { form });
    expect([seen.status, location(seen).pathname]).toEqual([303, '/oauth2/default/authorize']);
  });
});

describe('the form fields as printed', () => {
  it('take staff by user_role=api and a patient by user_role=portal-api with email', async () => {
    const through = async (fields: Record<string, string>, choose: boolean) => {
      const browser = clinic.browser();
      await browser.go(clinic.authorizeUrl());
      await browser.submit(fields);
      if (choose) await browser.choose('Ben O’Hara');
      return (await clinic.redeem(answer(await browser.authorize())['code']!)).json;
    };
    expect(await through({ username: 'doctor', password: PASSWORD, user_role: 'api' }, true)).toMatchObject({ patient: clinic.patients.get('Ben'), need_patient_banner: true });
    expect(await through({ username: 'ana', password: PASSWORD, user_role: 'portal-api', email: 'ana@example.org' }, false)).toMatchObject({ patient: clinic.patients.get('Ana'), smart_style_url: `${clinic.app.url}/oauth2/default/smart/smart-style` });
  });

  it('show the page again with 200 after wrong credentials, and hand the caller’s address to the limits', async () => {
    const authenticate = jest.spyOn(clinic.service(Accounts), 'authenticate');
    const browser = clinic.browser();
    await browser.go(clinic.authorizeUrl());
    const seen = await browser.signIn('doctor', 'wrong');
    expect([seen.status, seen.text.includes('name="password"')]).toEqual([200, true]);
    expect(authenticate).toHaveBeenCalledWith(expect.objectContaining({ username: 'doctor', address: '127.0.0.1' }));
    authenticate.mockRestore();
  });
});

describe('the aliases', () => {
  it('carry a whole launch: /connect/authorize, /connect/token, /fhir/r4, /authorize/logout', async () => {
    const browser = clinic.browser();
    await browser.go(clinic.authorizeUrl({ aud: `${clinic.app.url}/fhir/r4` }, '/connect/authorize'));
    await browser.signIn('doctor', PASSWORD);
    await browser.choose('Ana Ruiz');
    const code = answer(await browser.authorize())['code']!;
    const { id, secret } = clinic.confidential;
    const { json } = await clinic.app.request('POST', '/connect/token', { form: { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, client_id: id, client_secret: secret } });
    expect(json.patient).toBe(clinic.patients.get('Ana'));

    const get = (path: string) => clinic.app.request('GET', path, { token: json.access_token });
    expect((await get(`/fhir/r4/patient/${json.patient}`)).json).toMatchObject({ resourceType: 'Patient', id: json.patient });
    expect((await get('/fhir/r4/patient')).json.entry).toHaveLength(1);
    expect((await get(`/fhir/r4/Patient/${clinic.patients.get('Ben')}`)).status).toBe(404);
    expect((await clinic.app.request('GET', `/fhir/r4/Patient/${json.patient}`)).status).toBe(401);

    const left = await browser.go(`/authorize/logout?id_token_hint=${json.id_token}`);
    expect([left.status, left.text]).toEqual([200, expect.stringContaining('You have been signed out. Thank you.')]);
    expect((await get(`/fhir/r4/Patient/${json.patient}`)).status).toBe(401);
  });

  it('tell what the server can: /metadata and /fhir/r4/.well-known/smart-configuration', async () => {
    const { json } = await clinic.app.request('GET', '/metadata');
    expect([json.resourceType, json.rest[0].security.service[0].coding[0].code]).toEqual(['CapabilityStatement', 'SMART-on-FHIR']);
    const [own, alias] = await Promise.all(['/apis/default/fhir', '/fhir/r4'].map((base) => clinic.app.request('GET', `${base}/.well-known/smart-configuration`)));
    expect(alias!.json).toEqual(own!.json);
  });
});

describe('logout as printed', () => {
  const signedIn = async () => {
    const browser = clinic.browser();
    await browser.go(clinic.authorizeUrl());
    await browser.signIn('doctor', PASSWORD);
    await browser.choose('Ana Ruiz');
    const { json } = await clinic.redeem(answer(await browser.authorize())['code']!);
    return { browser, json };
  };
  const leave = (query: Record<string, string>) => clinic.app.request('GET', `/oauth2/default/logout?${new URLSearchParams(query)}`);

  it('answers in plain text to a program, then 401 that nobody is signed in', async () => {
    const { json } = await signedIn();
    const first = await leave({ id_token_hint: json.id_token });
    expect([first.status, first.text, first.headers.get('content-type')]).toEqual([200, 'You have been signed out. Thank you.', 'text/plain; charset=utf-8']);
    const second = await leave({ id_token_hint: json.id_token });
    expect([second.status, second.json.message]).toEqual([401, 'You are currently not signed in.']);
  });

  it('needs the hint, and one of its own', async () => {
    const { json } = await signedIn();
    expect((await leave({})).json.error).toBe('invalid_request');
    const [head, body] = json.id_token.split('.');
    expect((await leave({ id_token_hint: `${head}.${body}.AAAA` })).status).toBe(400);
    expect((await clinic.app.request('GET', '/oauth2/default/userinfo', { token: json.access_token })).status).toBe(200);
  });

  it('goes to the registered address with state, and to no other', async () => {
    const { json } = await signedIn();
    const evil = await leave({ id_token_hint: json.id_token, post_logout_redirect_uri: 'https://evil.example.org/' });
    expect([evil.status, evil.headers.get('location')]).toEqual([200, null]);
    const good = await leave({ id_token_hint: (await signedIn()).json.id_token, post_logout_redirect_uri: BYE, state: 's' });
    expect(good.headers.get('location')).toBe(`${BYE}?state=s`);
  });
});

describe('what the server says of itself', () => {
  const base = () => `${clinic.app.url}/oauth2/default`;

  it('OpenID discovery', async () => {
    const { json } = await clinic.app.request('GET', '/oauth2/default/.well-known/openid-configuration');
    const endpoints = { authorization: 'authorize', token: 'token', userinfo: 'userinfo', registration: 'registration', end_session: 'logout', introspection: 'introspect', revocation: 'revoke' };
    for (const [name, path] of Object.entries(endpoints)) expect(json[`${name}_endpoint`]).toBe(`${base()}/${path}`);
    expect(json).toMatchObject({ issuer: base(), jwks_uri: `${base()}/jwk`, subject_types_supported: ['public'], id_token_signing_alg_values_supported: ['RS256'], code_challenge_methods_supported: ['S256'] });
    expect(json.grant_types_supported).toEqual(expect.arrayContaining(['authorization_code', 'password', 'refresh_token']));
    expect(json.scopes_supported).toEqual(expect.arrayContaining(PUBLISHED.split(' ')));
    expect(json.token_endpoint_auth_methods_supported).toContain('client_secret_post');
    expect(json.token_endpoint_auth_signing_alg_values_supported).toContain('RS384');
  });

  it('SMART configuration, whatever is accepted and to any origin', async () => {
    const { status, json, headers } = await clinic.app.request('GET', '/apis/default/fhir/.well-known/smart-configuration', { headers: { accept: 'text/html', origin: 'https://app.example.org' } });
    expect([status, headers.get('access-control-allow-origin'), headers.get('content-type')]).toEqual([200, '*', 'application/json; charset=utf-8']);
    expect(json).toMatchObject({ issuer: base(), jwks_uri: `${base()}/jwk`, authorization_endpoint: `${base()}/authorize`, token_endpoint: `${base()}/token`, introspection_endpoint: `${base()}/introspect`, code_challenge_methods_supported: ['S256'] });
    expect(json.grant_types_supported).toEqual(expect.arrayContaining(['authorization_code', 'client_credentials']));
    const capabilities = 'launch-ehr launch-standalone client-confidential-symmetric client-confidential-asymmetric client-public context-banner context-ehr-patient context-style context-standalone-patient sso-openid-connect permission-user permission-patient permission-offline permission-v1 permission-v2 authorize-post context-ehr-encounter';
    expect(json.capabilities).toEqual(expect.arrayContaining(capabilities.split(' ')));
    expect(json.scopes_supported.every((scope: unknown) => typeof scope === 'string')).toBe(true);
  });

  it('keys with names and algorithms, and no private part', async () => {
    const { json } = await clinic.app.request('GET', '/oauth2/default/jwk');
    for (const key of json.keys) expect(Object.keys(key).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
  });

  it('the style, as an object', async () => {
    const { json } = await clinic.app.request('GET', '/oauth2/default/smart/smart-style');
    const keys = 'color_background color_error color_highlight color_modal_backdrop color_success color_text dim_border_radius dim_font_size dim_spacing_size font_family_body font_family_heading';
    expect(Object.keys(json)).toEqual(expect.arrayContaining(keys.split(' ')));
  });
});
