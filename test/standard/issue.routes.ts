import { randomUUID } from 'node:crypto';
import { staffToken } from '../harness/sign-in';
import type { TestAnswer } from '../harness/start-app';
import type { Clinic, Fields, NewPatient } from './clinic.fixture';
import { expectEnvelope, expectError, expectInvalid, expectUnknownUuid, HOSTILE, NOBODY } from './expect-standard';

/** One kind of issue as its routes know it. */
export interface IssueRoutes {
  path: string;
  resourceType: string;
  /** All that a record shows. */
  fields: readonly string[];
  /** The least that a POST takes. */
  least: Fields;
  required: readonly string[];
  /** Everything that a POST takes. */
  whole: Fields;
  /** The name of the filter by patient. */
  byPatient: string;
  byUuid: string;
}

/** Table `lists`, 36 columns. */
export const LISTS_COLUMNS = `
  id uuid date type subtype title udi udi_data begdate enddate returndate occurrence classification referredby extrainfo diagnosis activity comments
  pid user groupname outcome destination reinjury_id injury_part injury_type injury_grade reaction verification external_allergyid erx_source
  erx_uploaded modifydate severity_al external_id list_option_id
`.trim().split(/\s+/);

const DELETED_UNKNOWN = { UUID: ['invalid or nonexisting value'] };

/** The calls that the tests below make, and two patients to make them for. */
class Bench {
  ada: NewPatient;
  bob: NewPatient;

  constructor(
    readonly kind: IssueRoutes,
    private readonly clinicOf: () => Clinic,
  ) {}

  get clinic(): Clinic {
    return this.clinicOf();
  }

  readonly api: Clinic['api'] = (...args) => this.clinic.api(...args);
  readonly fhir: Clinic['fhir'] = (...args) => this.clinic.fhir(...args);

  async admit(): Promise<void> {
    [this.ada, this.bob] = [await this.clinic.patient(), await this.clinic.patient({ fname: 'Bob' })];
  }

  async create(patient: NewPatient, fields: Fields = {}): Promise<string> {
    const answer = await this.api('POST', `/patient/${patient.uuid}/${this.kind.path}`, { ...this.kind.least, ...fields });
    return answer.json.data.uuid;
  }

  async record(uuid: string): Promise<Fields> {
    return (await this.api('GET', `/${this.kind.path}/${uuid}`)).json.data;
  }

  put(patient: string, uuid: string, fields: Fields): Promise<TestAnswer> {
    return this.api('PUT', `/patient/${patient}/${this.kind.path}/${uuid}`, fields);
  }

  async listed(url: string): Promise<string[]> {
    return (await this.api('GET', url)).json.data.map((one: Fields) => one.uuid);
  }

  async count(): Promise<number> {
    return (await this.clinic.sql<{ n: number }>('SELECT COUNT(*) AS n FROM lists'))[0]!.n;
  }
}

/** What holds for the seven routes of any kind of issue. */
export function describeIssueRoutes(kind: IssueRoutes, clinicOf: () => Clinic): void {
  const bench = new Bench(kind, clinicOf);
  beforeAll(() => bench.admit());
  posting(bench);
  refusals(bench);
  reading(bench);
  filtering(bench);
  changing(bench);
  refusedChanges(bench);
  removing(bench);
  permissions(bench);
}

function posting(bench: Bench): void {
  const { path, resourceType, whole } = bench.kind;
  describe(`POST /patient/:puuid/${path}`, () => {
    it('answers 201 with id and uuid alone; record and resource show it at once', async () => {
      const answer = await bench.api('POST', `/patient/${bench.ada.uuid}/${path}`, whole);
      expectEnvelope(answer, 201);
      expect(answer.json.data).toEqual({ id: expect.any(Number), uuid: expect.any(String) });
      const { uuid } = answer.json.data;
      const { diagnosis: _, begdate, ...plain } = whole;
      expect(await bench.record(uuid)).toMatchObject({ ...plain, begdate: `${begdate} 00:00:00`, type: path, pid: bench.ada.pid, puuid: bench.ada.uuid, activity: 1 });
      const resource = await bench.fhir('GET', `/${resourceType}/${uuid}`);
      expect([resource.status, resource.json.code.text]).toEqual([200, whole.title]);
    });
  });
}

