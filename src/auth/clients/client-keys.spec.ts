import { clock } from '../../kernel';
import { fetchJson } from '../outbound/fetch-json';
import { ClientKeys } from './client-keys';
import type { OAuthClient } from './oauth-client';

jest.mock('../outbound/fetch-json', () => ({ ...jest.requireActual('../outbound/fetch-json'), fetchJson: jest.fn() }));

const fetched = fetchJson as jest.MockedFunction<typeof fetchJson>;
const set = (...kids: string[]) => ({ value: { keys: kids.map((kid) => ({ kty: 'RSA', kid, n: 'n', e: 'AQAB' })) }, maxAge: undefined as number | undefined });
const client = (changes: Partial<OAuthClient>) => ({ jwksUri: 'https://app.example.org/jwks', ...changes }) as OAuthClient;

describe(ClientKeys.name, () => {
  let now: number;
  let keys: ClientKeys;
  beforeEach(() => {
    now = 1_000_000;
    jest.spyOn(clock, 'now').mockImplementation(() => now);
    fetched.mockReset();
    keys = new ClientKeys();
  });
  const kids = async (kid: string, changes: Partial<OAuthClient> = {}) => (await keys.named(kid, client(changes))).map((key) => key.kid);

  it('prefers registered keys and fetches nothing for them', async () => {
    expect(await kids('a', { jwks: { keys: [{ kty: 'RSA', kid: 'a' }] } })).toEqual(['a']);
    expect(fetched).not.toHaveBeenCalled();
  });

  it('fetches a published set once and keeps it', async () => {
    fetched.mockResolvedValue(set('a'));
    expect([await kids('a'), await kids('a')]).toEqual([['a'], ['a']]);
    expect(fetched).toHaveBeenCalledTimes(1);
  });

  it('keeps it no longer than Cache-Control allows', async () => {
    fetched.mockResolvedValue({ ...set('a'), maxAge: 20 });
    await kids('a');
    now += 21_000;
    await kids('a');
    expect(fetched).toHaveBeenCalledTimes(2);
  });

  it('fetches again for a new kid, but not for every invented one', async () => {
    fetched.mockResolvedValueOnce(set('a')).mockResolvedValueOnce(set('a', 'b'));
    await kids('a');
    expect(await kids('b')).toEqual([]);
    expect(fetched).toHaveBeenCalledTimes(1);
    now += 11_000;
    expect(await kids('b')).toEqual(['b']);
    expect(fetched).toHaveBeenCalledTimes(2);
  });

  it('asks once for many at the same time', async () => {
    fetched.mockImplementation(() => new Promise((done) => setTimeout(() => done(set('a')), 5)));
    expect(await Promise.all([kids('a'), kids('a'), kids('a')])).toEqual([['a'], ['a'], ['a']]);
    expect(fetched).toHaveBeenCalledTimes(1);
  });

  it('bounds how many servers it waits for at once', async () => {
    fetched.mockImplementation(() => new Promise((done) => setTimeout(() => done(set('a')), 20)));
    const asked = Array.from({ length: 21 }, (_, index) => keys.named('a', client({ jwksUri: `https://app${index}.example.org/jwks` })));
    const settled = await Promise.allSettled(asked);
    expect(settled.filter(({ status }) => status === 'rejected')).toHaveLength(1);
  });

  it.each([[{ keys: 'x' }], [{ keys: [] }], [{ keys: new Array(10_000).fill({ kty: 'RSA' }) }], [{ keys: [{ kty: 'oct', k: 'AA' }] }], [null]])('refuses a set that is none', async (value) => {
    fetched.mockResolvedValue({ value });
    await expect(kids('a')).rejects.toThrow();
  });
});
