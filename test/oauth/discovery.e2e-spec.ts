import { allowInsecureRequests, discovery } from 'openid-client';
import { SigningKeys } from '../../src/auth';
import { AuthApp } from './token.fixture';

describe('discovery', () => {
  let app: AuthApp;
  beforeAll(async () => {
    app = await AuthApp.start({ OAUTH_PASSWORD_GRANT: 'off' });
  });
  afterAll(() => app.stop());

  it('satisfies an OpenID Connect client', async () => {
    const found = await discovery(new URL(`${app.url}/oauth2/default`), 'any', undefined, undefined, { execute: [allowInsecureRequests] });
    expect(found.serverMetadata().issuer).toBe(`${app.url}/oauth2/default`);
    expect(found.serverMetadata().supportsPKCE()).toBe(true);
  });

  it('publishes the configuration of its own site, without the password grant while that is off', async () => {
    const { status, headers, json } = await app.get('/oauth2/alternate/.well-known/openid-configuration');
    const base = `${app.url}/oauth2/alternate`;
    expect([status, headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
    expect(json).toMatchObject({
      issuer: base, authorization_endpoint: `${base}/authorize`, token_endpoint: `${base}/token`, jwks_uri: `${base}/jwk`, userinfo_endpoint: `${base}/userinfo`, registration_endpoint: `${base}/registration`,
      end_session_endpoint: `${base}/logout`, introspection_endpoint: `${base}/introspect`, revocation_endpoint: `${base}/revoke`, code_challenge_methods_supported: ['S256'], id_token_signing_alg_values_supported: ['RS256'],
      subject_types_supported: ['public'], response_types_supported: ['code'], grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials'],
    });
    expect(json.scopes_supported).toEqual(expect.arrayContaining(['openid', 'patient/Observation.rs', 'user/vital.crus', 'system/*.$export']));
  });

  it.each(['/apis/default/fhir/.well-known/smart-configuration', '/fhir/r4/.well-known/smart-configuration'])('answers %s to anyone, whatever they accept', async (path) => {
    const { status, headers, json } = await app.send('GET', path, { headers: { accept: 'text/html', authorization: 'Bearer nonsense' } });
    expect(status).toBe(200);
    expect(headers.get('content-type')).toMatch(/^application\/json/);
    const base = `${app.url}/oauth2/default`;
    expect(json).toMatchObject({ issuer: base, jwks_uri: `${base}/jwk`, authorization_endpoint: `${base}/authorize`, token_endpoint: `${base}/token`, introspection_endpoint: `${base}/introspect`, code_challenge_methods_supported: ['S256'] });
    expect(json.grant_types_supported).toEqual(expect.arrayContaining(['authorization_code', 'client_credentials']));
    expect(json.scopes_supported.every((scope: unknown) => typeof scope === 'string')).toBe(true);
    expect(json.token_endpoint_auth_signing_alg_values_supported).toEqual(['RS384', 'ES384']);
    const certified = ['launch-standalone', 'launch-ehr', 'client-public', 'client-confidential-symmetric', 'client-confidential-asymmetric', 'sso-openid-connect', 'context-standalone-patient', 'permission-offline', 'permission-patient', 'permission-user', 'authorize-post', 'permission-v2', 'permission-v1', 'context-banner', 'context-style', 'context-ehr-patient', 'context-ehr-encounter'];
    expect(json.capabilities).toEqual(expect.arrayContaining(certified));
  });

  it('publishes public keys only, one set per site, and keeps old ones after a rotation', async () => {
    const keysOf = async (site: string) => (await app.get(`/oauth2/${site}/jwk`)).json.keys as Record<string, string>[];
    const [first] = await keysOf('default');
    expect(first).toEqual({ kty: 'RSA', n: expect.any(String), e: 'AQAB', kid: expect.any(String), alg: 'RS256', use: 'sig' });
    expect((await keysOf('alternate'))[0]!.kid).not.toBe(first!.kid);
    const before = await app.at(SigningKeys, (keys) => keys.sign({ iss: `${app.url}/oauth2/default`, sub: 'a' }, { typ: 'JWT' }));
    await app.at(SigningKeys, (keys) => keys.rotate());
    expect((await keysOf('default')).map(({ kid }) => kid)).toEqual([expect.any(String), first!.kid]);
    const verify = (token: string, site = 'default') => app.at(SigningKeys, (keys) => keys.verifyIdTokenHint(token), site);
    expect(await verify(before)).toMatchObject({ sub: 'a' });
    expect(await verify(before, 'alternate')).toBeUndefined();
    expect(await verify(`${before.slice(0, -6)}AAAAAA`)).toBeUndefined();
    expect(await verify('nonsense')).toBeUndefined();
  });

  it('makes one key however many ask first at once', async () => {
    const fresh = await AuthApp.start();
    const answers = await Promise.all(Array.from({ length: 5 }, () => fresh.get('/oauth2/default/jwk')));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    await fresh.stop();
  });

  it('serves the style apps may take on', async () => {
    const { status, json } = await app.get('/oauth2/default/smart/smart-style');
    expect(status).toBe(200);
    expect(Object.keys(json)).toEqual(expect.arrayContaining(['color_background', 'color_error', 'color_highlight', 'color_modal_backdrop', 'color_success', 'color_text', 'dim_border_radius', 'dim_font_size', 'dim_spacing_size', 'font_family_body', 'font_family_heading']));
  });
});
