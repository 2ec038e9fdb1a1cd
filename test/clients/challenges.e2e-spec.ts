import { PASSWORD } from '../oauth/authorize.fixture';
import { Holders } from './holders.fixture';

const PATHS = { FHIR: '/apis/default/fhir/Patient', 'the standard API': '/apis/default/api/patient', 'the portal API': '/apis/default/portal/patient', userinfo: '/oauth2/default/userinfo' };

let holders: Holders;
beforeAll(async () => {
  holders = await Holders.open();
});
afterAll(() => holders.stop());

/** Status and challenge (RFC 6750 §3) of a request with this Authorization header, or none. */
async function challenged(path: string, authorization?: string): Promise<[number, string | null]> {
  const { status, headers } = await holders.clinic.app.request('GET', path, { headers: authorization === undefined ? {} : { authorization } });
  return [status, headers.get('www-authenticate')];
}

describe.each(Object.entries(PATHS))('WWW-Authenticate on %s', (_surface, path) => {
  it('names no error to who sent no token', async () => {
    expect(await challenged(path)).toEqual([401, 'Bearer realm="Salus"']);
    expect(await challenged(path, 'Basic eDp5')).toEqual([401, 'Bearer realm="Salus"']);
  });

  it.each<[string, () => Promise<string>]>([
    ['unknown', async () => 'x'.repeat(43)],
    ['malformed', async () => '%%%'],
    ['of the other site', async () => otherSite()],
    ['revoked', async () => revoked()],
  ])('says invalid_token to a token that is %s', async (_what, token) => {
    const [status, challenge] = await challenged(path, `Bearer ${await token()}`);
    expect([status, challenge]).toEqual([401, expect.stringMatching(/^Bearer realm="Salus", error="invalid_token"/)]);
  });
});

describe('a token without the scope', () => {
  it('is told so, and which to ask for where one is missing', async () => {
    const token = `Bearer ${await holders.user('openid api:oemr user/vital.read')}`;
    expect(await challenged('/apis/default/api/patient', token)).toEqual([401, 'Bearer realm="Salus", error="insufficient_scope", scope="user/patient.s"']);
    expect(await challenged('/apis/default/api/patient', `Bearer ${await holders.user('user/patient.read')}`)).toEqual([403, 'Bearer realm="Salus", error="insufficient_scope", scope="api:oemr"']);
    expect(await challenged('/apis/default/fhir/Patient', token)).toEqual([403, 'Bearer realm="Salus", error="insufficient_scope"']);
  });
});

async function otherSite(): Promise<string> {
  const scope = 'openid user/Patient.rs';
  const { id, secret } = await holders.clinic.register({ application_type: 'private', redirect_uris: ['https://app.example.org/cb'], scope }, 'alternate');
  const username = `abroad-${id.slice(0, 8)}`;
  await holders.hire(username, 'Administrators', 'alternate');
  const { json } = await holders.clinic.app.request('POST', '/oauth2/alternate/token', { form: { grant_type: 'password', client_id: id, client_secret: secret, user_role: 'users', username, password: PASSWORD, scope } });
  return json.access_token;
}

async function revoked(): Promise<string> {
  const { id, secret } = await holders.app('openid user/Patient.rs');
  const { json } = await holders.token({ grant_type: 'password', client_id: id, client_secret: secret, user_role: 'users', username: 'admin', password: PASSWORD, scope: 'openid user/Patient.rs' });
  await holders.clinic.app.request('POST', '/oauth2/default/revoke', { form: { token: json.access_token, client_id: id, client_secret: secret } });
  return json.access_token;
}
