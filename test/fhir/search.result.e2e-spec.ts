import type { FhirResource } from '#libs/fhir';
import { BASE, idsOf, linkOf, namesOf, patientAccess, type SearchWorld, searchWorld, staff } from './search.fixture';

const patient = (id: string, family: string | undefined, more: object = {}): FhirResource => ({ resourceType: 'Patient', id, ...(family && { name: [{ family }] }), ...more });

let world: SearchWorld;

beforeAll(async () => {
  world = await searchWorld();
  await world.put(
    { resourceType: 'Organization', id: 'org', name: 'Clinic', partOf: { reference: 'Organization/top' } },
    { resourceType: 'Organization', id: 'top', name: 'Trust' },
    patient('p1', 'Adams', { birthDate: '1990-01-01', gender: 'male', managingOrganization: { reference: 'Organization/org' }, text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">x</div>' } }),
    patient('p2', 'Baker', { birthDate: '1970', gender: 'female', managingOrganization: { reference: 'Organization/org' } }),
    patient('p3', 'adams', { birthDate: '1990-01-01' }),
    patient('p4', undefined, {}),
    patient('p5', 'Zed', { birthDate: '1950-12-31', managingOrganization: { reference: 'https://elsewhere.test/Organization/1' } }),
  );
  await world.put(...['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((id, index): FhirResource => ({
    resourceType: 'Observation', id, status: 'final', code: { coding: [{ code: 'x' }] }, subject: { reference: 'Patient/p1' }, valueQuantity: { value: 1.10, unit: 'kg' }, effectiveDateTime: `2024-01-0${(index % 3) + 1}`,
  })));
  await world.put({ resourceType: 'Provenance', id: 'prov', recorded: '2024-01-01T00:00:00Z', target: [{ reference: 'Observation/a' }, { reference: 'Patient/p1' }], agent: [{ who: { reference: 'Organization/org' } }] });
});

afterAll(() => world.close());

describe('_sort', () => {
  it.each([
    ['Patient?_sort=family', 'p1 p3 p2 p5 p4'],
    ['Patient?_sort=-family', 'p5 p2 p3 p1 p4'],
    ['Patient?_sort=birthdate', 'p5 p2 p1 p3 p4'],
    ['Patient?_sort=-birthdate,-_id', 'p3 p1 p2 p5 p4'],
    ['Patient?_sort=-_id', 'p5 p4 p3 p2 p1'],
    ['Patient?_sort=gender,_id', 'p2 p1 p3 p4 p5'],
    ['Patient?_sort=organization,_id', 'p1 p2 p5 p3 p4'],
    ['Patient?family=adams&_sort=-_lastUpdated,-_id', 'p3 p1'],
    ['Observation?patient=p1&_sort=-date', 'c f b e a d g'],
    ['Observation?patient=p1&code=x&_sort=date,-_id', 'g d a e b f c'],
    ['Observation?patient=p1&_sort=value-quantity', 'a b c d e f g'],
  ])('%s gives %s; what has no value comes last', async (query, ids) => {
    expect(await world.ids(query)).toEqual(ids.split(' '));
  });
});

describe('paging', () => {
  async function walk(query: string, between?: () => Promise<void>): Promise<string[]> {
    const seen: string[] = [];
    for (let url: string | undefined = query; url !== undefined; ) {
      const page = await world.bundle(url);
      seen.push(...idsOf(page));
      url = linkOf(page, 'next');
      await between?.();
    }
    return seen;
  }

  it.each(['Observation?_count=2', 'Observation?patient=p1&code=x&_count=3', 'Patient?_sort=family&_count=1', 'Patient?_sort=-birthdate,gender&_count=2', 'Patient?_sort=gender&_count=1'])('%s: a walk meets each match once, in the order of one page', async (query) => {
    const whole = await world.ids(query.replace(/&?_count=\d+/, ''));
    expect(await walk(query)).toEqual(whole);
  });

  it('meets each match once while others are written and sorted in front', async () => {
    let count = 0;
    const seen = await walk('Patient?_sort=family&_count=1', () => world.put(patient(`new${count}`, `A${count++}`)));
    expect(seen.filter((id) => id.startsWith('p'))).toEqual(['p1', 'p3', 'p2', 'p5', 'p4']);
    expect(new Set(seen).size).toBe(seen.length);
    for (let index = 0; index < count; index++) await world.remove('Patient', `new${index}`);
  });

  it('has no next link where the last page is exactly full', async () => {
    expect(linkOf(await world.bundle('Observation?_count=7'), 'next')).toBeUndefined();
  });

  it.each([
    ['edited', (url: string) => url.replace(/_cursor=./, '_cursor=X')],
    ['cut short', (url: string) => url.slice(0, -4)],
    ['used for another search', (url: string) => url.replace('code=x', 'code=y')],
    ['used for another type', (url: string) => url.replace('/Observation?', '/Condition?')],
    ['without signature', (url: string) => url.replace(/(_cursor=[^.]*).*/, '$1')],
    ['empty', (url: string) => url.replace(/_cursor=.*/, '_cursor=')],
  ])('a page link %s is refused', async (_what, change) => {
    const next = linkOf(await world.bundle('Observation?code=x&_count=2'), 'next')!;
    await expect(world.bundle(change(next))).rejects.toMatchObject({ status: 400 });
  });

  it('a page link of a clinician is refused to a patient, and after a scope was lost', async () => {
    const next = linkOf(await world.bundle('Observation?_count=2'), 'next')!;
    await expect(world.bundle(next, { access: patientAccess('p1') })).rejects.toMatchObject({ status: 400 });
    await expect(world.bundle(next, { access: { ...staff, scopes: new Set() } })).rejects.toMatchObject({ status: 400 });
    expect(idsOf(await world.bundle(next))).toEqual(['c', 'd']);
  });
});

