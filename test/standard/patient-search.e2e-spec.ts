import { Clinic, type Fields } from './clinic.fixture';
import { expectEnvelope, expectInvalid, HOSTILE } from './expect-standard';
import { PATIENT_COLUMNS } from './reference-fields';

const PEOPLE: Fields[] = [
  { fname: 'José', lname: 'Ångström', DOB: '1950-01-01', sex: 'Male', city: 'Uppsala', street: '1 Main_Street', state: 'MA', postal_code: '01001', ss: '111-11-1111', phone_home: '555-1', phone_biz: '555-2', phone_cell: '555-3', email: 'jose@example.org', country_code: 'SE', title: 'Mr.' },
  { fname: 'Ada', lname: 'Lovelace', DOB: '1960-02-02', sex: 'Female', city: 'London', street: '100% Road', state: 'NY', postal_code: '01002', ss: '222-22-2222', phone_home: '555-4', email: 'ada@example.org', country_code: 'GB', mname: 'Augusta', title: 'Ms.' },
  { fname: 'Grace', lname: 'Hopper', DOB: '1970-03-03', sex: 'Female', city: 'New London', street: '3 Elm', state: 'NY', postal_code: '02001', country_code: 'US', title: 'Dr.' },
];

describe('the list of patients', () => {
  let clinic: Clinic;
  let base: string;
  beforeAll(async () => {
    clinic = await Clinic.start();
    base = `${clinic.app.url}/apis/default/api/patient`;
    for (const person of PEOPLE) await clinic.patient(person);
  });
  afterAll(() => clinic.stop());

  const list = (query = '') => clinic.api('GET', `/patient${query}`);
  const names = async (query: string): Promise<string[]> => (await list(query)).json.data.map((one: Fields) => one.fname);

  it('shows every patient in the order of their numbers, whole records in the envelope', async () => {
    const answer = await list();
    expectEnvelope(answer, 200);
    expect(answer.json.data.map((one: Fields) => one.fname)).toEqual(['José', 'Ada', 'Grace']);
    for (const one of answer.json.data) expect(Object.keys(one)).toEqual([...PATIENT_COLUMNS, 'previous_names', 'addresses']);
    expect(answer.json.links).toEqual({ first: `${base}?_offset=0&_count=0` });
  });

  it('answers an empty list, not 404, where nobody matches', async () => {
    const answer = await list('?lname=nobody');
    expectEnvelope(answer, 200);
    expect(answer.json.data).toEqual([]);
  });

  it.each([
    ['fname=jose', ['José']], ['fname=JOS', ['José']], ['lname=angstrom', ['José']], ['lname=love', ['Ada']], ['mname=gust', ['Ada']], ['street=main', ['José']], ['city=london', ['Ada', 'Grace']], ['state=ny', ['Ada', 'Grace']],
    ['postal_code=0100', ['José', 'Ada']], ['title=ms', ['Ada']],
    ['ss=111-11-1111', ['José']], ['ss=111', []], ['phone_home=555-4', ['Ada']], ['phone_home=555', []], ['phone_biz=555-2', ['José']], ['phone_cell=555-3', ['José']], ['sex=Female', ['Ada', 'Grace']], ['sex=female', []],
    ['country_code=US', ['Grace']], ['email=ada@example.org', ['Ada']], ['email=ada', []], ['DOB=1970-03-03', ['Grace']], ['DOB=1970', []], ['postal_contact=x', []], ['sex=Female&city=new', ['Grace']], ['sex=Male&city=london', []],
    ['fname=', ['José', 'Ada', 'Grace']], ['unknown=1', ['José', 'Ada', 'Grace']],
  ])('filters by %s', async (query, expected) => {
    expect(await names(`?${query}`)).toEqual(expected);
  });

  it('filters by the time of the last change', async () => {
    const { date } = (await list('?fname=Ada')).json.data[0];
    expect(await names(`?date=${encodeURIComponent(date)}`)).toContain('Ada');
    expect(await names('?date=1900-01-01%2000:00:00')).toEqual([]);
  });

  it('takes %, _, ! and \\ for the characters they are', async () => {
    expect(await names('?street=%25')).toEqual(['Ada']);
    expect(await names('?street=_')).toEqual(['José']);
    expect(await names('?street=!')).toEqual([]);
    expect(await names('?lname=%5C')).toEqual([]);
    expect(await names('?ss=%25')).toEqual([]);
  });

  it.each([
    ['_sort=lname', ['José', 'Grace', 'Ada']], ['_sort=-DOB', ['Grace', 'Ada', 'José']], ['_sort=state,-fname', ['José', 'Grace', 'Ada']], ['_sort=unknown,-pid', ['Grace', 'Ada', 'José']],
    ['_sort=password', ['José', 'Ada', 'Grace']], ['_sort=', ['José', 'Ada', 'Grace']],
  ])('sorts by %s', async (query, expected) => {
    expect(await names(`?${query}`)).toEqual(expected);
  });

  it('never lets a sort field become SQL', async () => {
    for (const hostile of ['pid;DROP TABLE patient_data', '(SELECT 1)', 'pid DESC--', '`pid`', 'pid/**/DESC', 'CASE WHEN 1 THEN pid END', 'lname_folded', 'fname,(select sleep(5))']) {
      const answer = await list(`?_sort=${encodeURIComponent(hostile)}`);
      expect([hostile, answer.status, answer.json.data.length]).toEqual([hostile, 200, 3]);
    }
  });

  describe('paging', () => {
    it.each(['_limit', '_maxresults', '_count'])('understands %s', async (name) => {
      expect(await names(`?${name}=2`)).toEqual(['José', 'Ada']);
    });

    it('links to the first, the previous and the next page, and the walk meets everyone once', async () => {
      const first = await list('?_limit=1&sex=Female');
      expect(first.json.links).toEqual({ first: `${base}?sex=Female&_offset=0&_count=1`, next: `${base}?sex=Female&_offset=1&_count=1` });
      const second = await clinic.app.request('GET', first.json.links.next, { token: clinic.admin });
      expect([...first.json.data, ...second.json.data].map((one: Fields) => one.fname)).toEqual(['Ada', 'Grace']);
      expect(second.json.links).toEqual({ first: `${base}?sex=Female&_offset=0&_count=1`, previous: `${base}?sex=Female&_offset=0&_count=1` });
    });

    it('answers an empty page beyond the end, with the way back', async () => {
      const answer = await list('?_limit=2&_offset=10');
      expect([answer.status, answer.json.data, answer.json.links.previous]).toEqual([200, [], `${base}?_offset=8&_count=2`]);
    });

    it('cuts a limit above 200 to 200', async () => {
      expect((await list('?_limit=5000')).json.links.first).toBe(`${base}?_offset=0&_count=200`);
    });

    it.each(['abc', '', '1.5', '0x10', '1e3', '99999999999999999999'])('counts the limit “%s” as 0', async (value) => {
      expect((await list(`?_limit=${value}`)).json.links.first).toBe(`${base}?_offset=0&_count=0`);
    });

    it.each(['_limit', '_maxresults', '_count', '_offset'])('refuses a negative %s', async (name) => {
      const answer = await list(`?${name}=-1`);
      expect(answer.status).toBe(400);
      expect(Object.values<Fields>(answer.json.validationErrors)[0]).toEqual({ 'Numeric::NEGATIVE': expect.stringContaining('must not be negative') });
    });
  });

  it('refuses a filter given twice', async () => {
    expectInvalid(await list('?fname=a&fname=b'), { fname: ['IsString::NOT_A_STRING'] });
    expectInvalid(await list('?ss=a&ss=b'), { ss: ['IsString::NOT_A_STRING'] });
  });

  it('answers no fault and no one else’s row to hostile values, in every parameter', async () => {
    const filters = ['fname', 'mname', 'lname', 'street', 'city', 'state', 'postal_code', 'title', 'ss', 'phone_home', 'phone_biz', 'phone_cell', 'postal_contact', 'sex', 'country_code', 'email', 'DOB', 'date', 'pubpid', 'uuid'];
    for (const name of filters) {
      const answers = await Promise.all(HOSTILE.map((value) => list(`?${name}=${encodeURIComponent(value)}`)));
      for (const [index, { status, json }] of answers.entries()) {
        const value = HOSTILE[index]!;
        const ownMatch = ['%', '_'].includes(value) && name === 'street';
        expect([name, value, status, json?.data?.length]).toEqual([name, value, 200, ownMatch ? 1 : 0]);
      }
    }
  });

  it('answers no fault to parameters shaped like objects and arrays', async () => {
    for (const query of ['fname[]=a', 'fname[$ne]=a', 'fname[0]=a', '__proto__[x]=1', 'constructor=1', '_sort=a&_sort=b', '_limit=1&_limit=2', '_offset[]=1', 'fname=%', 'fname=%E0%A4%A', 'fname=%bf%27']) {
      expect([query, (await list(`?${query}`)).status < 500]).toEqual([query, true]);
    }
  });

  it('keeps hostile parameters out of SQL text', async () => {
    const statements = await clinic.statements(() => list(`?fname=canary'--&_sort=canary&_limit=canary&ss=canary`));
    expect(statements.join(' ')).not.toContain('canary');
  });
});
