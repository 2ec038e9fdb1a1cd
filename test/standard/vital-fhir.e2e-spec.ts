import { Clinic, type Fields, type NewPatient } from './clinic.fixture';

const LOINC = 'http://loinc.org';
const UCUM = 'http://unitsofmeasure.org';
const CATEGORY = [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' }] }];

/** Column, what is charted, LOINC, UCUM. */
const SINGLE: [string, string, string, string][] = [
  ['weight', '154.5', '29463-7', '[lb_av]'], ['height', '70.25', '8302-2', '[in_i]'], ['temperature', '98.6', '8310-5', '[degF]'], ['pulse', '72', '8867-4', '/min'], ['respiration', '16', '9279-1', '/min'],
  ['BMI', '22.01', '39156-5', 'kg/m2'], ['waist_circ', '33.5', '8280-0', '[in_i]'], ['head_circ', '22', '9843-4', '[in_i]'], ['oxygen_saturation', '98', '59408-5', '%'], ['ped_weight_height', '55', '77606-2', '%'],
  ['ped_bmi', '60', '59576-9', '%'], ['ped_head_circ', '65', '8289-1', '%'],
];

describe('vital signs over both APIs', () => {
  let clinic: Clinic;
  let ada: NewPatient;
  let visit: { eid: number; euuid: string };
  let at: string;
  beforeAll(async () => {
    clinic = await Clinic.start();
  });
  beforeEach(async () => {
    ada = await clinic.patient();
    visit = await clinic.encounter(ada.uuid);
    at = `/patient/${ada.pid}/encounter/${visit.eid}/vital`;
  });
  afterAll(() => clinic.stop());

  const chart = async (fields: Fields): Promise<number> => (await clinic.api('POST', at, fields)).json.vid;
  const edit = (vid: number, fields: Fields) => clinic.api('PUT', `${at}/${vid}`, fields);
  const rows = async (path = at): Promise<Fields[]> => (await clinic.api('GET', path)).json ?? [];
  const search = async (query = ''): Promise<Fields[]> => ((await clinic.fhir('GET', `/Observation?patient=${ada.uuid}&_count=50${query}`)).json.entry ?? []).map((entry: { resource: Fields }) => entry.resource);
  const byCode = async (code: string): Promise<Fields> => (await search(`&code=${LOINC}|${code}`))[0]!;
  const read = async (id: unknown): Promise<Fields> => (await clinic.fhir('GET', `/Observation/${id}`)).json;
  const observation = (code: string, value: number, unit: string, more: Fields = {}): Fields => ({
    resourceType: 'Observation', status: 'final', category: CATEGORY, code: { coding: [{ system: LOINC, code }] }, subject: { reference: `Patient/${ada.uuid}` }, encounter: { reference: `Encounter/${visit.euuid}` },
    effectiveDateTime: '2024-05-01T09:30:00Z', valueQuantity: { value, unit, system: UCUM, code: unit }, ...more,
  });
  const send = async (resource: Fields): Promise<Fields> => {
    const { status, json, text } = await clinic.fhir('POST', '/Observation', resource);
    if (status !== 201) throw new Error(text);
    return json;
  };
  const panel = (systolic: number, diastolic: number): Fields => {
    const component = (code: string, value: number) => ({ code: { coding: [{ system: LOINC, code }] }, valueQuantity: { value, unit: 'mmHg', system: UCUM, code: 'mm[Hg]' } });
    const { valueQuantity: _, ...rest } = observation('85354-9', 0, '');
    return { ...rest, component: [component('8480-6', systolic), component('8462-4', diastolic)] };
  };

  describe('written through the standard API', () => {
    it.each(SINGLE)('%s is at once an Observation of its own', async (column, value, code, ucum) => {
      await chart({ [column]: value, date: '2024-05-01 09:30:00', note: 'resting' });
      const found = await search();
      expect(found).toHaveLength(1);
      expect(found[0]).toMatchObject({
        status: 'final', subject: { reference: `Patient/${ada.uuid}` }, encounter: { reference: `Encounter/${visit.euuid}` }, effectiveDateTime: '2024-05-01T09:30:00Z', note: [{ text: 'resting' }],
        valueQuantity: { value: Number(value), system: UCUM, code: ucum }, category: [{ coding: [{ code: 'vital-signs' }] }],
      });
      expect(((found[0]!.code as Fields).coding as Fields[])[0]).toMatchObject({ system: LOINC, code });
    });

    it('blood pressure is a panel of two components', async () => {
      await chart({ bps: '120', bpd: '80' });
      const [panelFound, ...others] = await search();
      expect(others).toEqual([]);
      expect(panelFound).not.toHaveProperty('valueQuantity');
      expect((panelFound!.component as Fields[]).map((one) => [((one.code as Fields).coding as Fields[])[0]!.code, (one.valueQuantity as Fields).value])).toEqual([['8480-6', 120], ['8462-4', 80]]);
      expect(await search('&component-code=8480-6')).toHaveLength(1);
    });

    it('oxygen saturation carries flow and concentration as components', async () => {
      await chart({ oxygen_saturation: '98', oxygen_flow_rate: '2.5', inhaled_oxygen_concentration: '40' });
      const found = await byCode('59408-5');
      expect(found.valueQuantity).toMatchObject({ value: 98, code: '%' });
      expect((found.component as Fields[]).map((one) => [((one.code as Fields).coding as Fields[])[0]!.code, (one.valueQuantity as Fields).value, (one.valueQuantity as Fields).code])).toEqual([['3151-8', 2.5, 'L/min'], ['3150-0', 40, '%']]);
    });

    it('is found by category, code, date and value at once', async () => {
      await chart({ pulse: '72', weight: '154.5', bps: '120', bpd: '80', date: '2024-05-01 09:30:00' });
      for (const [query, count] of [['', 3], ['&category=vital-signs', 3], ['&code=8867-4', 1], ['&date=2024-05-01', 3], ['&date=lt2024-05-01', 0], ['&value-quantity=gt70', 2], [`&encounter=${visit.euuid}`, 3]] as const) {
        expect([query, (await search(query)).length]).toEqual([query, count]);
      }
    });

    it('an edit adds one version to the measure that changed and none to its neighbours', async () => {
      const vid = await chart({ pulse: '72', weight: '154.5', date: '2024-05-01 09:30:00' });
      const [pulse, weight] = [await byCode('8867-4'), await byCode('29463-7')];
      await edit(vid, { pulse: '80', date: '2024-05-01 09:30:00' });
      expect(await read(pulse.id)).toMatchObject({ valueQuantity: { value: 80 }, meta: { versionId: '2' } });
      expect(await read(weight.id)).toEqual(weight);
      await edit(vid, { pulse: '80', date: '2024-05-01 09:30:00' });
      expect((await read(pulse.id)).meta).toMatchObject({ versionId: '2' });
    });

    it('a measure added by an edit is a new Observation', async () => {
      const vid = await chart({ pulse: '72' });
      await edit(vid, { temperature: '99.5' });
      expect((await byCode('8310-5')).valueQuantity).toMatchObject({ value: 99.5 });
      expect(await search()).toHaveLength(2);
    });

    it('an edit of the date moves every measure of the row', async () => {
      const vid = await chart({ pulse: '72', weight: '154.5' });
      await edit(vid, { date: '2023-01-01 08:00:00' });
      expect((await search()).map((one) => one.effectiveDateTime)).toEqual(['2023-01-01T08:00:00Z', '2023-01-01T08:00:00Z']);
    });
  });

  describe('written over FHIR', () => {
    it.each(SINGLE)('%s shows in the vital routes at once', async (column, value, code, ucum) => {
      await send(observation(code, Number(value), ucum));
      const [row, ...others] = await rows();
      expect(others).toEqual([]);
      expect(row).toMatchObject({ pid: ada.pid, eid: visit.eid, date: '2024-05-01 09:30:00', [column]: Number(value).toFixed(6) });
    });

    it.each<[string, number, string, string, string]>([
      ['29463-7', 70, 'kg', 'weight', '154.323584'], ['29463-7', 3500, 'g', 'weight', '7.716179'], ['8302-2', 178.5, 'cm', 'height', '70.275591'], ['8302-2', 1.8, 'm', 'height', '70.866142'], ['8310-5', 37.2, 'Cel', 'temperature', '98.960000'],
      ['9843-4', 35, 'cm', 'head_circ', '13.779528'], ['8280-0', 90, 'cm', 'waist_circ', '35.433071'],
    ])('%s of %d %s is converted', async (code, value, unit, column, shown) => {
      const made = await send(observation(code, value, unit));
      expect((await rows())[0]).toMatchObject({ [column]: shown });
      expect((await read(made.id)).valueQuantity).toEqual({ value, unit, system: UCUM, code: unit });
    });

    it('pulse oximetry is known by either of its codes, with its components', async () => {
      const component = [['3151-8', 2.5, 'L/min'], ['3150-0', 40, '%']].map(([code, value, unit]) => ({ code: { coding: [{ system: LOINC, code }] }, valueQuantity: { value, system: UCUM, code: unit } }));
      await send(observation('2708-6', 97, '%', { component }));
      expect((await rows())[0]).toMatchObject({ oxygen_saturation: '97.000000', oxygen_flow_rate: '2.500000', inhaled_oxygen_concentration: '40.000000' });
    });

    it('a blood pressure panel fills both columns', async () => {
      await send(panel(120, 80));
      expect((await rows())[0]).toMatchObject({ bps: '120', bpd: '80' });
    });

    it('Observations of one moment share a row, others have their own', async () => {
      await send(observation('8867-4', 72, '/min'));
      await send(observation('9279-1', 16, '/min', { effectiveDateTime: '2024-05-01T05:30:00-04:00' }));
      await send(panel(120, 80));
      await send(observation('8867-4', 90, '/min', { effectiveDateTime: '2024-05-01T10:00:00Z' }));
      await send(observation('8867-4', 73, '/min'));
      const found = await rows();
      expect(found.map((row) => [row.date, row.pulse, row.respiration, row.bps])).toEqual([
        ['2024-05-01 10:00:00', '90.000000', null, null], ['2024-05-01 09:30:00', '73.000000', null, null], ['2024-05-01 09:30:00', '72.000000', '16.000000', '120'],
      ]);
    });

    it('joins a row that was charted through the standard API at that moment', async () => {
      const vid = await chart({ pulse: '72', date: '2024-05-01 09:30:00' });
      await send(observation('9279-1', 16, '/min'));
      expect((await rows()).map((row) => [row.id, row.pulse, row.respiration])).toEqual([[vid, '72.000000', '16.000000']]);
    });

    it('an update changes the row, and its own version alone', async () => {
      const pulse = await send(observation('8867-4', 72, '/min'));
      const breaths = await send(observation('9279-1', 16, '/min'));
      await clinic.fhir('PUT', `/Observation/${pulse.id}`, { ...pulse, valueQuantity: { value: 80, system: UCUM, code: '/min' } });
      expect((await rows()).map((row) => [row.pulse, row.respiration])).toEqual([['80.000000', '16.000000']]);
      expect((await read(breaths.id)).meta).toMatchObject({ versionId: '1' });
      expect(await clinic.versions('Observation', String(pulse.id))).toHaveLength(2);
    });

    it('an update to another moment moves the measure to another row', async () => {
      const pulse = await send(observation('8867-4', 72, '/min'));
      await send(observation('9279-1', 16, '/min'));
      await clinic.fhir('PUT', `/Observation/${pulse.id}`, { ...pulse, effectiveDateTime: '2024-05-02T09:30:00Z' });
      expect((await rows()).map((row) => [row.date, row.pulse, row.respiration])).toEqual([['2024-05-02 09:30:00', '72.000000', null], ['2024-05-01 09:30:00', null, '16.000000']]);
      expect(await search()).toHaveLength(2);
    });

    it('an update to another encounter moves the measure there', async () => {
      const pulse = await send(observation('8867-4', 72, '/min'));
      const other = await clinic.encounter(ada.uuid);
      await clinic.fhir('PUT', `/Observation/${pulse.id}`, { ...pulse, encounter: { reference: `Encounter/${other.euuid}` } });
      expect((await clinic.api('GET', at)).status).toBe(404);
      expect(await rows(`/patient/${ada.pid}/encounter/${other.eid}/vital`)).toMatchObject([{ pulse: '72.000000' }]);
    });

    it.each(['entered-in-error', 'cancelled'])('status %s takes it out of the vital routes, and final brings it back', async (status) => {
      const pulse = await send(observation('8867-4', 72, '/min'));
      await send(observation('9279-1', 16, '/min'));
      await clinic.fhir('PUT', `/Observation/${pulse.id}`, { ...pulse, status });
      expect((await rows()).map((row) => [row.pulse, row.respiration])).toEqual([[null, '16.000000']]);
      expect(await read(pulse.id)).toMatchObject({ status, valueQuantity: { value: 72 } });
      await clinic.fhir('PUT', `/Observation/${pulse.id}`, pulse);
      expect((await rows()).map((row) => [row.pulse, row.respiration])).toEqual([['72.000000', '16.000000']]);
    });

    it('deleting one measure keeps the others; deleting the last takes the row', async () => {
      const pulse = await send(observation('8867-4', 72, '/min'));
      const breaths = await send(observation('9279-1', 16, '/min'));
      await clinic.fhir('DELETE', `/Observation/${pulse.id}`);
      expect((await rows()).map((row) => [row.pulse, row.respiration])).toEqual([[null, '16.000000']]);
      expect((await clinic.fhir('GET', `/Observation/${pulse.id}`)).status).toBe(410);
      expect((await read(breaths.id)).meta).toMatchObject({ versionId: '1' });
      await clinic.fhir('DELETE', `/Observation/${breaths.id}`);
      expect((await clinic.api('GET', at)).status).toBe(404);
    });

    it.each<[string, (make: () => Fields) => Fields]>([
      ['a laboratory value', (make) => ({ ...make(), code: { coding: [{ system: LOINC, code: '2345-7' }] } })],
      ['a unit that does not convert', (make) => ({ ...make(), valueQuantity: { value: 1, system: UCUM, code: 'mol' } })],
      ['a bound instead of a value', (make) => ({ ...make(), valueQuantity: { value: 30, comparator: '<', system: UCUM, code: '/min' } })],
      ['no encounter', (make) => ({ ...make(), encounter: undefined })],
      ['no value', (make) => ({ ...make(), valueQuantity: undefined, dataAbsentReason: { text: 'refused' } })],
      ['a number larger than the column', (make) => ({ ...make(), valueQuantity: { value: 1e7, system: UCUM, code: '/min' } })],
    ])('%s stays in FHIR alone', async (_, change) => {
      const made = await send(change(() => observation('8867-4', 72, '/min')));
      expect((await clinic.api('GET', at)).status).toBe(404);
      expect((await read(made.id)).id).toBe(made.id);
    });

    it('an encounter of another patient gives no row to either', async () => {
      const mary = await clinic.patient();
      const hers = await clinic.encounter(mary.uuid);
      await send(observation('8867-4', 72, '/min', { encounter: { reference: `Encounter/${hers.euuid}` } }));
      expect([(await clinic.api('GET', at)).status, (await clinic.api('GET', `/patient/${mary.pid}/encounter/${hers.eid}/vital`)).status]).toEqual([404, 404]);
    });
  });

  describe('edited in the standard API after FHIR wrote it', () => {
    const extras = { extension: [{ url: 'urn:x', valueString: 'kept' }], interpretation: [{ text: 'normal' }], device: { display: 'cuff 7' }, bodySite: { text: 'left arm' }, note: [{ text: 'sitting', time: '2024-05-01T09:30:00+02:00' }], referenceRange: [{ low: { value: 60 } }] };

    it('keeps everything but the value', async () => {
      const made = await send(observation('8867-4', 72, '/min', extras));
      const [row] = await rows();
      await edit(row!.id as number, { pulse: '80', date: '2024-05-01 09:30:00' });
      const found = await read(made.id);
      expect(found).toEqual({ ...made, valueQuantity: { ...(made.valueQuantity as Fields), value: 80 }, meta: found.meta });
      expect(found.meta).toMatchObject({ versionId: '2' });
    });

    it('keeps kilograms, decimals and offsets of measures that were not edited', async () => {
      const body = JSON.stringify(observation('29463-7', 70.5, 'kg', { effectiveDateTime: '2024-05-01T11:30:00+02:00' })).replace('"value":70.5', '"value":70.50');
      const weight = (await clinic.app.request('POST', '/apis/default/fhir/Observation', { token: clinic.admin, headers: { 'content-type': 'application/fhir+json' }, body })).json;
      await send(observation('8867-4', 72, '/min'));
      const [row] = await rows();
      expect(row).toMatchObject({ weight: '155.425895', pulse: '72.000000' });
      await edit(row!.id as number, { pulse: '80', date: '2024-05-01 09:30:00' });
      const { text } = await clinic.fhir('GET', `/Observation/${weight.id}`);
      expect(text).toContain('"value":70.50');
      expect(text).toContain('2024-05-01T11:30:00+02:00');
      expect(JSON.parse(text).meta.versionId).toBe('1');
    });

    it('sends the record back as it was read without a new version', async () => {
      const made = await send(observation('29463-7', 70, 'kg', { effectiveDateTime: '2024-05-01' }));
      const [row] = await rows();
      expect(row!.date).toBe('2024-05-01 00:00:00');
      const sent = Object.fromEntries(Object.entries(row!).filter(([, value]) => value !== null));
      expect((await edit(row!.id as number, sent)).status).toBe(200);
      expect(await read(made.id)).toEqual(made);
    });

    it('a new weight is in the unit the standard API speaks', async () => {
      const made = await send(observation('29463-7', 70, 'kg'));
      const [row] = await rows();
      await edit(row!.id as number, { weight: '160', date: '2024-05-01 09:30:00' });
      expect((await read(made.id)).valueQuantity).toMatchObject({ value: 160, code: '[lb_av]', system: UCUM });
    });

    it('one side of a blood pressure changes that component alone', async () => {
      const made = await send(panel(120, 80));
      const [row] = await rows();
      await edit(row!.id as number, { bpd: '85', date: '2024-05-01 09:30:00' });
      const found = await read(made.id);
      expect(found.component).toEqual([(made.component as Fields[])[0], { ...(made.component as Fields[])[1], valueQuantity: { value: 85, unit: 'mmHg', system: UCUM, code: 'mm[Hg]' } }]);
    });
  });

  it('a transaction of one visit’s Observations makes one row, in both APIs at once', async () => {
    const entry = [observation('8867-4', 72, '/min'), observation('9279-1', 16, '/min'), panel(120, 80), observation('29463-7', 70, 'kg')].map((resource) => ({ resource, request: { method: 'POST', url: 'Observation' } }));
    expect((await clinic.fhir('POST', '', { resourceType: 'Bundle', type: 'transaction', entry })).status).toBe(200);
    expect(await rows()).toMatchObject([{ pulse: '72.000000', respiration: '16.000000', bps: '120', bpd: '80', weight: '154.323584' }]);
    expect(await search()).toHaveLength(4);
  });
});
