import { type SearchWorld, searchWorld, staff } from './search.fixture';

let world: SearchWorld;

beforeAll(async () => {
  world = await searchWorld();
  await world.put({ resourceType: 'Patient', id: 'a', name: [{ family: "x' OR 1=1 --" }] }, { resourceType: 'Patient', id: 'b', name: [{ family: 'plain' }] });
});

afterAll(() => world.close());

const many = (count: number, value = 'x') => new Array<string>(count).fill(value).join(',');

describe('a known parameter is never ignored', () => {
  it.each([
    // modifiers
    'Patient?family:soundex=x', 'Patient?phonetic:contains=x', 'Patient?phonetic=--', 'Patient?family:not=x', 'Patient?gender:text=x', 'Patient?gender:in=http://v', 'Patient?gender:not-in=http://v', 'Patient?gender:in=a,b', 'Patient?gender:above=x', 'Patient?gender:below=a|b', 'Patient?gender:of-type=a|b|c', 'Patient?identifier:of-type=a|b', 'Patient?_id:in=x',
    'Patient?organization:below=Patient/1', 'Observation?patient:above=1', 'Observation?code-value-quantity:exact=x$5', 'Location?near:contains=1|2', 'Patient?_text:exact=x', 'Patient?_filter:not=x', 'Patient?_list.code=x',
    'Patient?birthdate:exact=2020', 'Patient?gender:missing=yes', 'Patient?family:exact:contains=x', 'Observation?subject:Practitioner=x', 'Observation?subject:Nonsense=x', 'Patient?_count:exact=1', 'ValueSet?url:missing=',
    // values
    'Patient?birthdate=yesterday', 'Patient?birthdate=2021-02-30', 'Patient?birthdate=2021-13', 'Patient?birthdate=xx2020', 'Patient?birthdate=2020-01-01T25:00', 'Patient?birthdate=', 'Patient?family=',
    'Patient?family=a,,b', 'Patient?identifier=|', 'Patient?identifier=a|b|c', 'Patient?identifier=||', 'Observation?value-quantity=abc', 'Observation?value-quantity=1|mg', 'Observation?value-quantity=1|a|b|c',
    'Observation?value-quantity=NaN', 'Observation?value-quantity=1e999', 'RiskAssessment?probability=0,5x', 'Observation?patient=Patient/', 'Observation?patient=Patient/1?x=y', 'Observation?patient=Nothing/1', 'Observation?patient=a b',
    'Observation?patient=Patient/1/_history/', 'Observation?patient=Nothing/1/_history/2', 'ValueSet?url=a b', `Patient?family=${'x'.repeat(129)}`, `Patient?family=${'x'.repeat(10_000)}`, 'Patient?family=%00',
    // composite, special, text
    'Observation?code-value-quantity=x', 'Observation?code-value-quantity=x$y', 'Observation?code-value-quantity=x$1$2', 'Observation?code-value-quantity=$5', 'Observation?component-code-value-quantity=x$', 'Observation?combo-code-value-concept=|$x', 'DocumentReference?relationship=x$y$z',
    'Location?near=1', 'Location?near=91|2', 'Location?near=1|181', 'Location?near=1|2|x', 'Location?near=1|2|-1', 'Location?near=1|2|3|parsec', 'Location?near=1|2|99999', 'Location?near=1|2|3|km|x', 'Location?near=1e1|2', 'Location?_sort=near',
    'Patient?_text=', 'Patient?_text=and', 'Patient?_text=(a', 'Patient?_text=a)', 'Patient?_text="a', 'Patient?_text=--', `Patient?_content=${'a '.repeat(17)}`, `Patient?_text=${'('.repeat(4000)}`, `Patient?_text=${'not '.repeat(1000)}a`,
    'Patient?_list=$current-allergies', 'Patient?_list=a/b', 'Patient?_list=Group/1', 'Patient?_query=x', 'Patient?_contained=true', 'Patient?_containedType=container',
    // _filter
    ...['x', 'family', 'family eq', 'family is x', 'nonsense eq x', 'family gt x', 'gender gt x', 'birthdate co 2000', 'birthdate eq yesterday', 'birthdate ge lt2000', 'family eq "x', 'family eq "\\x"', '(family eq x', 'family eq x)', 'family eq x and', 'family eq x y',
      'not family eq x', 'not (family eq x', 'family.given eq x', 'organization.nonsense eq x', 'organization[name eq x] eq y', 'organization[name eq x.name eq y', 'organization[nonsense eq x].name eq y', 'family pr maybe', 'gender in a b', `${'('.repeat(50)}family eq x${')'.repeat(50)}`,
      new Array(65).fill('family eq x').join(' or '), `family eq ${'x'.repeat(5000)}`, '_text eq x', 'organization.partof.partof.partof.partof.partof.partof.partof.partof.partof.name eq x'].map((filter) => `Patient?_filter=${encodeURIComponent(filter)}`),
    // chains
    'Observation?patient.nonsense=x', 'Observation?code.name=x', 'Observation?subject:Practitioner.name=x', 'Observation?patient.general-practitioner.organization.name.x=y', `Organization?${'partof.'.repeat(9)}name=x`, 'Provenance?target.name=x', 'Provenance?target:Practitioner.nonsense=x', 'Patient?_has=x', 'Patient?_has:Observation=x',
    'Patient?_has:Observation:patient:nonsense=x', 'Patient?_has:Observation:code:code=x', 'Patient?_has:Nothing:patient:code=x', 'Patient?_has:PractitionerRole:practitioner:active=true',
    'Observation?patient.general-practitioner:Practitioner._has:PractitionerRole:practitioner:_has:PractitionerRole:organization:active=true', `Patient?${'_has:Patient:link:'.repeat(9)}family=x`,
    // what shapes the answer
    'Patient?_count=-1', 'Patient?_count=ten', 'Patient?_count=1&_count=2', 'Patient?_sort=nonsense', 'Patient?_sort=id;drop table fhir_resource', 'Patient?_sort=(select 1)', 'Patient?_sort=`id`', 'Patient?_sort=', 'Patient?_sort=--name',
    'Patient?_sort=name,name,name,name,name,name', 'Observation?_sort=code-value-quantity', 'Patient?_total=maybe', 'Patient?_summary=short', 'Patient?_elements=id;drop', 'Patient?_elements=nonsense', 'Patient?_elements=constructor',
    'Patient?_include=nonsense', 'Patient?_include=Patient:family', 'Patient?_include=Observation:subject', 'Patient?_include=Patient:organization:Practitioner', 'Patient?_include=Patient:organization:Nothing', 'Patient?_revinclude=Observation:code',
    'Patient?_revinclude=Observation:encounter', 'Patient?_revinclude=Observation:subject:Group', 'Patient?_include=Patient:organization:Organization:x', 'Patient?_include:recurse=Patient:organization', 'Patient?_cursor=x', 'Patient?_cursor=x.y.z',
    // cost
    `Patient?gender=${many(257)}`, `Patient?${new Array(33).fill('family=a').join('&')}`, `Patient?${new Array(33).fill('_include=Patient:organization').join('&')}`, `Patient?identifier=${many(300, '')}`,
  ])('%.90s is refused', async (query) => {
    await expect(world.bundle(query)).rejects.toMatchObject({ kind: 'invalid', status: 400, problems: [{ path: expect.any(String) }] });
  });

  it('names the parameter and never repeats the value', async () => {
    const error = await world.bundle('Patient?birthdate=secret-value').catch((caught: Error) => caught);
    expect(error).toMatchObject({ problems: [{ path: 'birthdate', rule: 'value' }] });
    expect(JSON.stringify(error) + (error as Error).message).not.toContain('secret-value');
  });

  it.each([['family eq', 10], ['family eq x and nonsense eq y', 17], ['family eq x or (gender xx y)', 24], ['organization[name eq x', 23], ['organization.nonsense eq x', 14], ['family eq x and birthdate eq y', 17]])('says where “%s” goes wrong: at %i', async (filter, at) => {
    await expect(world.bundle(`Patient?_filter=${encodeURIComponent(filter)}`)).rejects.toMatchObject({ problems: [{ path: '_filter', message: expect.stringContaining(`at character ${at}:`) }] });
  });

  it.each(['__proto__', 'constructor', 'toString', '__proto__:missing', 'constructor.name', '_id;drop', 'name;--'])('a parameter called %s is unknown like any other', async (name) => {
    await expect(world.run(() => world.search.search(staff, 'Patient', [[name, 'true']], { baseUrl: 'x', strict: true }))).rejects.toMatchObject({ status: 400, problems: [{ rule: 'not-supported' }] });
  });

  it.each(['Nothing', '__proto__', 'patient', 'Patient;'])('a type called %s is not found', async (type) => {
    await expect(world.run(() => world.search.search(staff, type, [], { baseUrl: 'x' }))).rejects.toMatchObject({ status: 404 });
  });
});

