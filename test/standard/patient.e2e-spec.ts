import { Clinic, type Fields } from './clinic.fixture';
import { expectEnvelope, expectInvalid, expectUnknownUuid, HOSTILE, NOBODY } from './expect-standard';
import { ADDRESS_FIELDS, PATIENT_COLUMNS, PATIENT_NUMBERS, PREVIOUS_NAME_FIELDS } from './reference-fields';

const WHOLE = {
  title: 'Dr.', fname: 'Ada', mname: 'Augusta', lname: 'Lovelace', suffix: 'PhD', DOB: '1985-12-10', sex: 'Female', street: '12 St James Square', street_line_2: 'Flat 3', city: 'Springfield',
  state: 'MA', county: 'Hampden', postal_code: '01103', country_code: 'USA', ss: '999-12-3456', phone_home: '555-0101', phone_biz: '555-0102', phone_cell: '555-0103', phone_contact: '555-0104',
  email: 'ada@example.org', email_direct: 'ada@direct.example.org', race: 'white', ethnicity: 'not_hisp_or_latin', status: 'married', language: 'en', drivers_license: 'S123', contact_relationship: 'William',
  occupation: 'Analyst', hipaa_mail: 'YES', guardiansname: 'Anne', religion: 'none', pronoun: 'she', preferred_name: 'Ada', allow_patient_portal: 'YES', deceased_reason: 'none',
};
const LEAST = { fname: 'Ada', lname: 'Lovelace', DOB: '1985-12-10', sex: 'Female' };