describe('the Bundle', () => {
  it('holds stored bytes, full URLs and the search that was made', async () => {
    const bytes = await world.run(() => world.search.search(staff, 'Observation', [['_id', 'a'], ['_count', '5']], { baseUrl: BASE }));
    const bundle = JSON.parse(bytes.toString());
    expect(bytes.toString()).toContain('"value":1.1');
    expect(bundle).toMatchObject({ resourceType: 'Bundle', type: 'searchset', total: 1, entry: [{ fullUrl: `${BASE}/Observation/a`, resource: { id: 'a', meta: { versionId: '1' } }, search: { mode: 'match' } }] });
    expect(linkOf(bundle, 'self')).toBe(`${BASE}/Observation?_id=a&_count=5`);
  });

  it('has no entries where nothing matches', async () => {
    const bundle = await world.bundle('Patient?family=nobody');
    expect(bundle.total).toBe(0);
    expect(bundle).not.toHaveProperty('entry');
  });

  it.each([['Observation?_count=2', undefined], ['Observation?_count=2&_total=accurate', 7], ['Observation?_count=2&_total=none', undefined], ['Observation?_summary=count', 7], ['Observation?_count=0', 7], ['Observation?code=x&patient=p1&_summary=count', 7], ['Observation', 7]])('%s has the total %s', async (query, total) => {
    expect((await world.bundle(query)).total).toBe(total);
  });

  it('_summary=count has no entries', async () => {
    expect(await world.bundle('Observation?_summary=count')).not.toHaveProperty('entry');
  });

  it('leaves an unknown parameter out of the self link and says so', async () => {
    const bundle = await world.bundle('Patient?family=zed&shoe-size=9');
    expect(idsOf(bundle)).toEqual(['p5']);
    expect(linkOf(bundle, 'self')).toBe(`${BASE}/Patient?family=zed`);
    expect(bundle.entry!.at(-1)).toMatchObject({ search: { mode: 'outcome' }, resource: { resourceType: 'OperationOutcome', issue: [{ severity: 'warning', code: 'not-supported' }] } });
  });

  it('refuses an unknown parameter where the client wants strictness', async () => {
    await expect(world.bundle('Patient?shoe-size=9', { strict: true })).rejects.toMatchObject({ status: 400, problems: [{ path: 'shoe-size' }] });
  });
});

describe('_elements and _summary', () => {
  const keys = async (query: string) => Object.keys((await world.bundle(query)).entry![0]!.resource).sort().join(' ');

  it.each([
    ['Patient?_id=p1&_elements=gender', 'gender id meta resourceType'],
    ['Patient?_id=p1&_elements=gender,birthDate', 'birthDate gender id meta resourceType'],
    ['Observation?_id=a&_elements=value', 'code id meta resourceType status valueQuantity'],
    ['Patient?_id=p1&_summary=text', 'id meta resourceType text'],
    ['Patient?_id=p1&_summary=data', 'birthDate gender id managingOrganization meta name resourceType'],
    ['Patient?_id=p1&_summary=true', 'birthDate gender id managingOrganization meta name resourceType'],
    ['Patient?_id=p1&_summary=false', 'birthDate gender id managingOrganization meta name resourceType text'],
  ])('%s keeps %s', async (query, elements) => {
    expect(await keys(query)).toBe(elements);
  });

  it('tags what was cut as SUBSETTED, and nothing else', async () => {
    expect((await world.bundle('Patient?_id=p1&_elements=gender')).entry![0]!.resource.meta!.tag).toEqual([expect.objectContaining({ code: 'SUBSETTED' })]);
    expect((await world.bundle('Patient?_id=p1')).entry![0]!.resource.meta!.tag).toBeUndefined();
  });
});

