import { patientToken, staffToken } from '../harness/sign-in';
import { Clinic, type Fields, type NewPatient } from './clinic.fixture';
import { expectEnvelope, expectInvalid, expectUnknownUuid, HOSTILE, NOBODY } from './expect-standard';
import { ENCOUNTER_ALIASES, ENCOUNTER_FIELDS } from './reference-fields';

const SIGNED = { user: 'gpractice', group: 'Default' };

describe('the standard API of encounters', () => {
  let clinic: Clinic;
  let ada: NewPatient;
  let mary: NewPatient;
  let facility: { id: number; uuid: string };
  let provider: { id: number; uuid: string };
  beforeAll(async () => {
    clinic = await Clinic.start();
    [ada, mary] = [await clinic.patient(), await clinic.patient({ fname: 'Mary' })];
    facility = await clinic.facility();
    provider = await clinic.practitioner({ username: SIGNED.user });
  });
  afterAll(() => clinic.stop());

  const path = (patient: NewPatient, euuid = ''): string => `/patient/${patient.uuid}/encounter${euuid && `/${euuid}`}`;
  const read = async (patient: NewPatient, euuid: string): Promise<Fields> => (await clinic.api('GET', path(patient, euuid))).json.data;

  describe('POST', () => {
    it('answers 201 with the full record, every field of it, older names besides', async () => {
      const sent = {
        pc_catid: '10', class_code: 'IMP', date: '2024-05-01 09:30:00', date_end: '2024-05-02 10:00:00', onset_date: '2024-04-30 00:00:00', reason: 'Chest pain', sensitivity: 'normal', billing_note: 'b', pos_code: '11',
        facility_id: String(facility.id), billing_facility: facility.id, provider_id: provider.id, referring_provider_id: provider.id, referral_source: 'Dr. X', external_id: 'E-1', invoice_refno: 'I-1',
        discharge_disposition: 'home', last_stmt_date: '2024-06-01', supervisor_id: '7', ordering_provider_id: '8', last_level_billed: 1, last_level_closed: '2', stmt_count: 3,
      };
      const answer = await clinic.api('POST', path(ada), sent);
      expectEnvelope(answer, 201);
      expect(Object.keys(answer.json.data).sort()).toEqual(expect.arrayContaining([...new Set([...ENCOUNTER_FIELDS, ...ENCOUNTER_ALIASES])].sort()));
      expect(answer.json.data).toMatchObject({
        ...sent, pc_catid: 10, pos_code: 11, facility_id: facility.id, supervisor_id: 7, ordering_provider_id: 8, last_level_closed: 2, pc_catname: 'New Patient', class_title: 'inpatient encounter', pid: ada.pid, puuid: ada.uuid,
        facility_uuid: facility.uuid, facility_name: 'North Clinic', facility: 'North Clinic', billing_facility_id: facility.id, billing_facility_uuid: facility.uuid, billing_facility_name: 'North Clinic',
        provider_uuid: provider.uuid, provider_username: SIGNED.user, referrer_uuid: provider.uuid, referrer_username: SIGNED.user, discharge_disposition_text: 'Home',
      });
      const { data } = answer.json;
      expect([data.id, data.uuid, data.encounter]).toEqual([data.eid, data.euuid, data.eid]);
      expect(await read(ada, data.euuid)).toEqual(data);
    });

    it('dates the visit now where no date is sent, and shows a day with midnight', async () => {
      expect((await clinic.encounter(ada.uuid)).date).toMatch(new RegExp(`^${new Date().toISOString().slice(0, 10)} \\d\\d:\\d\\d:\\d\\d$`));
      expect((await clinic.encounter(ada.uuid, { date: '2024-05-01' })).date).toBe('2024-05-01 00:00:00');
      expect((await clinic.encounter(ada.uuid, { date: '2024-05-01T09:30' })).date).toBe('2024-05-01 09:30:00');
    });

    it('numbers encounters across patients', async () => {
      const [first, second] = [await clinic.encounter(ada.uuid), await clinic.encounter(mary.uuid)];
      expect(second.eid).toBe(first.eid + 1);
    });

    it('names every required field that is missing', async () => {
      expectInvalid(await clinic.api('POST', path(ada), {}), { pc_catid: ['Required::NON_EXISTENT_KEY'], class_code: ['Required::NON_EXISTENT_KEY'] });
    });

    it.each<[string, unknown, string]>([
      ['pc_catid', '', 'NotEmpty::EMPTY_VALUE'],
      ['pc_catid', 'office', 'Numeric::NOT_NUMERIC'],
      ['pc_catid', '5.5', 'Numeric::NOT_NUMERIC'],
      ['class_code', null, 'NotEmpty::EMPTY_VALUE'],
      ['class_code', 'XXX', 'Callback::INVALID_VALUE'],
      ['class_code', ['AMB'], 'IsString::NOT_A_STRING'],
      ['date', '2024-02-30', 'DateTime::INVALID_VALUE'],
      ['date', '2024-02-01 25:00:00', 'DateTime::INVALID_VALUE'],
      ['onset_date', 'yesterday', 'DateTime::INVALID_VALUE'],
      ['last_stmt_date', 'x', 'DateTime::INVALID_VALUE'],
      ['facility_id', 'North', 'Numeric::NOT_NUMERIC'],
      ['provider_id', '999999999999', 'Numeric::NOT_NUMERIC'],
      ['sensitivity', 'x'.repeat(31), 'LengthBetween::TOO_LONG'],
      ['invoice_refno', 'x'.repeat(32), 'LengthBetween::TOO_LONG'],
      ['supervisor_id', 'me', 'Numeric::NOT_NUMERIC'],
      ['reason', { text: 'x' }, 'IsString::NOT_A_STRING'],
    ])('refuses %s %j by %s', async (field, value, code) => {
      expectInvalid(await clinic.api('POST', path(mary), { pc_catid: '5', class_code: 'AMB', [field]: value }), { [field]: [code] });
    });

    it('takes patient, number and identity from the path and the server, never from the body', async () => {
      const [hers, his] = [await clinic.encounter(mary.uuid, { reason: 'hers' }), await clinic.encounter(ada.uuid, { reason: 'his' })];
      const made = await clinic.encounter(ada.uuid, { id: hers.eid, uuid: hers.euuid, euuid: hers.euuid, eid: hers.eid, encounter: hers.eid, pid: mary.pid, puuid: mary.uuid, patient_uuid: mary.uuid, status: 'cancelled', location_uuid: 'x' });
      expect(made).toMatchObject({ pid: ada.pid, puuid: ada.uuid, eid: his.eid + 1 });
      expect(made.euuid).not.toBe(hers.euuid);
      expect(await read(mary, hers.euuid)).toEqual(hers);
    });

    it('answers 400 naming the uuid of a patient who does not exist', async () => {
      expectUnknownUuid(await clinic.api('POST', path({ pid: 0, uuid: NOBODY }), { pc_catid: '5', class_code: 'AMB' }), NOBODY);
    });
  });

  describe('GET', () => {
    it('lists the patient’s encounters and nobody else’s, newest number first', async () => {
      const patient = await clinic.patient();
      const made = [await clinic.encounter(patient.uuid), await clinic.encounter(patient.uuid, { facility_id: facility.id })];
      const answer = await clinic.api('GET', path(patient));
      expectEnvelope(answer, 200);
      expect(answer.json.data).toEqual([made[1], made[0]]);
      expect(answer.json.links).toEqual({ first: `${clinic.app.url}/apis/default/api${path(patient)}?_offset=0&_count=0` });
    });

    it('answers 404 with an empty envelope where there are none', async () => {
      const answer = await clinic.api('GET', path(await clinic.patient()));
      expect([answer.status, answer.json.data, Object.keys(answer.json)]).toEqual([404, [], ['validationErrors', 'internalErrors', 'data', 'links']]);
    });

    it('answers 400 naming the uuid of an unknown patient', async () => {
      expectUnknownUuid(await clinic.api('GET', path({ pid: 0, uuid: NOBODY })), NOBODY);
      expectUnknownUuid(await clinic.api('GET', `/patient/${NOBODY}/encounter/${NOBODY}`), NOBODY);
    });

    it('gives the same answer for an encounter that is not there and one that is another patient’s', async () => {
      const { euuid } = await clinic.encounter(mary.uuid);
      const [absent, foreign] = [await clinic.api('GET', path(ada, NOBODY)), await clinic.api('GET', path(ada, euuid))];
      expect([absent.status, absent.json]).toEqual([404, { validationErrors: [], internalErrors: [], data: [], links: [] }]);
      expect([foreign.status, foreign.text]).toEqual([404, absent.text]);
    });

    it('takes hostile ids for ids that do not exist', async () => {
      for (const id of HOSTILE) {
        expect([id, (await clinic.api('GET', `/patient/${encodeURIComponent(id)}/encounter`)).status]).toEqual([id, 400]);
        expect([id, (await clinic.api('GET', path(ada, encodeURIComponent(id)))).status]).toEqual([id, 400]);
      }
    });
  });

  describe('PUT', () => {
    it('changes what is sent, keeps the rest, and answers the full record', async () => {
      const before = await clinic.encounter(ada.uuid, { reason: 'Cough', facility_id: facility.id, billing_note: 'keep', date: '2024-01-02 03:04:05' });
      const answer = await clinic.api('PUT', path(ada, before.euuid), { ...SIGNED, reason: 'Fever', class_code: 'EMER' });
      expectEnvelope(answer, 200);
      expect({ ...answer.json.data, last_update: before.last_update }).toEqual({ ...before, reason: 'Fever', class_code: 'EMER', class_title: 'emergency' });
      expect(await read(ada, before.euuid)).toEqual(answer.json.data);
    });

    it('takes the facility’s and the provider’s names along with their numbers', async () => {
      const { euuid } = await clinic.encounter(ada.uuid, { facility_id: facility.id });
      const south = await clinic.facility({ name: 'South Clinic' });
      const { data } = (await clinic.api('PUT', path(ada, euuid), { ...SIGNED, facility_id: south.id, provider_id: provider.id })).json;
      expect(data).toMatchObject({ facility_id: south.id, facility_uuid: south.uuid, facility_name: 'South Clinic', facility: 'South Clinic', provider_uuid: provider.uuid });
    });

    it('requires to know who changes the record', async () => {
      const { euuid } = await clinic.encounter(ada.uuid);
      expectInvalid(await clinic.api('PUT', path(ada, euuid), { reason: 'x' }), { user: ['Required::NON_EXISTENT_KEY'], group: ['Required::NON_EXISTENT_KEY'] });
      expectInvalid(await clinic.api('PUT', path(ada, euuid), { ...SIGNED, user: 'nobody-here' }), { user: ['Callback::INVALID_VALUE'] });
    });

    it('holds what is sent to the same rules', async () => {
      const { euuid } = await clinic.encounter(ada.uuid);
      expectInvalid(await clinic.api('PUT', path(ada, euuid), { ...SIGNED, class_code: 'X', pc_catid: '', date: '1' }), { pc_catid: ['NotEmpty::EMPTY_VALUE'], class_code: ['Callback::INVALID_VALUE'], date: ['DateTime::INVALID_VALUE'] });
    });

    it('answers 400 naming the uuid for an unknown encounter and for another patient’s, and changes neither', async () => {
      const hers = await clinic.encounter(mary.uuid, { reason: 'hers' });
      expectUnknownUuid(await clinic.api('PUT', path(ada, NOBODY), { ...SIGNED, reason: 'x' }), NOBODY);
      expectUnknownUuid(await clinic.api('PUT', path(ada, hers.euuid), { ...SIGNED, reason: 'x' }), hers.euuid);
      expect(await read(mary, hers.euuid)).toEqual(hers);
    });

    it('moves nothing to another patient by ids in the body', async () => {
      const mine = await clinic.encounter(ada.uuid, { reason: 'mine' });
      await clinic.api('PUT', path(ada, mine.euuid), { ...SIGNED, pid: mary.pid, puuid: mary.uuid, patient_uuid: mary.uuid, uuid: NOBODY, encounter: 1, id: 1 });
      expect(await read(ada, mine.euuid)).toMatchObject({ pid: ada.pid, puuid: ada.uuid, eid: mine.eid, reason: 'mine' });
    });
  });

  describe('sensitive encounters', () => {
    it('are as if not there for those without the right, and refused to their edits', async () => {
      const patient = await clinic.patient();
      const open = await clinic.encounter(patient.uuid);
      const hidden = await clinic.encounter(patient.uuid, { sensitivity: 'high', reason: 'canary' });
      const accountant = await staffToken(clinic.app, { group: 'Accounting' });
      const list = await clinic.api('GET', path(patient), undefined, accountant);
      expect(list.json.data.map((one: Fields) => one.euuid)).toEqual([open.euuid]);
      expect((await clinic.api('GET', path(patient, hidden.euuid), undefined, accountant)).status).toBe(404);
      expect((await clinic.api('PUT', path(patient, hidden.euuid), { ...SIGNED, reason: 'x' }, accountant)).status).toBe(403);
      expect(await read(patient, hidden.euuid)).toMatchObject({ reason: 'canary' });
      const physician = await staffToken(clinic.app, { group: 'Physicians' });
      expect((await clinic.api('GET', path(patient, hidden.euuid), undefined, physician)).status).toBe(200);
    });
  });

  it('is not open to patients', async () => {
    expect((await clinic.api('GET', path(ada), undefined, await patientToken(clinic.app, ada.uuid))).status).toBe(403);
  });
});
