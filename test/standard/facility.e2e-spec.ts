import { Clinic, type Fields } from './clinic.fixture';
import { expectEnvelope, expectInvalid, expectUnknownUuid, HOSTILE, NOBODY } from './expect-standard';
import { FACILITY_FIELDS, FACILITY_NUMBERS } from './reference-fields';

const WHOLE = {
  name: 'North Clinic', facility_npi: '1234567893', phone: '555-0100', fax: '555-0101', street: '1 North Road', city: 'Springfield', state: 'MA', postal_code: '01103', country_code: 'USA', federal_ein: '12-3456789',
  website: 'https://north.example.org', email: 'desk@north.example.org', domain_identifier: '1234567', facility_taxonomy: '261QP2300X', facility_code: 'NC', billing_location: 1, accepts_assignment: 1, oid: '2.16.840.1', service_location: 1,
};

describe('the standard API of facilities', () => {
  let clinic: Clinic;
  beforeAll(async () => {
    clinic = await Clinic.start();
  });
  afterAll(() => clinic.stop());

  const read = async (uuid: string): Promise<Fields> => (await clinic.api('GET', `/facility/${uuid}`)).json.data;
  const names = async (query: string): Promise<string[]> => (await clinic.api('GET', `/facility?${query}`)).json.data.map((one: Fields) => one.name);

  it('is created with number and uuid alone in the answer, and keeps all 19 fields', async () => {
    const answer = await clinic.api('POST', '/facility', { ...WHOLE, billing_location: '1' });
    expectEnvelope(answer, 201);
    expect(answer.json.data).toEqual({ id: expect.any(Number), uuid: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    expect(await read(answer.json.data.uuid)).toMatchObject(WHOLE);
  });

  it('shows the 40 columns in order, numbers as numbers', async () => {
    const { uuid } = await clinic.facility(WHOLE);
    const answer = await clinic.api('GET', `/facility/${uuid}`);
    expectEnvelope(answer, 200);
    expect(Object.keys(answer.json.data)).toEqual(FACILITY_FIELDS);
    for (const name of FACILITY_FIELDS) {
      const value = answer.json.data[name];
      const type = FACILITY_NUMBERS.includes(name) ? 'number' : 'string';
      expect([name, value === null ? type : typeof value]).toEqual([name, type]);
    }
    expect(answer.json.data).toMatchObject({ organization_type: 'prov', inactive: 0 });
  });

  it('takes the empty texts that old clients send', async () => {
    const answer = await clinic.api('POST', '/facility', { ...WHOLE, domain_identifier: '', facility_taxonomy: '', facility_code: '', oid: '' });
    expect(answer.status).toBe(201);
    expect(await read(answer.json.data.uuid)).toMatchObject({ domain_identifier: null, facility_taxonomy: null, facility_code: null, oid: null });
  });

  it('names every required field that is missing', async () => {
    expectInvalid(await clinic.api('POST', '/facility', {}), { name: ['Required::NON_EXISTENT_KEY'], facility_npi: ['Required::NON_EXISTENT_KEY'] });
  });

  it.each<[string, unknown, string[]]>([
    ['name', 'N', ['LengthBetween::TOO_SHORT']],
    ['name', 'x'.repeat(256), ['LengthBetween::TOO_LONG']],
    ['name', '', ['NotEmpty::EMPTY_VALUE']],
    ['name', { a: 1 }, ['IsString::NOT_A_STRING']],
    ['facility_npi', '123456789', ['LengthBetween::TOO_SHORT']],
    ['facility_npi', 'abcdefghij', ['Numeric::NOT_NUMERIC']],
    ['facility_npi', 'abc', ['Numeric::NOT_NUMERIC', 'LengthBetween::TOO_SHORT']],
    ['phone', '12', ['LengthBetween::TOO_SHORT']],
    ['fax', 'x'.repeat(31), ['LengthBetween::TOO_LONG']],
    ['street', 'x', ['LengthBetween::TOO_SHORT']],
    ['city', '', ['NotEmpty::EMPTY_VALUE']],
    ['state', 'x'.repeat(51), ['LengthBetween::TOO_LONG']],
    ['postal_code', 'x'.repeat(12), ['LengthBetween::TOO_LONG']],
    ['country_code', 'x', ['LengthBetween::TOO_SHORT']],
    ['federal_ein', 'x'.repeat(16), ['LengthBetween::TOO_LONG']],
    ['website', 'not a url', ['Url::INVALID_URL']],
    ['website', 'javascript:alert(1)', ['Url::INVALID_URL']],
    ['email', 'desk', ['Email::INVALID_VALUE']],
    ['domain_identifier', 'CLIA', ['Numeric::NOT_NUMERIC']],
    ['facility_taxonomy', 'x', ['LengthBetween::TOO_SHORT']],
    ['facility_code', 'x'.repeat(32), ['LengthBetween::TOO_LONG']],
    ['billing_location', 'yes', ['Numeric::NOT_NUMERIC']],
    ['accepts_assignment', '0.5', ['Numeric::NOT_NUMERIC']],
    ['service_location', '99999999999', ['Numeric::NOT_NUMERIC']],
    ['oid', 'x'.repeat(256), ['LengthBetween::TOO_LONG']],
  ])('refuses %s %j by %j, on POST and on PUT', async (field, value, codes) => {
    const { uuid } = await clinic.facility(WHOLE);
    expectInvalidSet(await clinic.api('POST', '/facility', { ...WHOLE, [field]: value }), field, codes);
    expectInvalidSet(await clinic.api('PUT', `/facility/${uuid}`, { [field]: value }), field, codes);
    expect(await read(uuid)).toMatchObject(WHOLE);
  });

  it('changes what is sent, keeps the rest, and answers the full record', async () => {
    const { uuid } = await clinic.facility(WHOLE);
    const answer = await clinic.api('PUT', `/facility/${uuid}`, { city: 'Boston' });
    expectEnvelope(answer, 200);
    expect(answer.json.data).toMatchObject({ ...WHOLE, city: 'Boston' });
    expect(await read(uuid)).toEqual(answer.json.data);
  });

  it('takes the 19 fields and no other', async () => {
    const { uuid } = await clinic.facility({ ...WHOLE, color: '#ffffff', inactive: 1, id: 999, uuid: NOBODY, faces: 'organization', organization_type: 'pay', primary_business_entity: 1, info: 'x', __proto__: { polluted: 1 } });
    await clinic.api('PUT', `/facility/${uuid}`, { inactive: 1, id: 999, uuid: NOBODY, faces: 'organization', mail_city: 'x' });
    expect(uuid).not.toBe(NOBODY);
    expect(await read(uuid)).toMatchObject({ uuid, color: '', inactive: 0, organization_type: 'prov', primary_business_entity: 0, info: null, mail_city: null });
    expect((await read(uuid)).id).not.toBe(999);
  });

  it('answers 400 naming the uuid for what does not exist', async () => {
    for (const uuid of [NOBODY, 'x', '1', 'undefined']) {
      expectUnknownUuid(await clinic.api('GET', `/facility/${uuid}`), uuid);
      expectUnknownUuid(await clinic.api('PUT', `/facility/${uuid}`, { city: 'Boston' }), uuid);
    }
    for (const id of HOSTILE) expect([id, (await clinic.api('GET', `/facility/${encodeURIComponent(id)}`)).status]).toEqual([id, 400]);
  });

  describe('the list', () => {
    beforeAll(async () => {
      await clinic.facility({ ...WHOLE, name: 'East Clinic', city: 'Eastville', oid: 'E%', service_location: 0 });
      await clinic.facility({ ...WHOLE, name: 'West Clinic', city: 'Westville', facility_npi: '9999999999' });
    });

    it('shows whole records in the envelope', async () => {
      const answer = await clinic.api('GET', '/facility');
      expectEnvelope(answer, 200);
      expect(answer.json.data.length).toBeGreaterThan(2);
      for (const one of answer.json.data) expect(Object.keys(one)).toEqual(FACILITY_FIELDS);
      expect(answer.json.links).toEqual({ first: `${clinic.app.url}/apis/default/api/facility?_offset=0&_count=0` });
    });

    it.each([
      ['name=East Clinic', ['East Clinic']], ['name=East', []], ['name=east clinic', []], ['city=Westville', ['West Clinic']], ['facility_npi=9999999999', ['West Clinic']], ['service_location=0', ['East Clinic']],
      ['oid=E%25', ['East Clinic']], ['oid=%25', []], ['city=Westville&name=East Clinic', []], ['city=Westville&unknown=1', ['West Clinic']],
    ])('filters exactly by %s', async (query, expected) => {
      expect(await names(query)).toEqual(expected);
    });

    it('knows each of the 19 filters', async () => {
      const [row] = await clinic.sql<Fields>("SELECT * FROM facility WHERE name = 'West Clinic'");
      for (const name of Object.keys(WHOLE)) {
        expect([name, await names(`${name}=${encodeURIComponent(String(row![name]))}`)]).toEqual([name, expect.arrayContaining(['West Clinic'])]);
        expect([name, await names(`${name}=0815`)]).toEqual([name, []]);
      }
    });

    it('answers nothing, and no fault, to hostile values in every filter', async () => {
      for (const name of Object.keys(WHOLE)) {
        const answers = await Promise.all(HOSTILE.map((value) => clinic.api('GET', `/facility?${name}=${encodeURIComponent(value)}`)));
        for (const [index, { status, json }] of answers.entries()) expect([name, HOSTILE[index], status, json.data]).toEqual([name, HOSTILE[index], 200, []]);
        expectInvalid(await clinic.api('GET', `/facility?${name}=1&${name}=2`), { [name]: ['IsString::NOT_A_STRING'] });
      }
    });
  });

  function expectInvalidSet(answer: Awaited<ReturnType<Clinic['api']>>, field: string, codes: string[]): void {
    expect(answer.status).toBe(400);
    expect(Object.keys(answer.json.validationErrors)).toEqual([field]);
    expect(Object.keys(answer.json.validationErrors[field]).sort()).toEqual([...codes].sort());
  }
});
