import { Clinic, type Fields, type NewPatient } from './clinic.fixture';
import { expectBareInvalid, expectNothing, HOSTILE } from './expect-standard';
import { VITAL_DECIMALS, VITAL_FIELDS, VITAL_UNITS } from './reference-fields';

const MEASURED = {
  bps: '120', bpd: '80', weight: '154.5', height: '70.25', temperature: '98.6', pulse: '72', respiration: '16', BMI: '22.01', waist_circ: '33.5', head_circ: '22', oxygen_saturation: '98', oxygen_flow_rate: '2.5',
  inhaled_oxygen_concentration: '40', ped_weight_height: '55', ped_bmi: '60', ped_head_circ: '65',
};
const WHOLE = { ...MEASURED, temp_method: 'Oral', note: 'resting', BMI_status: 'Normal', external_id: 'V-1', date: '2024-05-01 09:30:00' };

describe('the standard API of vital signs', () => {
  let clinic: Clinic;
  let ada: NewPatient;
  let mary: NewPatient;
  let visit: { eid: number; euuid: string };
  let hers: { eid: number; euuid: string };
  beforeAll(async () => {
    clinic = await Clinic.start();
    [ada, mary] = [await clinic.patient(), await clinic.patient({ fname: 'Mary' })];
    [visit, hers] = [await clinic.encounter(ada.uuid), await clinic.encounter(mary.uuid)];
  });
  afterAll(() => clinic.stop());

  const path = (pid: number | string, eid: number | string, vid: number | string = ''): string => `/patient/${pid}/encounter/${eid}/vital${vid === '' ? '' : `/${vid}`}`;
  const chart = async (fields: Fields = { pulse: '70' }, at = path(ada.pid, visit.eid)): Promise<{ vid: number; fid: number }> => (await clinic.api('POST', at, fields)).json;
  const read = async (vid: number, at = path(ada.pid, visit.eid, vid)): Promise<Fields> => (await clinic.api('GET', at)).json;

  describe('POST', () => {
    it('answers 201 with the bare numbers of row and form', async () => {
      const answer = await clinic.api('POST', path(ada.pid, visit.eid), WHOLE);
      expect([answer.status, answer.json]).toEqual([201, { vid: expect.any(Number), fid: expect.any(Number) }]);
    });

    it('takes numbers as well as text, and any subset of the measures', async () => {
      const { vid } = await chart({ pulse: 71.5, bps: 118, bpd: '76' });
      expect(await read(vid)).toMatchObject({ pulse: '71.500000', bps: '118', bpd: '76', weight: null });
    });

    it.each<[string, unknown, string]>([
      ...Object.keys(MEASURED).map((name): [string, unknown, string] => [name, 'high', 'Numeric::NOT_NUMERIC']),
      ['pulse', '', 'NotEmpty::EMPTY_VALUE'],
      ['pulse', null, 'NotEmpty::EMPTY_VALUE'],
      ['pulse', [], 'NotEmpty::EMPTY_VALUE'],
      ['pulse', [70], 'IsString::NOT_A_STRING'],
      ['pulse', { value: 70 }, 'IsString::NOT_A_STRING'],
      ['pulse', true, 'Numeric::NOT_NUMERIC'],
      ['pulse', '7e1', 'Numeric::NOT_NUMERIC'],
      ['weight', '1000000', 'Numeric::NOT_NUMERIC'],
      ['note', 'x'.repeat(256), 'LengthBetween::TOO_LONG'],
      ['temp_method', 'x'.repeat(256), 'LengthBetween::TOO_LONG'],
      ['BMI_status', '', 'NotEmpty::EMPTY_VALUE'],
      ['external_id', 'x'.repeat(21), 'LengthBetween::TOO_LONG'],
      ['date', '2024-02-30', 'DateTime::INVALID_VALUE'],
    ])('refuses %s %j by %s, without envelope', async (field, value, code) => {
      expectBareInvalid(await clinic.api('POST', path(ada.pid, visit.eid), { [field]: value }), { [field]: [code] });
    });

    it('stores nothing of a refused body', async () => {
      const before = (await clinic.api('GET', path(ada.pid, visit.eid))).json.length;
      expectBareInvalid(await clinic.api('POST', path(ada.pid, visit.eid), { pulse: '70', weight: 'x' }), { weight: ['Numeric::NOT_NUMERIC'] });
      expect((await clinic.api('GET', path(ada.pid, visit.eid))).json).toHaveLength(before);
    });

    it('refuses an encounter that is not there and one of another patient alike', async () => {
      for (const at of [path(ada.pid, 99_999), path(ada.pid, hers.eid), path(99_999, visit.eid), path('x', visit.eid)]) expectBareInvalid(await clinic.api('POST', at, { pulse: '70' }), { eid: ['Callback::INVALID_VALUE'] });
    });

    it('takes identity from path and server, never from the body', async () => {
      const foreign = await chart({ pulse: '61' }, path(mary.pid, hers.eid));
      const before = await read(foreign.vid, path(mary.pid, hers.eid, foreign.vid));
      const made = await chart({
        pulse: '62', id: foreign.vid, vid: foreign.vid, uuid: before.uuid, pid: mary.pid, eid: hers.eid, encounter: hers.eid, patient_uuid: mary.uuid, encounter_uuid: hers.euuid, form_id: foreign.fid, user: 'eve',
        groupname: 'x', authorized: 0, activity: 0, performer_uuid: 'x',
      });
      expect(made.vid).not.toBe(foreign.vid);
      expect(await read(made.vid)).toMatchObject({ pid: ada.pid, eid: visit.eid, pulse: '62.000000', user_uuid: expect.stringMatching(/-/) });
      expect(await read(foreign.vid, path(mary.pid, hers.eid, foreign.vid))).toEqual(before);
    });
  });

  describe('GET', () => {
    it('shows every field of a row and the unit of every measure, without envelope', async () => {
      const { vid, fid } = await chart(WHOLE);
      const row = await read(vid);
      expect(Object.keys(row).sort()).toEqual([...VITAL_FIELDS, ...Object.keys(VITAL_UNITS).map((name) => `${name}_unit`)].sort());
      expect(row).toMatchObject({
        id: vid, form_id: fid, pid: ada.pid, puuid: ada.uuid, eid: visit.eid, euuid: visit.euuid, note: 'resting', temp_method: 'Oral', BMI_status: 'Normal', external_id: 'V-1', date: '2024-05-01 09:30:00', bps: '120', bpd: '80',
        ...Object.fromEntries(VITAL_DECIMALS.map((name) => [name, Number(MEASURED[name as keyof typeof MEASURED]).toFixed(6)])),
        ...Object.fromEntries(Object.entries(VITAL_UNITS).map(([name, unit]) => [`${name}_unit`, unit])),
      });
      expect([typeof row.last_updated, typeof row.date_created]).toEqual(['string', 'string']);
    });

    it('lists the rows of the encounter and of no other, newest first', async () => {
      const encounter = await clinic.encounter(ada.uuid);
      const at = path(ada.pid, encounter.eid);
      const [older, newer] = [await chart({ pulse: '70', date: '2024-01-01 10:00:00' }, at), await chart({ pulse: '71', date: '2024-01-02 10:00:00' }, at)];
      const answer = await clinic.api('GET', at);
      expect([answer.status, answer.json.map((row: Fields) => row.id)]).toEqual([200, [newer.vid, older.vid]]);
      expect(answer.json[0]).toEqual(await read(newer.vid, `${at}/${newer.vid}`));
    });

    it('answers 404 with nothing in it where there is nothing, or nothing of theirs', async () => {
      const { vid } = await chart();
      const empty = await clinic.encounter(ada.uuid);
      const absent = [path(ada.pid, empty.eid), path(ada.pid, hers.eid), path(mary.pid, visit.eid), path(99_999, visit.eid), path(ada.pid, visit.eid, 99_999), path(mary.pid, hers.eid, vid), path(ada.pid, empty.eid, vid), path(mary.pid, visit.eid, vid)];
      for (const at of absent) expectNothing(await clinic.api('GET', at));
    });

    it('takes hostile numbers for numbers that do not exist', async () => {
      const { vid } = await chart();
      for (const id of HOSTILE.map(encodeURIComponent)) for (const at of [path(id, visit.eid), path(ada.pid, id), path(ada.pid, visit.eid, id), path(id, visit.eid, vid), path(ada.pid, id, vid)]) expectNothing(await clinic.api('GET', at));
    });
  });

  describe('PUT', () => {
    it('changes what is sent, keeps the rest, moves the date to now, and answers the bare number', async () => {
      const { vid } = await chart(WHOLE);
      const before = await read(vid);
      const answer = await clinic.api('PUT', path(ada.pid, visit.eid, vid), { pulse: '80', note: 'after exercise' });
      expect([answer.status, answer.json]).toEqual([200, { vid }]);
      const after = await read(vid);
      expect({ ...after, date: before.date, last_updated: before.last_updated }).toEqual({ ...before, pulse: '80.000000', note: 'after exercise' });
      expect(Date.now() - Date.parse(`${String(after.date).replace(' ', 'T')}Z`)).toBeLessThan(10_000);
    });

    it('keeps a date that is sent', async () => {
      const { vid } = await chart(WHOLE);
      await clinic.api('PUT', path(ada.pid, visit.eid, vid), { pulse: '80', date: '2024-06-01 08:00:00' });
      expect((await read(vid)).date).toBe('2024-06-01 08:00:00');
    });

    it('holds what is sent to the same rules', async () => {
      const { vid } = await chart();
      expectBareInvalid(await clinic.api('PUT', path(ada.pid, visit.eid, vid), { pulse: 'x', bps: '' }), { bps: ['NotEmpty::EMPTY_VALUE'], pulse: ['Numeric::NOT_NUMERIC'] });
    });

    it('answers 404 for a row that is not one of this patient and encounter, and changes nothing', async () => {
      const { vid } = await chart({ pulse: '70' });
      for (const at of [path(mary.pid, hers.eid, vid), path(ada.pid, hers.eid, vid), path(mary.pid, visit.eid, vid), path(ada.pid, visit.eid, 99_999)]) expectNothing(await clinic.api('PUT', at, { pulse: '200' }));
      expect((await read(vid)).pulse).toBe('70.000000');
    });

    it('moves nothing to another patient by ids in the body', async () => {
      const { vid } = await chart({ pulse: '70' });
      const before = await read(vid);
      await clinic.api('PUT', path(ada.pid, visit.eid, vid), { pulse: '75', id: 1, uuid: 'x', pid: mary.pid, eid: hers.eid, encounter: hers.eid, patient_uuid: mary.uuid, encounter_uuid: hers.euuid });
      expect(await read(vid)).toMatchObject({ id: vid, uuid: before.uuid, pid: ada.pid, eid: visit.eid, pulse: '75.000000' });
    });
  });
});
