import * as oidc from 'openid-client';
import { CALLBACK, Clinic, PASSWORD } from './authorize.fixture';

let clinic: Clinic;
beforeAll(async () => {
  clinic = await Clinic.open();
});
afterAll(() => clinic.stop());

describe('openid-client, as an app would use it', () => {
  it('discovers, signs in with PKCE and nonce, reads userinfo, refreshes and signs out', async () => {
    const { id, secret } = clinic.confidential;
    const config = await oidc.discovery(new URL(`${clinic.app.url}/oauth2/default`), id, secret, undefined, { execute: [oidc.allowInsecureRequests] });
    const [verifier, nonce, state] = [oidc.randomPKCECodeVerifier(), oidc.randomNonce(), oidc.randomState()];
    const url = oidc.buildAuthorizationUrl(config, {
      redirect_uri: CALLBACK, scope: 'openid profile email offline_access launch/patient patient/Patient.rs', aud: clinic.fhir, nonce, state,
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256', max_age: '600',
    });
    const browser = clinic.browser();
    await browser.go(url.pathname + url.search);
    await browser.signIn('doctor', PASSWORD);
    await browser.choose('Ana Ruiz');
    await browser.authorize();

    const tokens = await oidc.authorizationCodeGrant(config, browser.seen.left!, { pkceCodeVerifier: verifier, expectedNonce: nonce, expectedState: state, maxAge: 600, idTokenExpected: true });
    const doctor = clinic.people.get('doctor')!;
    expect(tokens.claims()).toMatchObject({ sub: doctor.id, iss: `${clinic.app.url}/oauth2/default`, aud: id, name: doctor.displayName });
    expect(await oidc.fetchUserInfo(config, tokens.access_token, doctor.id)).toMatchObject({ preferred_username: 'doctor' });

    const fresh = await oidc.refreshTokenGrant(config, tokens.refresh_token!);
    expect(fresh['patient']).toBe(clinic.patients.get('Ana'));
    const end = oidc.buildEndSessionUrl(config, { id_token_hint: tokens.id_token!, post_logout_redirect_uri: 'https://app.example.org/bye', state: 'done' });
    expect((await browser.go(end.pathname + end.search)).left?.href).toBe('https://app.example.org/bye?state=done');
    await expect(oidc.fetchUserInfo(config, fresh.access_token, doctor.id)).rejects.toThrow();
    await expect(oidc.refreshTokenGrant(config, fresh.refresh_token!)).rejects.toThrow();
  });
});
