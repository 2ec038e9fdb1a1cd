import { HistoryService, readHistoryRequest } from '../../src/fhir/history';
import { CursorSecret } from '../../src/fhir/search';
import { SearchReads } from '../../src/fhir/search/cost/search-reads';
import { type Access, ALL_VERBS } from '../../src/kernel';
import { BASE, patientAccess, type SearchWorld, searchWorld, staff } from './search.fixture';

interface Bundle { total?: number; entry?: { response: { location: string } }[]; link: { relation: string; url: string }[] }

/** Everybody's goals of one code, as a granular scope has it. */
const narrow: Access = { ...staff, rules: [{ type: 'Goal', verbs: ALL_VERBS, filter: [['lifecycle-status', 'completed']] }] };

describe('the history of a large store', () => {
  let world: SearchWorld;
  let histories: HistoryService;
  beforeAll(async () => {
    world = await searchWorld();
    histories = new HistoryService(new SearchReads(world.db), world.reader, new CursorSecret(world.db));
    await world.put({ resourceType: 'Patient', id: 'a' }, { resourceType: 'Patient', id: 'b' });
    for (let round = 0; round < 3; round++) {
      await world.put(...Array.from({ length: 300 }, (_, index) => ({ resourceType: 'Goal', id: `g${index}`, lifecycleStatus: index === 299 && round === 0 ? 'completed' : 'active', description: { text: `${round}` }, subject: { reference: `Patient/${index % 30 === 0 ? 'a' : 'b'}` } })));
    }
    for (const access of [staff, patientAccess('a')]) await ask('_history', access);
  });
  afterAll(() => world.close());

  async function ask(path: string, access: Access): Promise<Bundle> {
    const [place, query = ''] = path.split('?') as [string, string?];
    const [type, id] = place.split('/').filter((part) => part !== '_history');
    const request = readHistoryRequest({ ...(type !== undefined && { type }), ...(id !== undefined && { id }) }, [...new URLSearchParams(query)], true);
    return JSON.parse((await world.run(() => histories.history(access, request, BASE))).toString()) as Bundle;
  }

  it.each<[string, Access, number]>([
    ['Goal/g1/_history', staff, 2], ['Goal/g1/_history?_count=2', staff, 3], ['Goal/_history', staff, 1], ['_history?_count=10', staff, 1], ['_history?_type=Goal,Patient', staff, 1],
    ['Goal/_history', patientAccess('a'), 2], ['_history', patientAccess('a'), 2], ['Goal/g0/_history', patientAccess('a'), 3], ['Goal/_history?_total=accurate&_count=5', patientAccess('a'), 3],
  ])('%s costs so many statements, however long it is', async (path, access, most) => {
    const seen = await world.statements(() => ask(path, access));
    expect(seen.filter((text) => !text.includes('MAX(id)')).length > most ? seen : []).toEqual([]);
  });

  it('fills a page up where nearly nothing is the caller’s, and says when there is no more', async () => {
    const bundle = await ask('Goal/_history?_count=1', narrow);
    expect(bundle.entry?.map(({ response }) => response.location)).toEqual([`${BASE}/Goal/g299/_history/1`]);
    expect([bundle.total, bundle.link.length]).toEqual([1, 1]);
  });

  it.each([['Goal/_history', 'fhir_history_updated'], ['_history', 'fhir_history_time'], ['_history?_type=Goal,Patient', 'fhir_history_time']])('%s reads its index in order, for staff', async (path, index) => {
    expect(await plan(path, staff)).toContain(index);
    expect(await plan(path, patientAccess('a'))).toContain('fhir_history_patient');
  });

  /** The index that the page's keys are read by, and nothing that sorts them all. */
  async function plan(path: string, access: Access): Promise<string> {
    const seen = await world.statements(() => ask(path, access));
    const keys = /SELECT h\.last_updated, h\.resource, h\.version FROM fhir_history h (?:INDEXED BY|FORCE INDEX) \(?(\w+)/.exec(seen.join('\n'));
    return keys?.[1] ?? seen.join('\n');
  }
});
