import { Clinic, type Fields, type NewPatient } from './clinic.fixture';

const ACT = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
const PARTICIPATION = 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType';
const DISPOSITION = 'http://terminology.hl7.org/CodeSystem/discharge-disposition';
const SNOMED = 'http://snomed.info/sct';
const CONFIDENTIALITY = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality';
const SIGNED = { user: 'gpractice', group: 'Default' };

describe('an encounter over both APIs', () => {
  let clinic: Clinic;
  let ada: NewPatient;
  let facility: { id: number; uuid: string };
  let provider: { id: number; uuid: string };
  let referrer: { id: number; uuid: string };
  beforeAll(async () => {
    clinic = await Clinic.start();
    ada = await clinic.patient();
    facility = await clinic.facility();
    provider = await clinic.practitioner({ username: SIGNED.user });
    referrer = await clinic.practitioner({ lname: 'Curie' });
  });
  afterAll(() => clinic.stop());

  const resource = async (id: unknown): Promise<Fields> => (await clinic.fhir('GET', `/Encounter/${id}`)).json;
  const record = async (euuid: unknown, patient = ada): Promise<Fields> => (await clinic.api('GET', `/patient/${patient.uuid}/encounter/${euuid}`)).json.data;
  const edit = (euuid: unknown, fields: Fields) => clinic.api('PUT', `/patient/${ada.uuid}/encounter/${euuid}`, { ...SIGNED, ...fields });
  const rich = (): Fields => ({
    resourceType: 'Encounter',
    text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">visit</div>' },
    contained: [{ resourceType: 'Condition', id: 'c1', subject: { reference: `Patient/${ada.uuid}` } }],
    extension: [{ url: 'urn:cost', valueDecimal: 12.5 }],
    identifier: [{ system: 'urn:visit', value: 'V-1' }],
    status: 'in-progress',
    statusHistory: [{ status: 'arrived', period: { start: '2024-05-01T09:00:00+02:00' } }],
    class: { system: ACT, code: 'EMER', display: 'emergency' },
    type: [{ coding: [{ system: SNOMED, code: '50849002', display: 'Emergency room admission' }], text: 'Emergency' }, { text: 'second type' }],
    priority: { text: 'urgent' },
    subject: { reference: `Patient/${ada.uuid}`, display: 'Ada Lovelace' },
    participant: [
      { type: [{ coding: [{ system: PARTICIPATION, code: 'PPRF', display: 'primary performer' }] }], period: { start: '2024-05-01' }, individual: { reference: `Practitioner/${provider.uuid}`, display: 'Dr. Hopper' } },
      { type: [{ coding: [{ system: PARTICIPATION, code: 'ATND' }] }], individual: { display: 'a nurse' } },
    ],
    period: { start: '2024-05-01T09:30:00+02:00', end: '2024-05-01T11:00:00.500+02:00' },
    length: { value: 90, unit: 'min' },
    reasonCode: [{ coding: [{ system: SNOMED, code: '29857009', display: 'Chest pain' }], text: 'Chest pain' }, { text: 'Cough' }],
    diagnosis: [{ condition: { reference: '#c1' }, rank: 1 }],
    hospitalization: { admitSource: { text: 'by ambulance' }, dischargeDisposition: { coding: [{ system: DISPOSITION, code: 'home', display: 'Home' }], text: 'went home' } },
    location: [{ location: { display: 'Room 3' }, status: 'completed' }],
    serviceProvider: { reference: `Organization/${facility.uuid}`, display: 'North' },
  });
  const send = async (body: Fields = rich()): Promise<Fields> => {
    const { status, json, text } = await clinic.fhir('POST', '/Encounter', body);
    if (status !== 201) throw new Error(text);
    return json;
  };

  it('written through the standard API is at once a FHIR Encounter, column by column', async () => {
    const { euuid } = await clinic.encounter(ada.uuid, {
      class_code: 'IMP', date: '2024-05-01 09:30:00', date_end: '2024-05-03', reason: 'Chest pain', facility_id: facility.id, provider_id: provider.id, referring_provider_id: referrer.id, discharge_disposition: 'home', encounter_type_code: '32485007',
      encounter_type_description: 'Hospital admission',
    });
    const found = await resource(euuid);
    expect(found).toMatchObject({
      id: euuid, status: 'finished', class: { system: ACT, code: 'IMP', display: 'inpatient encounter' }, subject: { reference: `Patient/${ada.uuid}` }, period: { start: '2024-05-01T09:30:00Z', end: '2024-05-03' },
      type: [{ coding: [{ system: SNOMED, code: '32485007' }], text: 'Hospital admission' }], reasonCode: [{ text: 'Chest pain' }], serviceProvider: { reference: `Organization/${facility.uuid}` },
      hospitalization: { dischargeDisposition: { coding: [{ system: DISPOSITION, code: 'home', display: 'Home' }] } },
    });
    expect((found.participant as Fields[]).map((one) => (one.individual as Fields).reference)).toEqual([`Practitioner/${provider.uuid}`, `Practitioner/${referrer.uuid}`]);
    const location = ((found.location as Fields[])[0]!.location as Fields).reference;
    expect((await clinic.fhir('GET', `/${location}`)).json).toMatchObject({ name: 'North Clinic', managingOrganization: { reference: `Organization/${facility.uuid}` } });
    expect((await record(euuid)).facility_location_uuid).toBe(String(location).split('/')[1]);
  });

  it('is found by search at once', async () => {
    const { euuid } = await clinic.encounter(ada.uuid, { date: '2011-01-02 09:30:00', date_end: '2011-01-02 10:00:00', provider_id: provider.id, class_code: 'VR' });
    for (const query of ['date=2011-01-02', `date=2011-01&patient=${ada.uuid}`, `participant=Practitioner/${provider.uuid}&date=2011`, `class=${ACT}|VR&date=2011`]) {
      expect([query, ((await clinic.fhir('GET', `/Encounter?${query}`)).json.entry ?? []).map((entry: { resource: Fields }) => entry.resource.id)]).toEqual([query, [euuid]]);
    }
  });

  it('created over FHIR is at once a record of the standard API', async () => {
    const made = await send();
    expect(await record(made.id)).toMatchObject({
      euuid: made.id, pid: ada.pid, puuid: ada.uuid, date: '2024-05-01 07:30:00', date_end: '2024-05-01 09:00:00', class_code: 'EMER', class_title: 'emergency', pc_catid: 5, reason: 'Chest pain', provider_id: provider.id, provider_uuid: provider.uuid,
      provider_username: SIGNED.user, facility_id: facility.id, facility_name: 'North Clinic', discharge_disposition: 'home', discharge_disposition_text: 'Home', encounter_type_code: '50849002', encounter_type_description: 'Emergency', sensitivity: 'normal',
    });
    const { euuid: next, eid } = await clinic.encounter(ada.uuid);
    expect((await record(made.id)).eid).toBe(eid - 1);
    expect(next).not.toBe(made.id);
  });

  it.each<[string, unknown, (encounter: Fields) => void]>([
    ['reason', 'Fever', (e) => { e.reasonCode = [{ text: 'Fever' }, { text: 'Cough' }]; }],
    ['date', '2024-05-01 08:00:00', (e) => { (e.period as Fields).start = '2024-05-01T08:00:00Z'; }],
    ['date_end', '2024-05-01 10:00:00', (e) => { (e.period as Fields).end = '2024-05-01T10:00:00Z'; }],
    ['class_code', 'AMB', (e) => { e.class = { system: ACT, code: 'AMB', display: 'ambulatory' }; }],
    ['discharge_disposition', 'hosp', (e) => { ((e.hospitalization as Fields).dischargeDisposition as Fields).coding = [{ system: DISPOSITION, code: 'hosp', display: 'Hospice' }]; }],
    ['sensitivity', 'high', (e) => { e.meta = { ...(e.meta as Fields), security: [{ system: CONFIDENTIALITY, code: 'R' }] }; }],
    ['billing_note', 'nothing FHIR shows', () => {}],
  ])('an edit of %s to %j changes that element of a rich Encounter and no other', async (field, value, change) => {
    const made = await send();
    expect((await edit(made.id, { [field]: value })).status).toBe(200);
    const found = await resource(made.id);
    const expected = structuredClone(made);
    change(expected);
    expect({ ...found, meta: { ...(found.meta as Fields), versionId: '', lastUpdated: '' } }).toEqual({ ...expected, meta: { ...(expected.meta as Fields), versionId: '', lastUpdated: '' } });
    expect(await clinic.versions('Encounter', String(made.id))).toHaveLength(field === 'billing_note' ? 1 : 2);
  });

  it('an edit of provider or facility by number changes the reference and keeps other participants', async () => {
    const made = await send();
    const south = await clinic.facility({ name: 'South Clinic' });
    await edit(made.id, { provider_id: referrer.id, facility_id: south.id });
    const found = await resource(made.id);
    expect((found.participant as Fields[]).map((one) => one.individual)).toEqual(expect.arrayContaining([expect.objectContaining({ reference: `Practitioner/${referrer.uuid}` }), { display: 'a nurse' }]));
    expect((found.participant as Fields[]).length).toBe(2);
    expect(found.serviceProvider).toMatchObject({ reference: `Organization/${south.uuid}` });
  });

  it('updated over FHIR shows the change in the standard API and keeps columns FHIR has no element for', async () => {
    const before = await clinic.encounter(ada.uuid, { billing_note: 'keep', pc_catid: '10', onset_date: '2024-04-30', supervisor_id: 7, external_id: 'E-1', reason: 'x', facility_id: facility.id });
    const found = await resource(before.euuid);
    await clinic.fhir('PUT', `/Encounter/${before.euuid}`, { ...found, status: 'in-progress', reasonCode: [{ text: 'Fever' }], serviceProvider: undefined });
    expect(await record(before.euuid)).toMatchObject({ eid: before.eid, reason: 'Fever', facility_id: null, facility_name: null, billing_note: 'keep', pc_catid: 10, pc_catname: 'New Patient', onset_date: '2024-04-30 00:00:00', supervisor_id: 7, external_id: 'E-1' });
  });

  it('a confidential Encounter is sensitive in the standard API', async () => {
    const made = await send({ ...rich(), meta: { security: [{ system: CONFIDENTIALITY, code: 'R' }] } });
    expect((await record(made.id)).sensitivity).toBe('high');
  });

  it('adds no version for what changes nothing', async () => {
    const made = await send();
    const before = await record(made.id);
    const sent = Object.fromEntries(Object.entries(before).filter(([, value]) => value !== null));
    expect((await edit(made.id, sent)).status).toBe(200);
    expect((await clinic.fhir('PUT', `/Encounter/${made.id}`, made)).status).toBe(200);
    expect(await clinic.versions('Encounter', String(made.id))).toHaveLength(1);
    expect({ ...(await record(made.id)), last_update: '' }).toEqual({ ...before, last_update: '' });
  });

  it('keeps decimals and offsets through an edit', async () => {
    const body = JSON.stringify(rich()).replace('"valueDecimal":12.5', '"valueDecimal":12.500');
    const { json } = await clinic.app.request('POST', '/apis/default/fhir/Encounter', { token: clinic.admin, headers: { 'content-type': 'application/fhir+json' }, body });
    await edit(json.id, { reason: 'Fever' });
    const { text } = await clinic.fhir('GET', `/Encounter/${json.id}`);
    expect(text).toContain('"valueDecimal":12.500');
    expect(text).toContain('2024-05-01T11:00:00.500+02:00');
  });

  it('deleted over FHIR leaves the standard API', async () => {
    const made = await send();
    await clinic.fhir('DELETE', `/Encounter/${made.id}`);
    expect((await clinic.api('GET', `/patient/${ada.uuid}/encounter/${made.id}`)).status).toBe(404);
  });

  it('moves with its subject, and is nobody’s record without one that is known here', async () => {
    const made = await send();
    const mary = await clinic.patient();
    await clinic.fhir('PUT', `/Encounter/${made.id}`, { ...made, subject: { reference: `Patient/${mary.uuid}` } });
    expect((await clinic.api('GET', `/patient/${ada.uuid}/encounter/${made.id}`)).status).toBe(404);
    expect(await record(made.id, mary)).toMatchObject({ pid: mary.pid, puuid: mary.uuid });
    await clinic.fhir('PUT', `/Encounter/${made.id}`, { ...made, subject: { display: 'someone' } });
    expect((await clinic.api('GET', `/patient/${mary.uuid}/encounter/${made.id}`)).status).toBe(404);
    expect((await resource(made.id)).subject).toEqual({ display: 'someone' });
  });

  it('takes values longer than a column', async () => {
    const long = 'x'.repeat(300);
    const made = await send({ ...rich(), class: { system: 'urn:own', code: 'very-long-class-code', display: long }, type: [{ coding: [{ system: SNOMED, code: '5'.repeat(40) }] }], hospitalization: { dischargeDisposition: { coding: [{ system: DISPOSITION, code: long }] } } });
    expect((await record(made.id)).class_code).toBe('very-long-');
    await edit(made.id, { reason: 'Fever' });
    expect((await resource(made.id)).class).toEqual(made.class);
  });
});
