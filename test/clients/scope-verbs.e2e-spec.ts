import { Holders, observation } from './holders.fixture';

type Interaction = 'read' | 'vread' | 'history' | 'search' | 'searchByPost' | 'create' | 'update' | 'delete';

/** The letter each interaction needs (SMART App Launch 2.2), and what it answers when it is there. */
const NEEDS: Record<Interaction, [letter: string, status: number]> = {
  read: ['r', 200], vread: ['r', 200], history: ['r', 200], search: ['s', 200], searchByPost: ['s', 200], create: ['c', 201], update: ['u', 200], delete: ['d', 204],
};

const expected = (letters: string): Record<Interaction, number> =>
  Object.fromEntries(Object.entries(NEEDS).map(([name, [letter, status]]) => [name, letters.includes(letter) ? status : 403])) as Record<Interaction, number>;

let holders: Holders;
let admin: string;
beforeAll(async () => {
  holders = await Holders.open();
  admin = await holders.user('user/*.cruds');
});
afterAll(() => holders.stop());

/** What each interaction answers to this token, on an Observation of Ana made for the occasion. */
async function answers(token: string): Promise<Record<Interaction, number>> {
  const { json } = await holders.fhir(admin, 'POST', 'Observation', observation(holders.id('Ana'), 'vital-signs'));
  const at = `Observation/${json.id}`;
  const status = async (method: string, path: string, body?: unknown) => (await holders.fhir(token, method, path, body)).status;
  const byPost = () => holders.clinic.app.request('POST', '/apis/default/fhir/Observation/_search', { token, form: { _id: json.id } });
  return {
    read: await status('GET', at),
    vread: await status('GET', `${at}/_history/1`),
    history: await status('GET', `${at}/_history`),
    search: await status('GET', `Observation?_id=${json.id}`),
    searchByPost: (await byPost()).status,
    create: await status('POST', 'Observation', observation(holders.id('Ana'), 'survey')),
    update: await status('PUT', at, { ...json, status: 'amended' }),
    delete: await status('DELETE', at),
  };
}

const LETTERS: [scope: string, letters: string][] = [
  ['Observation.c', 'c'], ['Observation.r', 'r'], ['Observation.u', 'u'], ['Observation.d', 'd'], ['Observation.s', 's'],
  ['Observation.rs', 'rs'], ['Observation.cud', 'cud'], ['Observation.cruds', 'cruds'], ['Observation.read', 'rs'], ['Observation.write', 'cud'], ['Observation.*', 'cruds'],
  ['*.rs', 'rs'], ['*.read', 'rs'], ['*.cruds', 'cruds'], ['Patient.cruds', ''],
];

describe('a token of staff, in user/', () => {
  it.each(LETTERS)('%s gives “%s” on Observation and nothing else', async (scope, letters) => {
    expect(await answers(await holders.user(`user/${scope}`))).toEqual(expected(letters));
  });

  it('adds letters up, and v1 to v2', async () => {
    expect(await answers(await holders.user('user/Observation.r user/Observation.c user/Observation.read'))).toEqual(expected('crs'));
  });

  it('reads nothing by the standard API’s scopes of the same sound', async () => {
    expect(await answers(await holders.user('api:oemr user/vital.cruds user/patient.rs'))).toEqual(expected(''));
  });
});

describe('a token of a backend service, in system/', () => {
  it.each(LETTERS)('%s gives “%s” on Observation and nothing else', async (scope, letters) => {
    expect(await answers(await holders.system(`system/${scope}`))).toEqual(expected(letters));
  });
});

describe.each<[string, (scope: string) => Promise<string>]>([
  ['of a patient', (scope) => holders.patient(scope)],
  ['of staff who launched for one patient', (scope) => holders.launched(scope)],
])('a token %s, in patient/', (_who, holder) => {
  it.each<[string, string]>([
    ['Observation.r', 'r'], ['Observation.s', 's'], ['Observation.rs', 'rs'], ['Observation.read', 'rs'], ['*.rs', 'rs'], ['*.read', 'rs'], ['Patient.rs', ''], ['Condition.rs', ''],
  ])('%s gives “%s” on Observation and nothing else', async (scope, letters) => {
    expect(await answers(await holder(`patient/${scope}`))).toEqual(expected(letters));
  });
});