function refusals(bench: Bench): void {
  const { kind } = bench;
  const { path, least } = kind;
  describe(`POST /patient/:puuid/${path} refuses or ignores`, () => {
    it('names every required field that is missing', async () => {
      expectInvalid(await bench.api('POST', `/patient/${bench.ada.uuid}/${path}`, {}), Object.fromEntries(kind.required.map((name) => [name, ['Required::NON_EXISTENT_KEY']])));
    });

    it.each([
      ['title', 'x', 'LengthBetween::TOO_SHORT'],
      ['title', '', 'NotEmpty::EMPTY_VALUE'],
      ['title', 'x'.repeat(256), 'LengthBetween::TOO_LONG'],
      ['begdate', '2010-02-30', 'DateTime::INVALID_VALUE'],
      ['enddate', '13.10.2010', 'DateTime::INVALID_VALUE'],
      ['diagnosis', 'x', 'LengthBetween::TOO_SHORT'],
      ['diagnosis', 'x'.repeat(256), 'LengthBetween::TOO_LONG'],
    ])('refuses %s %j by %s and stores nothing', async (field, value, code) => {
      const before = await bench.count();
      expectInvalid(await bench.api('POST', `/patient/${bench.ada.uuid}/${path}`, { ...least, [field]: value }), { [field]: [code] });
      expect(await bench.count()).toBe(before);
    });

    it('drops fields that are not for sending', async () => {
      const uuid = await bench.create(bench.ada, { id: 99999, uuid: NOBODY, pid: bench.bob.pid, patient_uuid: bench.bob.uuid, type: 'surgery', activity: 0, verification: 'refuted', given: '{}', category: 'x' });
      expect(uuid).not.toBe(NOBODY);
      expect(await bench.record(uuid)).toMatchObject({ pid: bench.ada.pid, type: path, activity: 1 });
    });

    it('answers 400 naming the uuid where there is no such patient', async () => {
      expectUnknownUuid(await bench.api('POST', `/patient/${NOBODY}/${path}`, least), NOBODY);
    });
  });
}

function reading(bench: Bench): void {
  const { kind } = bench;
  const { path, whole } = kind;
  describe(`GET of ${path}`, () => {
    it('shows every field of the record', async () => {
      const uuid = await bench.create(bench.ada, whole);
      const answer = await bench.api('GET', `/${path}/${uuid}`);
      expectEnvelope(answer, 200);
      expect(Object.keys(answer.json.data).sort()).toEqual([...kind.fields].sort());
    });

    it('lists those of one patient, of all, and one of one patient as an array', async () => {
      const [mine, other] = [await bench.create(bench.ada), await bench.create(bench.bob)];
      expect(await bench.listed(`/patient/${bench.ada.uuid}/${path}`)).toEqual(expect.arrayContaining([mine]));
      expect(await bench.listed(`/patient/${bench.ada.uuid}/${path}`)).not.toContain(other);
      expect(await bench.listed(`/${path}`)).toEqual(expect.arrayContaining([mine, other]));
      const one = await bench.api('GET', `/patient/${bench.ada.uuid}/${path}/${mine}`);
      expectEnvelope(one, 200);
      expect(one.json.data.map((row: Fields) => row.uuid)).toEqual([mine]);
      expect(one.json.links.first).toContain(`/patient/${bench.ada.uuid}/${path}/${mine}`);
    });

    it('answers an empty list for a patient without any', async () => {
      const answer = await bench.api('GET', `/patient/${(await bench.clinic.patient()).uuid}/${path}`);
      expectEnvelope(answer, 200);
      expect(answer.json.data).toEqual([]);
    });

    it('answers 400 naming the uuid of a patient or record that is not there, or not theirs', async () => {
      const other = await bench.create(bench.bob);
      expectUnknownUuid(await bench.api('GET', `/${path}/${NOBODY}`), NOBODY);
      expectUnknownUuid(await bench.api('GET', `/patient/${NOBODY}/${path}`), NOBODY);
      expectUnknownUuid(await bench.api('GET', `/patient/${NOBODY}/${path}/${other}`), NOBODY);
      expectUnknownUuid(await bench.api('GET', `/patient/${bench.ada.uuid}/${path}/${NOBODY}`), NOBODY);
      expectUnknownUuid(await bench.api('GET', `/patient/${bench.ada.uuid}/${path}/${other}`), other);
    });
  });
}

