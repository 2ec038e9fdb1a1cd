import { Clinic, type Fields } from './clinic.fixture';
import { expectEnvelope, expectInvalid, expectUnknownUuid, HOSTILE, NOBODY } from './expect-standard';
import { PRACTITIONER_FIELDS, PRACTITIONER_NUMBERS } from './reference-fields';

const WHOLE = {
  title: 'Dr.', fname: 'Grace', lname: 'Hopper', mname: 'Brewster', federaltaxid: '12-345', federaldrugid: 'DEA1', upin: 'U1', facility: 'North Clinic', npi: '1234567893', email: 'grace@example.org', specialty: 'Cardiology',
  billname: 'G. Hopper', url: 'https://grace.example.org', assistant: 'A', organization: 'Navy', valedictory: 'Yours', street: '1 Road', streetb: 'Floor 2', city: 'Arlington', state: 'VA', zip: '22201', phone: '555-1',
  fax: '555-2', phonew1: '555-3', phonecell: '555-4', notes: 'n', state_license_number: 'L-1', username: 'ghopper',
};

describe('the standard API of practitioners', () => {
  let clinic: Clinic;
  let facility: { id: number };
  beforeAll(async () => {
    clinic = await Clinic.start();
    facility = await clinic.facility();
  });
  afterAll(() => clinic.stop());

  const read = async (uuid: string): Promise<Fields> => (await clinic.api('GET', `/practitioner/${uuid}`)).json.data;
  const names = async (query: string): Promise<string[]> => (await clinic.api('GET', `/practitioner?${query}`)).json.data.map((one: Fields) => one.lname);

  it('is created with number and uuid alone in the answer, and keeps all 29 fields', async () => {
    const answer = await clinic.api('POST', '/practitioner', { ...WHOLE, facility_id: String(facility.id) });
    expectEnvelope(answer, 201);
    expect(answer.json.data).toEqual({ id: expect.any(Number), uuid: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    expect(await read(answer.json.data.uuid)).toMatchObject({ ...WHOLE, facility_id: facility.id });
  });

  it('shows every column but the password, and the titles of its codes', async () => {
    const { uuid } = await clinic.practitioner(WHOLE);
    const answer = await clinic.api('GET', `/practitioner/${uuid}`);
    expectEnvelope(answer, 200);
    expect(Object.keys(answer.json.data)).toEqual(PRACTITIONER_FIELDS);
    for (const name of PRACTITIONER_FIELDS) {
      const value = answer.json.data[name];
      const type = PRACTITIONER_NUMBERS.includes(name) ? 'number' : 'string';
      expect([name, value === null ? type : typeof value]).toEqual([name, type]);
    }
  });

  it('names every required field that is missing', async () => {
    const missing = ['Required::NON_EXISTENT_KEY'];
    expectInvalid(await clinic.api('POST', '/practitioner', {}), { fname: missing, lname: missing, npi: missing });
  });

  it.each<[string, unknown, string]>([
    ['fname', 'G', 'LengthBetween::TOO_SHORT'],
    ['fname', '', 'NotEmpty::EMPTY_VALUE'],
    ['lname', 'x'.repeat(256), 'LengthBetween::TOO_LONG'],
    ['npi', '123456789', 'LengthBetween::TOO_SHORT'],
    ['npi', 'x234567893', 'Numeric::NOT_NUMERIC'],
    ['npi', null, 'NotEmpty::EMPTY_VALUE'],
    ['email', 'grace', 'Email::INVALID_VALUE'],
    ['facility_id', 'north', 'Numeric::NOT_NUMERIC'],
    ['facility_id', '99999', 'Callback::INVALID_VALUE'],
    ['facility_id', '1.5', 'Numeric::NOT_NUMERIC'],
    ['title', 'x'.repeat(31), 'LengthBetween::TOO_LONG'],
    ['zip', 'x'.repeat(21), 'LengthBetween::TOO_LONG'],
    ['notes', { a: 1 }, 'IsString::NOT_A_STRING'],
  ])('refuses %s %j by %s, on POST and on PUT', async (field, value, code) => {
    const { uuid } = await clinic.practitioner(WHOLE);
    expectInvalid(await clinic.api('POST', '/practitioner', { ...WHOLE, [field]: value }), { [field]: [code] });
    expectInvalid(await clinic.api('PUT', `/practitioner/${uuid}`, { [field]: value }), { [field]: [code] });
    expect(await read(uuid)).toMatchObject(WHOLE);
  });

  it('changes what is sent, keeps the rest, and answers the full record', async () => {
    const { uuid } = await clinic.practitioner(WHOLE);
    const answer = await clinic.api('PUT', `/practitioner/${uuid}`, { specialty: 'Neurology', phonecell: '' });
    expectEnvelope(answer, 200);
    expect(answer.json.data).toMatchObject({ ...WHOLE, specialty: 'Neurology', phonecell: null });
    expect(await read(uuid)).toEqual(answer.json.data);
  });

  it('takes the documented fields and no other: no rights, no password, no identity', async () => {
    const { uuid } = await clinic.practitioner({
      ...WHOLE, id: 999, uuid: NOBODY, password: 'canary', authorized: 0, active: 0, see_auth: 3, portal_user: 1, main_menu_role: 'admin', newcrop_user_role: 'admin', fhir_type: 'Person', abook_type: 'x', calendar: 1, taxonomy: 'T',
    });
    await clinic.api('PUT', `/practitioner/${uuid}`, { uuid: NOBODY, id: 999, active: 0, see_auth: 3, password: 'canary', fhir_type: 'Person' });
    expect(await read(uuid)).toMatchObject({ uuid, active: 1, authorized: 1, see_auth: 1, portal_user: 0, main_menu_role: null, newcrop_user_role: null, taxonomy: null });
    expect((await clinic.api('GET', '/practitioner')).text).not.toMatch(/canary|password|fhir_type/);
  });

  it('answers 400 naming the uuid for what does not exist', async () => {
    for (const uuid of [NOBODY, 'x', '1', 'undefined']) {
      expectUnknownUuid(await clinic.api('GET', `/practitioner/${uuid}`), uuid);
      expectUnknownUuid(await clinic.api('PUT', `/practitioner/${uuid}`, { city: 'Boston' }), uuid);
    }
    for (const id of HOSTILE) expect([id, (await clinic.api('GET', `/practitioner/${encodeURIComponent(id)}`)).status]).toEqual([id, 400]);
  });

  it('leaves out people without a provider number', async () => {
    const person = { resourceType: 'Practitioner', name: [{ family: 'Numberless', given: ['Nora'] }] };
    const { json } = await clinic.fhir('POST', '/Practitioner', person);
    expect(await names('lname=Numberless')).toEqual([]);
    expectUnknownUuid(await clinic.api('GET', `/practitioner/${json.id}`), json.id);
    expectUnknownUuid(await clinic.api('PUT', `/practitioner/${json.id}`, { city: 'Boston' }), json.id);
  });

  describe('the list', () => {
    beforeAll(async () => {
      await clinic.practitioner({ ...WHOLE, lname: 'Curie', city: 'Warsaw', npi: '1111111111', username: 'mcurie', state_license_number: 'W-1', facility_id: facility.id });
    });

    it('shows whole records in the envelope', async () => {
      const answer = await clinic.api('GET', '/practitioner');
      expectEnvelope(answer, 200);
      expect(answer.json.data.length).toBeGreaterThan(1);
      for (const one of answer.json.data) expect(Object.keys(one)).toEqual(PRACTITIONER_FIELDS);
      expect(answer.json.links).toEqual({ first: `${clinic.app.url}/apis/default/api/practitioner?_offset=0&_count=0` });
    });

    it.each([
      ['lname=Curie', ['Curie']], ['lname=curie', []], ['lname=Cur', []], ['npi=1111111111', ['Curie']], ['city=Warsaw&lname=Hopper', []], ['username=mcurie', ['Curie']], ['state_license_number=W-1', ['Curie']],
      ['state_license_number2=W-1', ['Curie']], ['lname=%25', []], ['lname=Curie&unknown=1', ['Curie']],
    ])('filters exactly by %s', async (query, expected) => {
      expect(await names(query)).toEqual(expected);
    });

    it('knows every documented filter', async () => {
      for (const name of [...Object.keys(WHOLE), 'facility_id']) {
        const value = { ...WHOLE, lname: 'Curie', city: 'Warsaw', npi: '1111111111', username: 'mcurie', state_license_number: 'W-1', facility_id: facility.id }[name];
        expect([name, await names(`${name}=${encodeURIComponent(String(value))}`)]).toEqual([name, expect.arrayContaining(['Curie'])]);
        expect([name, await names(`${name}=0815`)]).toEqual([name, []]);
      }
    });

    it('answers nothing, and no fault, to hostile values in every filter', async () => {
      for (const name of [...Object.keys(WHOLE), 'facility_id', 'state_license_number2']) {
        const answers = await Promise.all(HOSTILE.map((value) => clinic.api('GET', `/practitioner?${name}=${encodeURIComponent(value)}`)));
        for (const [index, { status, json }] of answers.entries()) expect([name, HOSTILE[index], status, json.data]).toEqual([name, HOSTILE[index], 200, []]);
        expect([name, (await clinic.api('GET', `/practitioner?${name}=1&${name}=2`)).status]).toEqual([name, 400]);
      }
    });
  });
});
