import { graphqlQueries, operationCalls } from './compartment-proof/operation-calls';
import { comparable } from './compartment-proof/same-answer';
import { type Reach, type Request, TwoWorlds } from './compartment-proof/two-worlds';
import { batch, berts, chains, guesses, histories, isBerts, plainSearches, reads, reverseChains, systemSearches, TYPES, writes } from './compartment-proof/ways-in';

const WAYS: [string, (type: string) => Request[]][] = [
  ['read', reads], ['history', histories], ['search', plainSearches], ['system search', systemSearches], ['GraphQL', graphqlQueries], ['parameter', guesses], ['chain', chains], ['_has', reverseChains], ['batch', (type) => [batch(type)]],
];

/**
 * Two clinics, the same but for one patient, Bert, whom one has and the other never heard of. What a token confined to
 * Anna gets must be the same in both, byte for byte: then no answer, count, order or status depends on Bert.
 */
describe('where Bert is and where he never was', () => {
  let worlds: TwoWorlds;
  beforeAll(async () => {
    worlds = await TwoWorlds.open();
  });
  afterAll(() => worlds.close());

  /** The first answers that differ, or that no request should get. */
  async function differing(reach: Reach, requests: readonly Request[], most: number): Promise<object[]> {
    const found: object[] = [];
    for (const request of requests) {
      const [here, there] = [await worlds.ask(reach, 'with', request), await worlds.ask(reach, 'without', request)];
      const [one, other] = [comparable(worlds, 'with', here), comparable(worlds, 'without', there)];
      if (one !== other || here.status >= 500) found.push({ request, ...firstDifference(one, other) });
      if (found.length === most) break;
    }
    return found;
  }

  describe.each(TYPES)('%s', (type) => {
    it.each(WAYS)('is the same to Anna’s token by %s', async (_way, requests) => expect(await differing('anna', requests(type), 5)).toEqual([]));

    // Else the questions would not be about Bert.
    if (!isBerts(type)) return;
    it.each(WAYS.filter(([way]) => ['read', 'search', 'system search', 'GraphQL', 'batch'].includes(way)))('differs to a token for everybody by %s', async (_way, requests) =>
      expect(await differing('everybody', requests(type), 1)).toHaveLength(1));
  });

  it('is the same to Anna’s token by every operation', async () => {
    const calls = worlds.operations().flatMap((declaration) => operationCalls(declaration, TYPES, berts));
    expect(calls.length).toBeGreaterThan(500);
    expect(await differing('anna', calls, 10)).toEqual([]);
  });

  it.each(['everything', 'meta', 'lastn', 'match', 'document'])('differs to a token for everybody by $%s', async (name) => {
    const calls = worlds.operations().filter((declaration) => declaration.name === name).flatMap((declaration) => operationCalls(declaration, TYPES, berts));
    expect(await differing('everybody', calls, 1)).toHaveLength(1);
  });

  it.each<[string, (type: string) => Request[], number]>([['parameter', guesses, 0.5], ['chain', chains, 0.2], ['_has', reverseChains, 0.2]])('most questions by %s do concern Bert', async (_way, requests, share) => {
    const sample = TYPES.filter(isBerts).flatMap(requests).filter((_, index) => index % 10 === 0);
    expect((await differing('everybody', sample, sample.length)).length).toBeGreaterThan(sample.length * share);
  });

  // Last, for they change both worlds: alike.
  it.each(TYPES.filter(isBerts))('writes of %s are the same to Anna’s token', async (type) => expect(await differing('anna', writes(type), 5)).toEqual([]));
});

function firstDifference(one: string, other: string): object {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  return { with: one.slice(Math.max(0, at - 80), at + 120), without: other.slice(Math.max(0, at - 80), at + 120) };
}