describe('the standard API of patients', () => {
  let clinic: Clinic;
  beforeAll(async () => {
    clinic = await Clinic.start();
  });
  afterAll(() => clinic.stop());

  const read = async (uuid: string): Promise<Fields> => (await clinic.api('GET', `/patient/${uuid}`)).json.data;

  describe('POST /patient', () => {
    it('answers 201 with number and uuid alone, and keeps every field that was sent', async () => {
      const answer = await clinic.api('POST', '/patient', WHOLE);
      expectEnvelope(answer, 201);
      expect(answer.json.data).toEqual({ pid: expect.any(Number), uuid: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) });
      expect(await read(answer.json.data.uuid)).toMatchObject(WHOLE);
    });

    it('numbers patients one after the other and uses the number as public id where none is sent', async () => {
      const [first, second] = [await clinic.patient(), await clinic.patient({ pubpid: 'MRN-7' })];
      expect(second.pid).toBe(first.pid + 1);
      expect(await read(first.uuid)).toMatchObject({ id: first.pid, pid: first.pid, pubpid: String(first.pid) });
      expect(await read(second.uuid)).toMatchObject({ pid: second.pid, pubpid: 'MRN-7' });
    });

    it('stamps date and registration', async () => {
      const record = await read((await clinic.patient()).uuid);
      const stamp = expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
      expect(record).toMatchObject({ date: stamp, regdate: stamp, last_updated: stamp });
    });

    it('names the signed-in user as author, where they are one of the practice’s people', async () => {
      const { uuid } = await clinic.patient();
      expect(await read(uuid)).toMatchObject({ created_by: clinic.adminId, updated_by: clinic.adminId });
    });

    it('takes numbers as text and text as numbers', async () => {
      const { uuid } = await clinic.patient({ postal_code: 1103, fitness: '3' });
      expect(await read(uuid)).toMatchObject({ postal_code: '1103', fitness: 3 });
    });

    it('names every required field that is missing', async () => {
      const missing = ['Required::NON_EXISTENT_KEY'];
      const answer = await clinic.api('POST', '/patient', {});
      expectInvalid(answer, { fname: missing, lname: missing, DOB: missing, sex: missing });
      expect(answer.json.validationErrors.fname).toEqual({ 'Required::NON_EXISTENT_KEY': 'First Name must be provided, but does not exist' });
    });

    it.each<[string, unknown, string]>([
      ['fname', '', 'NotEmpty::EMPTY_VALUE'],
      ['fname', null, 'NotEmpty::EMPTY_VALUE'],
      ['fname', [], 'NotEmpty::EMPTY_VALUE'],
      ['fname', 'x'.repeat(256), 'LengthBetween::TOO_LONG'],
      ['fname', { $gt: '' }, 'IsString::NOT_A_STRING'],
      ['fname', ['Ada'], 'IsString::NOT_A_STRING'],
      ['fname', true, 'IsString::NOT_A_STRING'],
      ['lname', 'L', 'LengthBetween::TOO_SHORT'],
      ['lname', 'x'.repeat(256), 'LengthBetween::TOO_LONG'],
      ['DOB', '1985-02-30', 'DateTime::INVALID_VALUE'],
      ['DOB', '1985-2-3', 'DateTime::INVALID_VALUE'],
      ['DOB', '10/12/1985', 'DateTime::INVALID_VALUE'],
      ['DOB', '1985-12-10 10:00:00', 'DateTime::INVALID_VALUE'],
      ['DOB', 19851210, 'DateTime::INVALID_VALUE'],
      ['sex', 'F', 'LengthBetween::TOO_SHORT'],
      ['sex', 'x'.repeat(31), 'LengthBetween::TOO_LONG'],
      ['email', 'not-an-address', 'email'],
      ['email_direct', 'a@b', 'email_direct'],
      ['city', 'x'.repeat(256), 'LengthBetween::TOO_LONG'],
      ['hipaa_mail', 'NEVER', 'LengthBetween::TOO_LONG'],
      ['religion', 'x'.repeat(41), 'LengthBetween::TOO_LONG'],
      ['guardiansname', { a: 1 }, 'IsString::NOT_A_STRING'],
      ['fitness', 'very', 'Numeric::NOT_NUMERIC'],
      ['pharmacy_id', '99999999999', 'Numeric::NOT_NUMERIC'],
      ['providerID', 1.5, 'Numeric::NOT_NUMERIC'],
      ['contrastart', 'yesterday', 'DateTime::INVALID_VALUE'],
      ['deceased_date', '2020-13-01 00:00:00', 'DateTime::INVALID_VALUE'],
    ])('refuses %s %j by %s and stores nothing', async (field, value, code) => {
      const count = async () => (await clinic.sql<{ n: number }>('SELECT COUNT(*) AS n FROM patient_data'))[0]!.n;
      const before = await count();
      expectInvalid(await clinic.api('POST', '/patient', { ...LEAST, [field]: value }), { [field]: [code] });
      expect(await count()).toBe(before);
    });

    it('reports every field at once', async () => {
      expectInvalid(await clinic.api('POST', '/patient', { fname: '', lname: 'L', DOB: 'x', sex: 'F', email: 'x' }), {
        fname: ['NotEmpty::EMPTY_VALUE'], lname: ['LengthBetween::TOO_SHORT'], DOB: ['DateTime::INVALID_VALUE'], sex: ['LengthBetween::TOO_SHORT'], email: ['email'],
      });
    });

    it('drops unknown fields, and fields that are the server’s to set', async () => {
      const other = await clinic.patient();
      const answer = await clinic.app.request('POST', '/apis/default/api/patient', {
        token: clinic.admin,
        headers: { 'content-type': 'application/json' },
        body: `{"fname":"Ada","lname":"Lovelace","DOB":"1985-12-10","sex":"Female","id":1,"pid":${other.pid},"uuid":"${other.uuid}","created_by":77,"updated_by":77,"date":"1900-01-01","regdate":"1900-01-01",
          "last_updated":"1900-01-01","dupscore":9,"previous_names":"[1]","provider_uuid":"x","fname_folded":"zz","admin":true,"tenant":"alternate","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}`,
      });
      expect(answer.status).toBe(201);
      expect(answer.json.data.uuid).not.toBe(other.uuid);
      const record = await read(answer.json.data.uuid);
      expect(record).toMatchObject({ pid: other.pid + 1, dupscore: null, previous_names: [] });
      expect([record.date, record.regdate, record.created_by].map(String).filter((value) => /^1900|^77$/.test(value))).toEqual([]);
      expect(Object.keys(record)).not.toEqual(expect.arrayContaining(['admin']));
      expect(({} as Record<string, unknown>).polluted).toBeUndefined();
      expect((await read(other.uuid)).fname).toBe('Ada');
    });
  });

  describe('GET /patient/:puuid', () => {
    it('shows every column of the record, former names and addresses', async () => {
      const { uuid } = await clinic.patient(WHOLE);
      const answer = await clinic.api('GET', `/patient/${uuid}`);
      expectEnvelope(answer, 200);
      expect(answer.json.links).toEqual([]);
      expect(Object.keys(answer.json.data)).toEqual([...PATIENT_COLUMNS, 'previous_names', 'addresses']);
      expect(Object.keys(answer.json.data.addresses[0])).toEqual(ADDRESS_FIELDS);
      expect(answer.json.data.addresses[0]).toMatchObject({
        line1: WHOLE.street, line2: WHOLE.street_line_2, city: WHOLE.city, district: WHOLE.county, state: WHOLE.state, postal_code: WHOLE.postal_code, country_code: WHOLE.country_code, use: 'home',
      });
    });

    it('shows a record as the list shows it, whatever its values hold', async () => {
      const { uuid } = await clinic.patient({ ...WHOLE, street: `5 "Quote" \\ Road\n\tÅ 😀 \u2028 ’`, deceased_date: '2020-01-02', financial_review: '2021-03-04 05:06:07' });
      const list = await clinic.api('GET', `/patient?uuid=${uuid}`);
      const record = await read(uuid);
      expect(record).toMatchObject({ deceased_date: '2020-01-02 00:00:00', financial_review: '2021-03-04 05:06:07' });
      expect(list.json.data).toEqual([record]);
    });

    it('shows former names part by part', async () => {
      const { uuid } = await clinic.patient();
      const resource = (await clinic.fhir('GET', `/Patient/${uuid}`)).json;
      resource.name.push({ use: 'old', prefix: ['Miss'], given: ['Ada', 'Augusta'], family: 'Byron', suffix: ['Jr.'], period: { end: '2005-07-08' } });
      await clinic.fhir('PUT', `/Patient/${uuid}`, resource);
      const [former] = (await read(uuid)).previous_names as Fields[];
      expect(Object.keys(former!)).toEqual(PREVIOUS_NAME_FIELDS);
      expect(former).toEqual({
        previous_name_prefix: 'Miss', previous_name_first: 'Ada', previous_name_middle: 'Augusta', previous_name_last: 'Byron', previous_name_suffix: 'Jr.', previous_name_enddate: '2005-07-08',
        formatted_name: 'Miss Ada Augusta Byron Jr.',
      });
    });

    it('shows numbers as numbers and everything else as text or null', async () => {
      const { uuid } = await clinic.patient({ ...WHOLE, pharmacy_id: '4', fitness: 2, soap_import_status: '1' });
      const record = await read(uuid);
      for (const name of PATIENT_COLUMNS) {
        const type = PATIENT_NUMBERS.includes(name) ? 'number' : 'string';
        expect([name, record[name] === null ? type : typeof record[name]]).toEqual([name, type]);
      }
    });

    it.each([NOBODY, 'unknown', '1', 'undefined', 'NaN'])('answers 400 naming the value for %s', async (uuid) => {
      expectUnknownUuid(await clinic.api('GET', `/patient/${uuid}`), uuid);
    });

    it('takes hostile ids for ids that do not exist', async () => {
      for (const id of HOSTILE) {
        const { status } = await clinic.api('GET', `/patient/${encodeURIComponent(id)}`);
        expect([id, status]).toEqual([id, 400]);
      }
    });
  });

  describe('PUT /patient/:puuid', () => {
    it('changes the fields that are sent, keeps the others, and answers the full record', async () => {
      const { uuid, pid } = await clinic.patient(WHOLE);
      const answer = await clinic.api('PUT', `/patient/${uuid}`, { lname: 'King', phone_cell: '555-0199' });
      expectEnvelope(answer, 200);
      expect(Object.keys(answer.json.data)).toEqual([...PATIENT_COLUMNS, 'previous_names', 'addresses']);
      expect(answer.json.data).toMatchObject({ ...WHOLE, lname: 'King', phone_cell: '555-0199', pid });
      expect(await read(uuid)).toEqual(answer.json.data);
    });

    it('clears an optional field that is sent empty', async () => {
      const { uuid } = await clinic.patient(WHOLE);
      expect((await clinic.api('PUT', `/patient/${uuid}`, { mname: '', phone_cell: null })).json.data).toMatchObject({ mname: null, phone_cell: null, fname: 'Ada' });
    });

    it('holds what is sent to the same rules', async () => {
      const { uuid } = await clinic.patient();
      expectInvalid(await clinic.api('PUT', `/patient/${uuid}`, { lname: '', sex: 'F', DOB: '2000-00-00', email: 'x' }), {
        lname: ['NotEmpty::EMPTY_VALUE'], sex: ['LengthBetween::TOO_SHORT'], DOB: ['DateTime::INVALID_VALUE'], email: ['email'],
      });
      expect(await read(uuid)).toMatchObject({ lname: 'Lovelace', sex: 'Female', DOB: '1985-12-10' });
    });

    it('never changes identity, whatever the body says', async () => {
      const [mine, other] = [await clinic.patient(), await clinic.patient({ fname: 'Mary' })];
      const answer = await clinic.api('PUT', `/patient/${mine.uuid}`, { fname: 'Eve', id: other.pid, pid: other.pid, uuid: other.uuid, created_by: 5, regdate: '1900-01-01' });
      expect(answer.json.data).toMatchObject({ fname: 'Eve', pid: mine.pid, id: mine.pid, uuid: mine.uuid });
      expect(await read(other.uuid)).toMatchObject({ fname: 'Mary', pid: other.pid });
    });

    it('answers 400 naming the uuid where there is no such patient, valid body or not', async () => {
      expectUnknownUuid(await clinic.api('PUT', `/patient/${NOBODY}`, { fname: 'Eve' }), NOBODY);
      expect((await clinic.api('PUT', `/patient/${NOBODY}`, { sex: 'F' })).status).toBe(400);
    });
  });

  it('offers no DELETE, PATCH or POST of a record', async () => {
    const { uuid } = await clinic.patient();
    for (const method of ['DELETE', 'PATCH', 'POST']) expect([method, (await clinic.api(method, `/patient/${uuid}`, {})).status]).toEqual([method, 404]);
    expect((await read(uuid)).fname).toBe('Ada');
  });
});