describe('scopes that cannot be had', () => {
  const refused = (metadata: Record<string, unknown>) => holders.clinic.app.request('POST', '/oauth2/default/registration', { body: { redirect_uris: ['https://app.example.org/cb'], application_type: 'private', ...metadata } });

  it.each(['patient/Observation.cruds', 'patient/Observation.write', 'patient/*.cruds', 'user/Observation.sr', 'user/Observation.rr', 'user/Observation.', 'user/Observation', 'user/observation.x', 'everyone/Observation.rs', 'user/Unicorn.rs'])('%s is refused at registration', async (scope) => {
    const answer = await refused({ scope });
    expect([answer.status, answer.json.error]).toEqual([400, 'invalid_scope']);
  });

  it('a patient is given no user/ scope, staff no system/ scope, a backend service neither of the others', async () => {
    await expect(holders.patient('user/Observation.rs')).rejects.toThrow('invalid_scope');
    const { id, secret } = await holders.app('user/Patient.rs system/Patient.rs', { jwks: { keys: [{ kty: 'EC', crv: 'P-384', kid: '1', x: 'AA', y: 'AA' }] } });
    const answer = await holders.token({ grant_type: 'password', client_id: id, client_secret: secret, scope: 'user/Patient.rs system/Patient.rs', user_role: 'users', username: 'admin', password: 'correct horse battery' });
    expect(answer.json.scope).toBe('user/Patient.rs');
    await expect(holders.system('user/Patient.rs')).rejects.toThrow('invalid_scope');
  });

  it('a token has no more than was asked for, however much the app registered', async () => {
    const { id, secret } = await holders.app('user/Patient.rs user/Observation.cruds');
    const { json } = await holders.token({ grant_type: 'password', client_id: id, client_secret: secret, scope: 'user/Observation.r', user_role: 'users', username: 'admin', password: 'correct horse battery' });
    expect(json.scope).toBe('user/Observation.r');
    expect(await answers(json.access_token)).toEqual(expected('r'));
  });
});

describe('a batch', () => {
  it('judges each entry by its own letter', async () => {
    const { json } = await holders.fhir(admin, 'POST', 'Observation', observation(holders.id('Ana'), 'vital-signs'));
    const entry = [
      { request: { method: 'GET', url: `Observation/${json.id}` } }, { request: { method: 'GET', url: `Observation?_id=${json.id}` } }, { request: { method: 'DELETE', url: `Observation/${json.id}` } },
      { resource: { ...json, status: 'amended' }, request: { method: 'PUT', url: `Observation/${json.id}` } }, { resource: observation(holders.id('Ana'), 'survey'), request: { method: 'POST', url: 'Observation' } },
    ];
    const statuses = async (scope: string) => (await holders.fhir(await holders.user(scope), 'POST', '', { resourceType: 'Bundle', type: 'batch', entry })).json.entry.map((each: { response: { status: string } }) => Number(each.response.status.slice(0, 3)));
    expect(await statuses('user/Observation.r')).toEqual([200, 403, 403, 403, 403]);
    expect(await statuses('user/Observation.s')).toEqual([403, 200, 403, 403, 403]);
    expect(await statuses('user/Observation.c')).toEqual([403, 403, 403, 403, 201]);
    expect(await statuses('user/Patient.cruds')).toEqual([403, 403, 403, 403, 403]);
    expect((await holders.fhir(admin, 'GET', `Observation/${json.id}`)).json.meta.versionId).toBe('1');
  });

  it('a transaction with one entry too many does nothing', async () => {
    const token = await holders.user('user/Observation.c');
    const count = async () => (await holders.fhir(admin, 'GET', 'Observation?_summary=count')).json.total;
    const before = await count();
    const entry = [{ resource: observation(holders.id('Ana'), 'survey'), request: { method: 'POST', url: 'Observation' } }, { resource: { resourceType: 'Patient' }, request: { method: 'POST', url: 'Patient' } }];
    expect((await holders.fhir(token, 'POST', '', { resourceType: 'Bundle', type: 'transaction', entry })).status).toBe(403);
    expect(await count()).toBe(before);
  });
});
