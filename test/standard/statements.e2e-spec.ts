import { Clinic, type NewPatient } from './clinic.fixture';

/** No route may cost more statements for more rows; and none more than stands here. */
describe('SQL statements of the standard API', () => {
  let clinic: Clinic;
  let small: NewPatient;
  let large: NewPatient;
  let vid: number;
  let visits: Record<'small' | 'large', { eid: number; euuid: string }>;
  let facility: { id: number; uuid: string };
  let provider: { id: number; uuid: string };
  beforeAll(async () => {
    clinic = await Clinic.start();
    [small, large] = [await clinic.patient({ lname: 'Small' }), await clinic.patient({ lname: 'Large' })];
    facility = await clinic.facility();
    provider = await clinic.practitioner({ username: 'gpractice' });
    visits = { small: await visit(small), large: await visit(large) };
    for (let index = 0; index < 12; index++) {
      const [place, person] = [await clinic.facility({ name: `Clinic ${index}` }), await clinic.practitioner({ lname: `Doctor ${index}` })];
      await clinic.encounter(large.uuid, { facility_id: place.id, billing_facility: place.id, provider_id: person.id });
      await clinic.api('POST', vitals(large, visits.large), { pulse: String(60 + index), weight: '150', bps: '120', date: `2024-01-${String(index + 1).padStart(2, '0')} 10:00:00` });
      await clinic.patient({ lname: 'Many' });
    }
    vid = (await clinic.api('POST', vitals(small, visits.small), { pulse: '60' })).json.vid;
  }, 60_000);
  afterAll(() => clinic.stop());

  const visit = (patient: NewPatient) => clinic.encounter(patient.uuid, { facility_id: facility.id, provider_id: provider.id });
  const vitals = (patient: NewPatient, { eid }: { eid: number }): string => `/patient/${patient.pid}/encounter/${eid}/vital`;
  const statements = (method: string, path: string, body?: () => object): Promise<string[]> => clinic.statements(async () => {
    const answer = await clinic.api(method, path, body?.());
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
  });
  /** Fails by showing the statements that are too many. */
  const expectAtMost = (found: string[], most: number): void => expect(found.length > most ? found : []).toEqual([]);

  it.each<[string, () => string, number]>([
    ['a patient', () => `/patient/${small.uuid}`, 1],
    ['patients, all', () => '/patient', 1],
    ['patients, a page', () => '/patient?_limit=5&_sort=lname&lname=many', 1],
    ['an encounter', () => `/patient/${small.uuid}/encounter/${visits.small.euuid}`, 4],
    ['a vitals row', () => `${vitals(small, visits.small)}/${vid}`, 4],
    ['a facility', () => `/facility/${facility.uuid}`, 1],
    ['facilities', () => '/facility', 1],
    ['a practitioner', () => `/practitioner/${provider.uuid}`, 1],
    ['practitioners', () => '/practitioner', 1],
  ])('reading %s', async (_, path, most) => {
    expectAtMost(await statements('GET', path()), most);
  });

  it.each<[string, (patient: NewPatient, at: { eid: number }) => string, number]>([
    ['encounters', (patient) => `/patient/${patient.uuid}/encounter`, 4],
    ['vital signs', (patient, at) => vitals(patient, at), 4],
  ])('reading the list of %s costs the same for one row and for a dozen', async (_, path, most) => {
    const [few, many] = [await statements('GET', path(small, visits.small)), await statements('GET', path(large, visits.large))];
    expect(many.length).toBe(few.length);
    expectAtMost(many, most);
  });

  it.each<[string, string, () => string, () => object, number]>([
    ['a new patient', 'POST', () => '/patient', () => ({ fname: 'Ada', lname: 'Lovelace', DOB: '1985-12-10', sex: 'Female', phone_home: '555', email: 'a@example.org', street: '1 Road', race: 'white' }), 12],
    ['an edit of a patient', 'PUT', () => `/patient/${small.uuid}`, () => ({ lname: `Edited${Math.random()}`.slice(0, 12) }), 12],
    ['a new encounter', 'POST', () => `/patient/${small.uuid}/encounter`, () => ({ pc_catid: '5', class_code: 'AMB', facility_id: facility.id, provider_id: provider.id }), 18],
    ['new vital signs, sixteen measures at once', 'POST', () => vitals(small, visits.small), () => ({ bps: '120', bpd: '80', weight: '150', height: '70', temperature: '98.6', pulse: '70', respiration: '16', BMI: '22', waist_circ: '30', head_circ: '22', oxygen_saturation: '98', oxygen_flow_rate: '2', inhaled_oxygen_concentration: '40', ped_weight_height: '50', ped_bmi: '50', ped_head_circ: '50' }), 15],
    ['a new facility', 'POST', () => '/facility', () => ({ name: 'Clinic', facility_npi: '1234567893' }), 10],
    ['a new practitioner', 'POST', () => '/practitioner', () => ({ fname: 'Grace', lname: 'Hopper', npi: '1234567893' }), 9],
  ])('writing %s', async (_, method, path, body, most) => {
    expectAtMost(await statements(method, path(), body), most);
  });
});