describe('hostile values', () => {
  const hostile = ["'", '"', '\\', '%', '_', ';', '--', '/*', "x' OR '1'='1", '`', '\u00bf\u0027', '\u{1F600}', 'ﷺ', "'); DROP TABLE fhir_resource; --"];
  const parameters = ['family', 'family:exact', 'family:contains', 'gender', 'identifier', '_id', '_tag', 'organization:identifier', 'organization.name'];

  it.each(parameters.flatMap((name) => hostile.map((value): [string, string] => [name, value])))('%s=%s matches by its characters, or is refused', async (name, value) => {
    const found = await world.run(() => world.search.search(staff, 'Patient', [[name, value]], { baseUrl: 'x' })).then(
      (bytes) => JSON.parse(bytes.toString()) as { entry?: { resource: { id: string } }[] },
      (error: { status?: number }) => error.status,
    );
    if (typeof found !== 'object') expect(found).toBe(400);
    else expect((found.entry ?? []).map((entry) => entry.resource.id).filter((id) => id !== 'a')).toEqual([]);
  });

  it('finds the resource whose name is an injection, by that name', async () => {
    expect(await world.ids(`Patient?family:exact=${encodeURIComponent("x' OR 1=1 --")}`)).toEqual(['a']);
  });

  it.each([
    ['date', '1'.repeat(50_000)], ['date', `2020-01-01T${':'.repeat(50_000)}`], ['value-quantity', `${'9'.repeat(50_000)}x`], ['value-quantity', `1${'|'.repeat(50_000)}`], ['patient', `http://${'a/'.repeat(25_000)}`],
    ['_filter', '('.repeat(50_000)], ['_filter', 'a'.repeat(50_000)], ['_text', '('.repeat(50_000)], ['_content', '"'.repeat(50_000)], ['_list', 'a,'.repeat(25_000)], ['code-value-quantity', '$'.repeat(50_000)], ['code', '\\'.repeat(50_000)], ['code', ','.repeat(50_000)], ['_elements', 'a,'.repeat(25_000)], ['_sort', '-'.repeat(50_000)], ['_include', ':'.repeat(50_000)],
  ])('50 kB of %s are judged at once', async (name, value) => {
    const begin = performance.now();
    await expect(world.run(() => world.search.search(staff, 'Observation', [[name, value]], { baseUrl: 'x' }))).rejects.toMatchObject({ status: 400 });
    expect(performance.now() - begin).toBeLessThan(1000);
  });

  it('takes 256 values, and caps an exaggerated page size', async () => {
    expect(await world.ids(`Patient?family=${many(255)},plain`)).toEqual(['a', 'b']);
    expect(await world.ids('Patient?_count=1000000')).toEqual(['a', 'b']);
  });
});