function filtering(bench: Bench): void {
  const { kind } = bench;
  const { path } = kind;
  describe(`GET of ${path} by filters`, () => {
    it('filters by patient, record, title, days and code; several narrow each other', async () => {
      const title = `T${randomUUID()}`;
      const mine = await bench.create(bench.ada, { title, begdate: '2011-03-04', enddate: '2012-05-06', diagnosis: 'ICD10:E11.9;SNOMED-CT:44054006' });
      const other = await bench.create(bench.bob, { title, begdate: '2011-03-05' });
      const by = (filters: Record<string, string>) => bench.listed(`/${path}?${new URLSearchParams({ title, ...filters })}`);
      expect(await by({})).toEqual([mine, other]);
      expect(await by({ [kind.byPatient]: bench.ada.uuid })).toEqual([mine]);
      expect(await by({ [kind.byPatient]: String(bench.bob.pid) })).toEqual([other]);
      expect(await by({ [kind.byUuid]: other })).toEqual([other]);
      expect(await by({ begdate: '2011-03-04' })).toEqual([mine]);
      expect(await by({ enddate: '2012-05-06' })).toEqual([mine]);
      expect(await by({ diagnosis: 'SNOMED-CT:44054006' })).toEqual([mine]);
      expect(await by({ diagnosis: 'ICD10:E11' })).toEqual([]);
      expect(await by({ begdate: '2011-03-04', [kind.byPatient]: bench.bob.uuid })).toEqual([]);
      expect(await bench.listed(`/patient/${bench.ada.uuid}/${path}?title=${title}`)).toEqual([mine]);
      expect(await bench.listed(`/patient/${bench.ada.uuid}/${path}?title=${title}&${kind.byPatient}=${bench.bob.uuid}`)).toEqual([]);
    });

    it('takes hostile ids and filters for what does not exist', async () => {
      await bench.create(bench.ada);
      for (const text of HOSTILE) {
        const hostile = encodeURIComponent(text);
        for (const filter of [kind.byPatient, kind.byUuid, 'title', 'begdate', 'enddate', 'diagnosis']) {
          const { status, json } = await bench.api('GET', `/${path}?${filter}=${hostile}`);
          expect([text, filter, status, json.data]).toEqual([text, filter, 200, []]);
        }
        expect([text, (await bench.api('GET', `/${path}/${hostile}`)).status]).toEqual([text, 400]);
        expect([text, (await bench.api('DELETE', `/patient/${bench.ada.uuid}/${path}/${hostile}`)).status]).toEqual([text, 400]);
      }
    });

    it('refuses a filter that is given twice', async () => {
      expectInvalid(await bench.api('GET', `/${path}?title=a&title=b`), { title: ['IsString::NOT_A_STRING'] });
    });

    it('takes as many statements for many rows as for one', async () => {
      const [few, many] = [await bench.clinic.patient(), await bench.clinic.patient()];
      await bench.create(few);
      for (let n = 0; n < 5; n++) await bench.create(many);
      const statements = (patient: NewPatient) => bench.clinic.statements(() => bench.api('GET', `/patient/${patient.uuid}/${path}`));
      expect(await statements(many)).toEqual(await statements(few));
    });
  });
}

function changing(bench: Bench): void {
  const { path, resourceType, whole } = bench.kind;
  describe(`PUT /patient/:puuid/${path}/:uuid`, () => {
    it('changes what is sent, keeps the rest, and requires nothing', async () => {
      const uuid = await bench.create(bench.ada, whole);
      const before = await bench.record(uuid);
      const answer = await bench.put(bench.ada.uuid, uuid, { title: 'Other' });
      expectEnvelope(answer, 200);
      expect(answer.json.data).toEqual({ ...before, title: 'Other', modifydate: answer.json.data.modifydate, ...('last_updated_time' in before && { last_updated_time: answer.json.data.modifydate }) });
      expectEnvelope(await bench.put(bench.ada.uuid, uuid, {}), 200);
    });

    it('takes a record back as it was shown, and changes nothing', async () => {
      const uuid = await bench.create(bench.ada, whole);
      const shown = await bench.record(uuid);
      expect((await bench.put(bench.ada.uuid, uuid, shown)).json.data).toMatchObject({ begdate: shown.begdate, diagnosis: shown.diagnosis });
      expect((await bench.clinic.versions(resourceType, uuid)).length).toBe(1);
    });

    it('ends it, and takes the end back', async () => {
      const uuid = await bench.create(bench.ada);
      const status = async () => (await bench.fhir('GET', `/${resourceType}/${uuid}`)).json.clinicalStatus.coding[0].code;
      await bench.put(bench.ada.uuid, uuid, { enddate: '2015-01-01' });
      expect(await status()).toBe('inactive');
      expect((await bench.put(bench.ada.uuid, uuid, { enddate: null })).json.data).toMatchObject({ enddate: null, activity: 1 });
      expect(await status()).toBe('active');
    });

    it('adds a version to the history, and none where nothing changes', async () => {
      const uuid = await bench.create(bench.ada);
      await bench.put(bench.ada.uuid, uuid, { title: 'Second' });
      await bench.put(bench.ada.uuid, uuid, { title: 'Second' });
      expect((await bench.clinic.versions(resourceType, uuid)).map((one) => one.version)).toEqual(['2', '1']);
    });
  });
}

