import type { FhirResource } from '#libs/fhir';
import type { Access } from '../../src/kernel';
import { BASE, linkOf, namesOf, patientAccess, type SearchWorld, searchWorld, staff, type TestBundle } from './search.fixture';

interface Options { access?: Access; strict?: boolean; compartment?: { type: string; id: string } }

let world: SearchWorld;

/** What `[base]?query` gives. */
async function system(query: string, { access = staff, strict = false, compartment }: Options = {}): Promise<TestBundle> {
  const parameters = [...new URLSearchParams(query.includes('?') ? query.slice(query.indexOf('?') + 1) : query)];
  const bytes = await world.run(() => world.search.searchTypes(access, parameters, { baseUrl: BASE, strict, ...(compartment && { compartment }) }));
  return JSON.parse(bytes.toString()) as TestBundle;
}

const inOrder = (bundle: TestBundle): string[] => (bundle.entry ?? []).filter(({ search }) => search.mode === 'match').map(({ resource }) => resource.id!);
const names = async (query: string, options?: Options): Promise<string> => inOrder(await system(query, options)).join(' ');

async function walk(query: string, options: Options = {}): Promise<string[]> {
  const seen: string[] = [];
  for (let next: string | undefined = query; next !== undefined; ) {
    const page: TestBundle = await system(next, options);
    seen.push(...inOrder(page));
    next = linkOf(page, 'next');
  }
  return seen;
}

const tag = [{ system: 'http://tags.test', code: 't' }];
const observation = (id: string, patient: string, date: string, more: object = {}): FhirResource => ({ resourceType: 'Observation', id, status: 'final', code: { coding: [{ code: 'x' }] }, subject: { reference: `Patient/${patient}` }, effectiveDateTime: date, ...more });

beforeAll(async () => {
  world = await searchWorld();
  await world.put({ resourceType: 'Patient', id: 'p1', name: [{ family: 'Adams' }], meta: { tag } }, { resourceType: 'Patient', id: 'p2', name: [{ family: 'Baker' }] }, { resourceType: 'Practitioner', id: 'dr' });
  await world.put({ resourceType: 'Encounter', id: 'e1', status: 'finished', class: { code: 'AMB' }, subject: { reference: 'Patient/p1' }, period: { start: '2024-01-02' }, participant: [{ individual: { reference: 'Practitioner/dr' } }] });
  await world.put(
    observation('o1', 'p1', '2024-01-01', { encounter: { reference: 'Encounter/e1' }, meta: { tag } }), observation('o2', 'p1', '2024-01-03'), observation('o3', 'p2', '2024-01-02'),
    { resourceType: 'Procedure', id: 'c1', status: 'completed', subject: { reference: 'Patient/p1' }, encounter: { reference: 'Encounter/e1' }, performedDateTime: '2024-01-02T10:00:00Z' },
    { resourceType: 'Procedure', id: 'c2', status: 'completed', subject: { reference: 'Patient/p2' } },
  );
});

afterAll(() => world.close());

describe('a search of several types', () => {
  it.each([
    ['_type=Observation,Procedure', 'o1 o2 o3 c1 c2'],
    ['_type=Procedure&_type=Observation', 'o1 o2 o3 c1 c2'],
    ['_type=Observation,Procedure&date=2024-01-02', 'o3 c1'],
    ['_type=Observation,Procedure&patient=p1', 'o1 o2 c1'],
    ['_type=Observation,Procedure&patient=p1&date=ge2024-01-02&_sort=-date', 'o2 c1'],
    ['_type=Observation,Procedure&_sort=date', 'o1 o3 c1 o2 c2'],
    ['_type=Observation,Procedure&_sort=-date', 'o2 c1 o3 o1 c2'],
    ['_type=Observation,Procedure&_sort=-_id', 'o3 o2 o1 c2 c1'],
    ['_type=Observation,Procedure&_sort=status,-_id', 'c2 c1 o3 o2 o1'],
    ['_type=Observation,Procedure&patient.family=baker', 'o3 c2'],
    ['_type=Observation,Patient&_has:Nothing:x:y=1', undefined],
    ['_tag=t', 'p1 o1'],
    ['_id=p1,o2,dr', 'p1 dr o2'],
    ['_type=Practitioner', 'dr'],
  ])('%s gives %s', async (query, ids) => {
    if (ids === undefined) await expect(system(query)).rejects.toMatchObject({ status: 400 });
    else expect(await names(query)).toBe(ids);
  });

  it.each(['_type=Observation,Procedure&_count=2', '_type=Observation,Procedure&_sort=date&_count=1', '_type=Observation,Procedure&_sort=-_lastUpdated&_count=2', '_type=Observation,Procedure&_sort=-date,_id&_count=2', '_count=3'])('%s: a walk meets each match once, in the order of one page', async (query) => {
    expect(await walk(query)).toEqual(inOrder(await system(query.replace(/&?_count=\d+/, ''))));
  });

  it('counts all of them', async () => {
    expect(await system('_type=Observation,Procedure&_summary=count')).toMatchObject({ total: 5 });
    expect(await system('_type=Observation,Procedure&_count=1&_total=accurate')).toMatchObject({ total: 5 });
    expect((await system('_type=Observation,Procedure&_count=1')).total).toBeUndefined();
  });

  it('has links below the base', async () => {
    const page = await system('_type=Observation,Procedure&_count=2');
    expect(linkOf(page, 'self')).toBe(`${BASE}?_type=Observation%2CProcedure&_count=2`);
    expect(linkOf(page, 'next')).toMatch(new RegExp(`^${BASE}\\?.*_cursor=`));
  });

  it('includes for the types that an include is about', async () => {
    expect(namesOf(await system('_type=Observation,Procedure&patient=p1&_include=Observation:encounter'), 'include')).toEqual(['Encounter/e1']);
    expect(namesOf(await system('_type=Observation,Procedure&_id=c2&_include=*'), 'include')).toEqual(['Patient/p2']);
    await expect(system('_type=Observation,Procedure&_include=Encounter:subject')).rejects.toMatchObject({ status: 400 });
  });

  it('keeps the elements that each type has', async () => {
    const bundle = await system('_type=Observation,Procedure&_id=o1,c1&_elements=performed');
    expect(bundle.entry!.map(({ resource }) => Object.keys(resource).sort().join(' '))).toEqual(['code id meta resourceType status', 'id meta performedDateTime resourceType status subject']);
  });

  it('leaves out what is not common to all types and says so, or refuses it where strictness is wanted', async () => {
    const bundle = await system('_type=Observation,Procedure&value-quantity=5&patient=p1');
    expect(inOrder(bundle)).toEqual(['o1', 'o2', 'c1']);
    expect(bundle.entry!.at(-1)).toMatchObject({ search: { mode: 'outcome' }, resource: { issue: [{ code: 'not-supported' }] } });
    expect(linkOf(bundle, 'self')).not.toContain('value-quantity');
    await expect(system('_type=Observation,Procedure&value-quantity=5', { strict: true })).rejects.toMatchObject({ status: 400, problems: [{ path: 'value-quantity' }] });
  });

  it.each(['_type=Nothing', '_type=', '_type=Observation,;drop', '_type=Observation,Procedure&date=nonsense', '_type=Patient,Organization&_sort=address,x'])('%s is refused', async (query) => {
    await expect(system(query)).rejects.toMatchObject({ status: 400 });
  });
});

