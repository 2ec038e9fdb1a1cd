import type { FhirResource } from '#libs/fhir';
import { idsOf, linkOf, type SearchWorld, searchWorld } from './search.fixture';

/** Enough for filters to count as broad, so that pages are sought among the next resources before all matches are collected. */
const COUNT = 10_600;

const pad = (index: number): string => `o${String(index).padStart(5, '0')}`;

/** `common` in all, `late` only in the last hundred; days go up with the number, a few have none. */
function observation(index: number): FhirResource {
  const codes = ['common', ...(index >= COUNT - 100 ? ['late'] : []), ...(index % 2 ? ['odd'] : [])];
  return {
    resourceType: 'Observation', id: pad(index), status: index >= COUNT - 3 ? 'preliminary' : 'final', code: { coding: codes.map((code) => ({ code })) }, subject: { reference: `Patient/p${index % 400}` },
    ...(index % 100 !== 7 && { effectiveDateTime: new Date(Date.UTC(2020, 0, 1) + Math.floor(index / 3) * 60_000).toISOString() }),
  };
}

let world: SearchWorld;

beforeAll(async () => {
  world = await searchWorld();
  const all = Array.from({ length: COUNT }, (_, index) => observation(index));
  for (let at = 0; at < COUNT; at += 1000) await world.put(...all.slice(at, at + 1000));
}, 180_000);

afterAll(() => world.close());

async function pages(query: string, most: number): Promise<string[][]> {
  const seen: string[][] = [];
  for (let url: string | undefined = query; url !== undefined && seen.length < most; ) {
    const page = await world.bundle(url);
    seen.push(idsOf(page));
    url = linkOf(page, 'next');
  }
  return seen;
}

const range = (from: number, to: number, step = 1): string[] => Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => pad(from + index * step));

describe('a search that most resources match', () => {
  it('finds its pages among the next resources', async () => {
    expect(await pages('Observation?code=common&_count=4', 3)).toEqual([range(0, 3), range(4, 7), range(8, 11)]);
    expect(await world.statements(() => world.bundle('Observation?code=common&_count=4'))).toHaveLength(3);
  });

  it('goes on to the last one when the next resources do not fill a page', async () => {
    expect(await pages('Observation?code=common&status:not=final&_count=2', 9)).toEqual([range(COUNT - 3, COUNT - 2), range(COUNT - 1, COUNT - 1)]);
    expect((await pages('Observation?code=common&code=late&_count=40', 9)).map((page) => page.length)).toEqual([40, 40, 20]);
    expect((await pages(`Observation?code=common&_id=${pad(10_000)},${pad(5)}`, 9)).flat()).toEqual([pad(5), pad(10_000)]);
  });

  it('counts them all', async () => {
    expect((await world.bundle('Observation?code=common&_summary=count')).total).toBe(COUNT);
    expect((await world.bundle('Observation?code=common&code=odd&status=final&_count=1&_total=accurate')).total).toBe(COUNT / 2 - 2);
  });

  it.each([
    ['Observation?_sort=date&_count=5', 'index alone'],
    ['Observation?code=common&_sort=date&_count=5', 'broad filter'],
    ['Observation?code=common&_sort=date,_id&_count=5', 'two keys'],
  ])('%s begins with the earliest days (%s)', async (query) => {
    expect((await pages(query, 3)).flat()).toEqual([...range(0, 6), ...range(8, 15)]);
  });

  it('goes down from the latest', async () => {
    const latest = (await pages('Observation?code=common&_sort=-date&_count=4', 3)).flat();
    expect([...latest].sort()).toEqual(range(COUNT - 12, COUNT - 1).sort());
    expect(latest[0]! > latest.at(-1)!).toBe(true);
  });

  it('collects what the sort order would find late', async () => {
    expect((await pages('Observation?code=common&code=late&status=final&_sort=date&_count=30', 9)).flat()).toHaveLength(97);
    expect((await pages('Observation?code=common&status=preliminary&_sort=date&_count=2', 9)).flat()).toEqual(range(COUNT - 3, COUNT - 1));
  });

  it('comes to what has no value last, and meets everything once', async () => {
    const walk = await pages('Observation?code=common&_sort=date&_count=1000', 99);
    const ids = walk.flat();
    expect(new Set(ids).size).toBe(COUNT);
    expect(ids).toHaveLength(COUNT);
    expect(ids.slice(-COUNT / 100)).toEqual(range(7, COUNT - 1, 100));
  });
});
