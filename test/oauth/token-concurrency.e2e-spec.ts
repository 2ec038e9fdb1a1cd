import { type Account, Accounts } from '../../src/auth';
import { Db } from '../../src/database';
import { clock } from '../../src/kernel';
import { AuthApp } from './token.fixture';
import { type App, asSystem, assertion, backend, codeFor, confidential, type KeyPair, keyPair, PASSWORD, people, staffLogin, withCode } from './token.people';

const DAY = 86_400_000;

describe('the token endpoint under concurrent use', () => {
  let app: AuthApp;
  let client: App;
  let key: KeyPair;
  let backendId: string;
  let physician: Account;
  beforeAll(async () => {
    app = await AuthApp.start();
    ({ physician } = await people(app));
    client = await confidential(app);
    key = await keyPair('ES384', 'k');
    backendId = await backend(app, key);
  });
  afterAll(() => app.stop());
  afterEach(() => jest.restoreAllMocks());

  it('serves many different assertions at once, none failing for another’s sake', async () => {
    const texts = await Promise.all(Array.from({ length: 30 }, () => assertion(app, backendId, key)));
    const answers = await Promise.all(texts.map((text) => asSystem(app, text)));
    expect(answers.map(({ status }) => status)).toEqual(new Array(30).fill(200));
  });

  it('serves one of many copies of an assertion and refuses the rest as used', async () => {
    const text = await assertion(app, backendId, key);
    const answers = await Promise.all(Array.from({ length: 12 }, () => asSystem(app, text)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...new Array(11).fill(401)]);
  });

  it('redeems many codes and counts many first failures at once', async () => {
    const codes = await Promise.all(Array.from({ length: 20 }, () => codeFor(app, client.id, physician)));
    const redeemed = await Promise.all(codes.map((code) => withCode(app, code, {}, client.basic)));
    expect(redeemed.map(({ status }) => status)).toEqual(new Array(20).fill(200));
    const failed = await Promise.all(Array.from({ length: 12 }, (_, index) => staffLogin(app, client, `ghost${index % 3}`)));
    expect(failed.map(({ json }) => json.error)).toEqual(new Array(12).fill('invalid_grant'));
  });

  it('clears what has expired, each site at its own next token, and keeps what may still be used', async () => {
    const count = (site: string) => app.at(Db, async (db) => Number((await (await db.sql()).query<{ n: number }>("SELECT COUNT(*) AS n FROM oauth_grant WHERE account_kind = 'system'"))[0]!.n), site);
    await app.at(Accounts, (all) => all.create({ kind: 'users', username: 'there', password: PASSWORD, displayName: 'There', group: 'Physicians' }), 'alternate');
    const elsewhere = await confidential(app, 'openid user/Patient.rs system/*.rs', { jwks: { keys: [key.jwk] } }, 'alternate');
    const loginThere = () => app.token({ grant_type: 'password', client_id: elsewhere.id, client_secret: elsewhere.secret, user_role: 'users', username: 'there', password: PASSWORD, scope: 'openid' }, {}, 'alternate');
    const there = await asSystem(app, await assertion(app, elsewhere.id, key, { aud: `${app.url}/oauth2/alternate/token` }), 'system/*.rs', {}, 'alternate');
    expect(there.status).toBe(200);
    const { json } = await withCode(app, await codeFor(app, client.id, physician), {}, client.basic);
    expect([(await count('default')) > 20, await count('alternate')]).toEqual([true, 1]);

    const later = Date.now() + 4 * DAY;
    jest.spyOn(clock, 'now').mockImplementation(() => later);
    expect((await app.token({ grant_type: 'refresh_token', refresh_token: json.refresh_token }, client.basic)).status).toBe(200);
    expect([await count('default'), await count('alternate')]).toEqual([0, 1]);
    expect((await loginThere()).status).toBe(200);
    expect(await count('alternate')).toBe(0);
  });
});