describe('access, type by type', () => {
  it('shows a patient their own chart, in matches, counts and pages', async () => {
    const access = patientAccess('p1');
    expect(await names('_type=Observation,Procedure', { access })).toBe('o1 o2 c1');
    expect(await system('_type=Observation,Procedure&_summary=count', { access })).toMatchObject({ total: 3 });
    expect(await names('_type=Observation,Procedure&patient=p2', { access })).toBe('');
    expect((await walk('_count=1', { access })).sort()).toEqual(['c1', 'dr', 'e1', 'o1', 'o2', 'p1']);
  });

  it('refuses a named type that is not the caller’s, and leaves it out where none is named', async () => {
    const access = patientAccess('p1', [{ type: 'Observation' }]);
    await expect(system('_type=Observation,Procedure', { access })).rejects.toMatchObject({ status: 403 });
    expect(await names('', { access })).toBe('o1 o2');
    await expect(system('', { access: { ...staff, rules: [] } })).rejects.toMatchObject({ status: 403 });
  });

  it('judges each type by its own restriction', async () => {
    const access = patientAccess('p1', [{ type: 'Observation', filter: [['_id', 'o2']] }, { type: 'Procedure' }]);
    expect(await names('_type=Observation,Procedure', { access })).toBe('o2 c1');
  });

  it('a page link is good for its caller and its search alone', async () => {
    const next = linkOf(await system('_type=Observation,Procedure&_count=1'), 'next')!;
    expect(inOrder(await system(next))).toEqual(['o2']);
    await expect(system(next, { access: patientAccess('p1') })).rejects.toMatchObject({ status: 400 });
    await expect(system(next.replace('%2CProcedure', ''))).rejects.toMatchObject({ status: 400 });
    await expect(system(next, { compartment: { type: 'Patient', id: 'p1' } })).rejects.toMatchObject({ status: 400 });
    await expect(system(next.replace(/_cursor=./, '_cursor=X'))).rejects.toMatchObject({ status: 400 });
  });
});

describe('compartments', () => {
  const inside = (type: string, id: string) => ({ compartment: { type, id } });

  it.each([
    ['Patient', 'p1', '', 'p1 e1 o1 o2 c1'],
    ['Patient', 'p1', '_type=Observation', 'o1 o2'],
    ['Patient', 'p2', '_type=Observation,Procedure', 'o3 c2'],
    ['Encounter', 'e1', '', 'e1 o1 c1'],
    ['Encounter', 'e1', '_type=Procedure', 'c1'],
    ['Practitioner', 'dr', '', 'dr e1'],
    ['Device', 'nothing', '', ''],
    ['RelatedPerson', 'p1', '', ''],
  ])('%s/%s/*?%s holds %s', async (type, id, query, ids) => expect(await names(query, inside(type, id))).toBe(ids));

  it('one type at a time', async () => {
    const bundle = await world.run(() => world.search.search(staff, 'Observation', [], { baseUrl: BASE, ...inside('Encounter', 'e1') }));
    expect(inOrder(JSON.parse(bundle.toString()))).toEqual(['o1']);
  });

  it('of somebody else holds nothing for a patient', async () => {
    const access = patientAccess('p2');
    expect(await names('_type=Observation,Encounter,Procedure', { access, ...inside('Encounter', 'e1') })).toBe('');
    expect(await names('_type=Observation,Procedure', { access, ...inside('Patient', 'p1') })).toBe('');
  });
});

describe('statements of a search of several types', () => {
  it.each([['_type=Observation,Procedure', 2], ['', 2], ['_type=Observation,Procedure&_sort=-date', 2], ['_type=Observation,Procedure&_count=1&_total=accurate', 3], ['_type=Observation,Procedure&patient=p1&_include=*', 4]])('%s takes %i', async (query, count) => {
    await system(query);
    expect(await world.statements(() => system(query))).toHaveLength(count);
  });
});