function refusedChanges(bench: Bench): void {
  const { path, resourceType, least } = bench.kind;
  describe(`PUT /patient/:puuid/${path}/:uuid refuses`, () => {
    it('holds what is sent to the same rules', async () => {
      const uuid = await bench.create(bench.ada);
      expectInvalid(await bench.put(bench.ada.uuid, uuid, { title: '', begdate: 'x' }), { title: ['NotEmpty::EMPTY_VALUE'], begdate: ['DateTime::INVALID_VALUE'] });
      expect((await bench.clinic.versions(resourceType, uuid)).length).toBe(1);
    });

    it('answers 400 and changes nothing where the record is another patient’s, or none', async () => {
      const other = await bench.create(bench.bob);
      expectUnknownUuid(await bench.put(bench.ada.uuid, other, { title: 'Mine now' }), other);
      expectUnknownUuid(await bench.put(bench.ada.uuid, NOBODY, { title: 'Mine now' }), NOBODY);
      expectUnknownUuid(await bench.put(NOBODY, other, { title: 'Mine now' }), NOBODY);
      expect((await bench.record(other)).title).toBe(least.title);
    });
  });
}

function removing(bench: Bench): void {
  const { path, resourceType } = bench.kind;
  describe(`DELETE /patient/:puuid/${path}/:uuid`, () => {
    it('removes record and resource, and answers the uuid', async () => {
      const uuid = await bench.create(bench.ada);
      const answer = await bench.api('DELETE', `/patient/${bench.ada.uuid}/${path}/${uuid}`);
      expectEnvelope(answer, 200);
      expect(answer.json.data).toEqual({ uuid });
      expectUnknownUuid(await bench.api('GET', `/${path}/${uuid}`), uuid);
      expect((await bench.fhir('GET', `/${resourceType}/${uuid}`)).status).toBe(410);
      expect((await bench.clinic.versions(resourceType, uuid)).map((one) => one.method)).toEqual(['DELETE', 'POST']);
    });

    it('answers 400 in its own form and removes nothing where the record is another patient’s, or none', async () => {
      const other = await bench.create(bench.bob);
      for (const [puuid, uuid] of [[bench.ada.uuid, other], [bench.ada.uuid, NOBODY], [NOBODY, other], ['x', 'y']]) {
        const answer = await bench.api('DELETE', `/patient/${puuid}/${path}/${uuid}`);
        expect([answer.status, answer.json]).toEqual([400, { validationErrors: DELETED_UNKNOWN, internalErrors: [], data: [], links: [] }]);
      }
      expect((await bench.fhir('GET', `/${resourceType}/${other}`)).status).toBe(200);
    });
  });
}

function permissions(bench: Bench): void {
  const { path, least } = bench.kind;
  describe('who may', () => {
    const calls = (uuid: string): [string, string, Fields?][] => [
      ['GET', `/${path}`], ['GET', `/${path}/${uuid}`], ['GET', `/patient/${bench.ada.uuid}/${path}`], ['GET', `/patient/${bench.ada.uuid}/${path}/${uuid}`],
      ['POST', `/patient/${bench.ada.uuid}/${path}`, least], ['PUT', `/patient/${bench.ada.uuid}/${path}/${uuid}`, { title: 'Other' }], ['DELETE', `/patient/${bench.ada.uuid}/${path}/${uuid}`],
    ];

    it('nobody without a token', async () => {
      const uuid = await bench.create(bench.ada);
      for (const [method, url, body] of calls(uuid)) expect([url, (await bench.api(method, url, body, null)).status]).toEqual([url, 401]);
    });

    it('nobody without the scope, verb by verb', async () => {
      const uuid = await bench.create(bench.ada);
      const reads = await staffToken(bench.clinic.app, { scopes: `openid api:oemr user/${path}.rs` });
      const other = await staffToken(bench.clinic.app, { scopes: 'openid api:oemr user/patient.cruds' });
      for (const [method, url, body] of calls(uuid)) {
        expect([url, (await bench.api(method, url, body, other)).status]).toEqual([url, 401]);
        expect([method, url, (await bench.api(method, url, body, reads)).status]).toEqual([method, url, method === 'GET' ? 200 : 401]);
      }
    });

    it('not the front office, which has no business with the record', async () => {
      const uuid = await bench.create(bench.ada);
      const token = await staffToken(bench.clinic.app, { group: 'Front Office' });
      for (const [method, url, body] of calls(uuid)) expectError(await bench.api(method, url, body, token), 403);
    });

    it('physicians, and the audit says what they did', async () => {
      const token = await staffToken(bench.clinic.app, { group: 'Physicians' });
      const { answer, rows } = await bench.clinic.audited('POST', `/apis/default/api/patient/${bench.ada.uuid}/${path}`, { body: least, token });
      expect(answer.status).toBe(201);
      expect(rows).toMatchObject([{ action: 'create', entity: `${path}/${answer.json.data.uuid}`, patient: bench.ada.uuid, outcome: 'success' }]);
    });
  });
}