describe('_include and _revinclude', () => {
  it.each([
    ['Patient?_include=Patient:organization', 'Organization/org'],
    ['Patient?_id=p1&_include=Patient:organization&_include:iterate=Organization:partof', 'Organization/org Organization/top'],
    ['Observation?_id=a&_include=Observation:subject', 'Patient/p1'],
    ['Observation?_id=a&_include=Observation:subject:Patient', 'Patient/p1'],
    ['Observation?_id=a&_include=Observation:subject:Group', ''],
    ['Observation?_id=a&_include=*', 'Patient/p1'],
    ['Observation?_id=a&_include=Observation:*', 'Patient/p1'],
    ['Observation?_id=a&_include=Observation:patient&_include:iterate=Patient:organization', 'Organization/org Patient/p1'],
    ['Observation?_id=a,b&_revinclude=Provenance:target', 'Provenance/derived Provenance/prov'],
    ['Observation?_id=b&_revinclude=Provenance:target', 'Provenance/derived'],
    ['Patient?_id=p1&_revinclude=Observation:patient', 'Observation/a Observation/b Observation/c Observation/d Observation/e Observation/f Observation/g'],
    ['Organization?_id=org&_revinclude=*', 'Patient/p1 Patient/p2 Provenance/prov'],
    ['Organization?_id=top&_revinclude:iterate=Organization:partof&_revinclude:iterate=Patient:organization', 'Organization/org Patient/p1 Patient/p2'],
    ['Patient?_id=p5&_include=Patient:organization', ''],
  ])('%s adds “%s”', async (query, names) => {
    // Where nobody wrote a Provenance, the one that history keeps is given; its number varies.
    const included = namesOf(await world.bundle(query), 'include').map((name) => name.replace(/h-\d+-\d+$/, 'derived'));
    expect(included).toEqual(names.split(' ').filter(Boolean));
  });

  it('never repeats a match as an include', async () => {
    const bundle = await world.bundle('Organization?_include=Organization:partof');
    expect(namesOf(bundle, 'match')).toEqual(['Organization/org', 'Organization/top']);
    expect(namesOf(bundle, 'include')).toEqual([]);
  });
});

describe('statements', () => {
  it.each([
    ['Observation?patient=p1&code=x&date=ge2024', 1],
    ['Observation?code=x', 2],
    ['Observation?code=x&_count=2&_total=accurate', 3],
    ['Patient?_sort=family&_count=2', 1],
    ['Observation?patient=p1&_include=Observation:subject', 3],
    ['Observation?patient=p1&_revinclude=Provenance:target', 3],
    ['Patient?_id=p1&_revinclude=Observation:patient', 2],
    ['Observation?patient.family=adams', 1],
  ])('%s takes %i once the patient is known', async (query, count) => {
    await world.bundle(query);
    expect(await world.statements(() => world.bundle(query))).toHaveLength(count);
  });

  it('hold no text of the caller', async () => {
    const marker = 'zq7marker';
    const seen = await world.statements(() => world.bundle(`Patient?family=${marker}&identifier=${marker}|${marker}&organization=${marker}&_id=${marker}&name:contains=${marker}`));
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.join('\n')).not.toContain(marker);
  });
});

describe('criteria of conditional interactions', () => {
  const ids = (query: string) => world.run(() => world.search.ids(staff, 'Patient', [...new URLSearchParams(query)], { limit: 2 }));

  it('give the ids of at most so many matches', async () => {
    expect(await ids('family=zed')).toEqual(['p5']);
    expect(await ids('birthdate=lt2000')).toHaveLength(2);
    expect(await ids('family=nobody')).toEqual([]);
  });

  it.each(['', 'shoe-size=9', 'family=zed&shoe-size=9', '_count=1', 'family=zed&_sort=family'])('refuse “%s”', async (query) => {
    await expect(ids(query)).rejects.toMatchObject({ status: 400 });
  });

  it('count', async () => {
    expect(await world.run(() => world.search.count(staff, 'Patient'))).toBe(5);
    expect(await world.run(() => world.search.count(staff, 'Patient', [['family', 'adams']]))).toBe(2);
  });
});

describe('a search in a compartment', () => {
  it('gives what lies in it', async () => {
    const bytes = await world.run(() => world.search.search(staff, 'Observation', [], { baseUrl: BASE, compartment: { type: 'Patient', id: 'p1' } }));
    expect(idsOf(JSON.parse(bytes.toString()))).toHaveLength(7);
    const other = await world.run(() => world.search.search(staff, 'Observation', [], { baseUrl: BASE, compartment: { type: 'Patient', id: 'p2' } }));
    expect(idsOf(JSON.parse(other.toString()))).toEqual([]);
  });
});
