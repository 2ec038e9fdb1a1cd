import { Clinic, type Fields, type NewPatient } from './clinic.fixture';

const NPI = 'http://hl7.org/fhir/sid/us-npi';
const SSN = 'http://hl7.org/fhir/sid/us-ssn';
const V2_0203 = 'http://terminology.hl7.org/CodeSystem/v2-0203';
const US_CORE = 'http://hl7.org/fhir/us/core/StructureDefinition';

const RECORD = {
  title: 'Dr.', fname: 'Ada', mname: 'Augusta', lname: 'Lovelace', suffix: 'PhD', DOB: '1985-12-10', sex: 'Female', street: '12 St James Square', street_line_2: 'Flat 3', city: 'Springfield', county: 'Hampden', state: 'MA',
  postal_code: '01103', country_code: 'USA', ss: '999-12-3456', pubpid: 'MRN-7', phone_home: '555-1', phone_biz: '555-2', phone_cell: '555-3', email: 'ada@example.org', email_direct: 'ada@direct.example.org',
  race: 'white', ethnicity: 'not_hisp_or_latin', status: 'married', language: 'en', deceased_date: '2024-05-01 10:11:12',
};

const SNOMED = 'http://snomed.info/sct';
const SEX_FEMALE = { url: `${US_CORE}/us-core-sex`, valueCoding: { system: SNOMED, code: '248152002', display: 'Female' } };

/** Everything a chart of a real patient may carry that the table has no column for. */
const RICH = {
  resourceType: 'Patient',
  meta: { profile: [`${US_CORE}/us-core-patient`], tag: [{ system: 'urn:t', code: 'imported' }] },
  language: 'en-US',
  text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">Ada</div>' },
  contained: [{ resourceType: 'Organization', id: 'o1', name: 'Former clinic' }],
  extension: [
    { url: `${US_CORE}/us-core-race`, extension: [{ url: 'ombCategory', valueCoding: { system: 'urn:oid:2.16.840.1.113883.6.238', code: '2106-3', display: 'White' } }, { url: 'detailed', valueCoding: { system: 'urn:oid:2.16.840.1.113883.6.238', code: '2108-9', display: 'European' } }, { url: 'text', valueString: 'White European' }] },
    { url: 'http://hl7.org/fhir/StructureDefinition/patient-mothersMaidenName', valueString: 'Milbanke' },
    { url: 'urn:score', valueDecimal: 70.5 },
  ],
  identifier: [{ use: 'usual', type: { coding: [{ system: V2_0203, code: 'PT' }] }, system: 'urn:hospital', value: 'H-1', assigner: { reference: '#o1' } }, { system: SSN, type: { coding: [{ system: V2_0203, code: 'SS' }] }, value: '999-00-1111' }, { system: 'urn:passport', value: 'P-9' }],
  active: true,
  name: [{ use: 'official', family: 'Lovelace', given: ['Ada', 'Augusta'], prefix: ['Lady'], _family: { extension: [{ url: 'urn:own', valueString: 'x' }] } }, { use: 'maiden', family: 'Byron' }, { use: 'nickname', given: ['Addy'] }],
  telecom: [{ system: 'phone', use: 'home', value: '555-1', rank: 1 }, { system: 'phone', use: 'home', value: '555-9' }, { system: 'pager', value: '77' }, { system: 'email', use: 'home', value: 'ada@example.org' }],
  gender: 'female',
  birthDate: '1985-12-10',
  _birthDate: { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/patient-birthTime', valueDateTime: '1985-12-10T03:04:05+05:30' }] },
  deceasedBoolean: false,
  address: [{ use: 'home', line: ['12 St James Square'], city: 'London', postalCode: 'SW1', extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/geolocation', extension: [{ url: 'latitude', valueDecimal: 51.50 }, { url: 'longitude', valueDecimal: -0.12 }] }] }, { use: 'work', city: 'Leeds' }],
  maritalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-MaritalStatus', code: 'M', display: 'Married' }], text: 'Married to William' },
  multipleBirthInteger: 2,
  photo: [{ contentType: 'image/png', url: 'https://example.org/a.png' }],
  contact: [{ name: { family: 'King' }, telecom: [{ system: 'phone', value: '555-8' }] }],
  communication: [{ language: { coding: [{ system: 'urn:ietf:bcp:47', code: 'en' }], text: 'English' }, preferred: true }, { language: { text: 'French' } }],
};

/** What the extensions of that name say. */
const told = (patient: Fields, name: string): Fields[] => ((patient.extension ?? []) as Fields[]).filter((one) => one.url === `${US_CORE}/${name}`).map(({ url: _url, ...said }) => said);

describe('a patient over both APIs', () => {
  let clinic: Clinic;
  beforeAll(async () => {
    clinic = await Clinic.start();
  });
  afterAll(() => clinic.stop());

  const resource = async (uuid: string): Promise<Fields> => (await clinic.fhir('GET', `/Patient/${uuid}`)).json;
  const record = async (uuid: string): Promise<Fields> => (await clinic.api('GET', `/patient/${uuid}`)).json.data;
  const edit = (uuid: string, fields: Fields) => clinic.api('PUT', `/patient/${uuid}`, fields);
  const rich = async (): Promise<{ uuid: string; stored: Fields }> => {
    const { status, json, text } = await clinic.fhir('POST', '/Patient', RICH);
    if (status !== 201) throw new Error(text);
    return { uuid: json.id, stored: json };
  };
  /** Without what every version changes. */
  const content = ({ meta, ...rest }: Fields): Fields => ({ ...rest, meta: { ...(meta as Fields), versionId: '', lastUpdated: '' } });

  it('written through the standard API is at once a FHIR Patient, column by column', async () => {
    const gp = await clinic.practitioner();
    const { uuid } = await clinic.patient({ ...RECORD, providerID: gp.id });
    const found = await resource(uuid);
    expect(found).toMatchObject({
      resourceType: 'Patient', id: uuid, active: true, gender: 'female', birthDate: '1985-12-10', deceasedDateTime: '2024-05-01T10:11:12Z',
      meta: { versionId: '1', profile: [`${US_CORE}/us-core-patient`] },
      name: [{ use: 'official', prefix: ['Dr.'], family: 'Lovelace', given: ['Ada', 'Augusta'], suffix: ['PhD'] }],
      address: [{ use: 'home', line: ['12 St James Square', 'Flat 3'], city: 'Springfield', district: 'Hampden', state: 'MA', postalCode: '01103', country: 'USA' }],
      generalPractitioner: [{ reference: `Practitioner/${gp.uuid}` }],
    });
    expect(found.telecom).toEqual([
      { system: 'phone', value: '555-1', use: 'home' }, { system: 'phone', value: '555-2', use: 'work' }, { system: 'phone', value: '555-3', use: 'mobile' }, { system: 'email', value: 'ada@example.org', use: 'home' },
      { system: 'email', value: 'ada@direct.example.org', use: 'mobile' },
    ]);
    expect(found.identifier).toEqual([expect.objectContaining({ system: SSN, value: '999-12-3456' }), expect.objectContaining({ value: 'MRN-7', type: { coding: [{ system: V2_0203, code: 'PT' }] } })]);
    expect(JSON.stringify(found.extension)).toMatch(/us-core-race.*2106-3.*us-core-ethnicity.*2186-5/);
    expect(JSON.stringify([found.maritalStatus, found.communication])).toMatch(/"code":"M".*"code":"en"/);
  });

  it('is found by search at once, and again after an edit, no longer by what it was', async () => {
    const { uuid } = await clinic.patient({ lname: 'Searchable', phone_home: '555-7001', ss: '900-70-7001' });
    const ids = async (query: string): Promise<string[]> => ((await clinic.fhir('GET', `/Patient?${query}`)).json.entry ?? []).map((entry: { resource: Fields }) => entry.resource.id);
    for (const query of ['family=searchable', 'name=Search', 'birthdate=1985-12-10&family=searchable', 'gender=female&family=searchable', 'phone=555-7001', `identifier=${SSN}|900-70-7001`, `_id=${uuid}`]) expect([query, await ids(query)]).toEqual([query, [uuid]]);
    await edit(uuid, { lname: 'Renamed', phone_home: '555-7002' });
    expect([await ids('family=searchable'), await ids('phone=555-7001'), await ids('family=renamed'), await ids('phone=555-7002')]).toEqual([[], [], [uuid], [uuid]]);
  });

  it.each<[string, unknown, (patient: Fields) => unknown, unknown]>([
    ['fname', 'Eve', (p) => (p.name as Fields[])[0]!.given, ['Eve', 'Augusta']],
    ['mname', '', (p) => (p.name as Fields[])[0]!.given, ['Ada']],
    ['lname', 'King', (p) => (p.name as Fields[])[0]!.family, 'King'],
    ['title', 'Prof.', (p) => (p.name as Fields[])[0]!.prefix, ['Prof.']],
    ['suffix', 'Jr.', (p) => (p.name as Fields[])[0]!.suffix, ['Jr.']],
    ['DOB', '1986-01-02', (p) => p.birthDate, '1986-01-02'],
    ['sex', 'Male', (p) => p.gender, 'male'],
    ['sex', 'UNK', (p) => p.gender, 'unknown'],
    ['sex', 'Male', (p) => told(p, 'us-core-birthsex'), [{ valueCode: 'M' }]],
    ['sex', 'Other', (p) => told(p, 'us-core-birthsex'), []],
    ['sex_identified', 'Male', (p) => told(p, 'us-core-sex'), [{ valueCoding: { system: SNOMED, code: '248153007', display: 'Male' } }]],
    ['gender_identity', '446151000124109', (p) => told(p, 'us-core-genderIdentity'), [{ valueCodeableConcept: { coding: [{ system: SNOMED, code: '446151000124109' }] } }]],
    ['tribal_affiliations', '170|104', (p) => told(p, 'us-core-tribal-affiliation').length, 2],
    ['interpreter_needed', 'NO', (p) => told(p, 'us-core-interpreter-needed'), [{ valueCoding: { system: SNOMED, code: '373067005', display: 'No' } }]],
    ['street', '1 New Road', (p) => (p.address as Fields[])[0]!.line, ['1 New Road', 'Flat 3']],
    ['city', 'Boston', (p) => (p.address as Fields[])[0]!.city, 'Boston'],
    ['postal_code', '', (p) => (p.address as Fields[])[0]!.postalCode, undefined],
    ['ss', '111-22-3333', (p) => (p.identifier as Fields[]).find((one) => one.system === SSN)!.value, '111-22-3333'],
    ['ss', '', (p) => (p.identifier as Fields[]).filter((one) => one.system === SSN), []],
    ['phone_cell', '', (p) => (p.telecom as Fields[]).map((one) => one.value), ['555-1', '555-2', 'ada@example.org', 'ada@direct.example.org']],
    ['email', 'new@example.org', (p) => (p.telecom as Fields[]).find((one) => one.system === 'email')!.value, 'new@example.org'],
    ['status', 'single', (p) => ((p.maritalStatus as Fields).coding as Fields[])[0]!.code, 'S'],
    ['language', 'fr', (p) => JSON.stringify(p.communication), '[{"language":{"coding":[{"system":"urn:ietf:bcp:47","code":"fr"}]}}]'],
    ['deceased_date', '', (p) => p.deceasedDateTime, undefined],
    ['deceased_date', '2024-06-01', (p) => p.deceasedDateTime, '2024-06-01'],
  ])('an edit of %s to %j shows in FHIR, in one version', async (field, value, pick, expected) => {
    const { uuid } = await clinic.patient(RECORD);
    expect((await edit(uuid, { [field]: value })).status).toBe(200);
    expect(pick(await resource(uuid))).toEqual(expected);
    expect((await clinic.versions('Patient', uuid)).map((one) => one.version)).toEqual(['2', '1']);
  });

  it('created over FHIR is at once a record of the standard API', async () => {
    const { uuid } = await rich();
    expect(await record(uuid)).toMatchObject({
      uuid, fname: 'Ada', mname: 'Augusta', lname: 'Lovelace', title: 'Lady', DOB: '1985-12-10', sex: 'Female', street: '12 St James Square', city: 'London', postal_code: 'SW1', pubpid: 'H-1', ss: '999-00-1111', phone_home: '555-1',
      email: 'ada@example.org', status: 'married', language: 'en', race: 'white', deceased_date: null, created_by: clinic.adminId,
    });
    const listed = (await clinic.api('GET', '/patient?ss=999-00-1111')).json.data.map((one: Fields) => one.uuid);
    expect(listed).toContain(uuid);
  });

  it('updated over FHIR shows the change in the standard API, in one version', async () => {
    const { uuid, pid } = await clinic.patient(RECORD);
    const found = await resource(uuid);
    const answer = await clinic.fhir('PUT', `/Patient/${uuid}`, { ...found, gender: 'male', birthDate: '1990-09', telecom: [{ system: 'phone', use: 'mobile', value: '555-77' }] });
    expect(answer.status).toBe(200);
    expect(await record(uuid)).toMatchObject({ pid, pubpid: 'MRN-7', sex: 'Male', DOB: '1990-09', phone_home: null, phone_biz: null, phone_cell: '555-77', email: null, lname: 'Lovelace', occupation: null });
    expect((await clinic.versions('Patient', uuid)).map((one) => one.version)).toEqual(['2', '1']);
  });

  it('keeps columns that FHIR has no element for', async () => {
    const { uuid } = await clinic.patient({ ...RECORD, occupation: 'Analyst', guardiansname: 'Anne', hipaa_mail: 'YES' });
    await clinic.fhir('PUT', `/Patient/${uuid}`, { ...(await resource(uuid)), gender: 'other' });
    expect(await record(uuid)).toMatchObject({ occupation: 'Analyst', guardiansname: 'Anne', hipaa_mail: 'YES', sex: 'Other' });
  });

  it('takes over who somebody is from the extensions of US Core, whether sex is a coding or, as before 8.0.0, a code', async () => {
    const tribe = (code: string) => ({ url: `${US_CORE}/us-core-tribal-affiliation`, extension: [{ url: 'tribalAffiliation', valueCodeableConcept: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-TribalEntityUS', code }] } }, { url: 'isEnrolled', valueBoolean: true }] });
    const interpreter = { url: `${US_CORE}/us-core-interpreter-needed`, valueCoding: { system: SNOMED, code: '373066001' } };
    const identity = { url: `${US_CORE}/us-core-genderIdentity`, valueCodeableConcept: { coding: [{ system: SNOMED, code: '446141000124107' }] } };
    const known = { sex_identified: 'Female', tribal_affiliations: '170|104', interpreter_needed: 'yes', gender_identity: '446141000124107' };
    for (const sex of [SEX_FEMALE, { url: `${US_CORE}/us-core-sex`, valueCode: '248152002' }]) {
      const extension = [sex, tribe('170'), tribe('104'), interpreter, identity];
      const { json } = await clinic.fhir('POST', '/Patient', { resourceType: 'Patient', name: [{ family: 'Known' }], extension });
      expect(await record(json.id)).toMatchObject(known);
      expect((await edit(json.id, { lname: 'Renamed' })).status).toBe(200);
      expect((await resource(json.id)).extension).toEqual(extension);
    }
    const { json } = await clinic.fhir('POST', '/Patient', { resourceType: 'Patient', name: [{ family: 'Unknown' }] });
    expect(await record(json.id)).toMatchObject({ sex_identified: null, tribal_affiliations: null, interpreter_needed: null, gender_identity: null });
  });

  it('reads back as it was written, decimals and offsets included', async () => {
    const { uuid } = await rich();
    const { text } = await clinic.fhir('GET', `/Patient/${uuid}`);
    const { id: _, meta, ...rest } = JSON.parse(text);
    expect({ ...rest, meta: { profile: meta.profile, tag: meta.tag } }).toEqual(RICH);
    await clinic.app.request('PUT', `/apis/default/fhir/Patient/${uuid}`, { token: clinic.admin, headers: { 'content-type': 'application/fhir+json' }, body: text.replace('"valueDecimal":70.5', '"valueDecimal":70.50') });
    expect((await clinic.fhir('GET', `/Patient/${uuid}`)).text).toContain('"valueDecimal":70.50');
  });

  it('loses nothing by an edit of each column in the standard API', async () => {
    const changes: [Fields, (patient: Fields) => void][] = [
      [{ lname: 'King' }, (p) => { (p.name as Fields[])[0]!.family = 'King'; }],
      [{ fname: 'Eve' }, (p) => { (p.name as Fields[])[0]!.given = ['Eve', 'Augusta']; }],
      [{ phone_home: '555-100' }, (p) => { (p.telecom as Fields[])[0]!.value = '555-100'; }],
      [{ email: 'new@example.org' }, (p) => { (p.telecom as Fields[])[3]!.value = 'new@example.org'; }],
      [{ city: 'Boston' }, (p) => { (p.address as Fields[])[0]!.city = 'Boston'; }],
      [{ sex: 'Male' }, (p) => { p.gender = 'male'; (p.extension as Fields[]).push({ url: `${US_CORE}/us-core-birthsex`, valueCode: 'M' }); }],
      [{ sex_identified: 'Female' }, (p) => { (p.extension as Fields[]).push(SEX_FEMALE); }],
      [{ interpreter_needed: 'yes' }, (p) => { (p.extension as Fields[]).push({ url: `${US_CORE}/us-core-interpreter-needed`, valueCoding: { system: SNOMED, code: '373066001', display: 'Yes' } }); }],
      [{ DOB: '1985-12-11' }, (p) => { p.birthDate = '1985-12-11'; }],
      [{ ss: '111-22-3333' }, (p) => { (p.identifier as Fields[])[1]!.value = '111-22-3333'; }],
      [{ pubpid: 'H-2' }, (p) => { (p.identifier as Fields[])[0]!.value = 'H-2'; }],
      [{ phone_cell: '555-4' }, (p) => { (p.telecom as Fields[]).push({ system: 'phone', value: '555-4', use: 'mobile' }); }],
    ];
    for (const [fields, change] of changes) {
      const { uuid, stored } = await rich();
      expect((await edit(uuid, fields)).status).toBe(200);
      const expected = structuredClone(stored);
      change(expected);
      expect([fields, content(await resource(uuid))]).toEqual([fields, content(expected)]);
    }
  });

  it('keeps decimals to the digit through an edit in the standard API', async () => {
    const body = JSON.stringify(RICH).replace('"valueDecimal":70.5', '"valueDecimal":70.50').replace('"valueDecimal":51.5', '"valueDecimal":51.500');
    const made = await clinic.app.request('POST', '/apis/default/fhir/Patient', { token: clinic.admin, headers: { 'content-type': 'application/fhir+json' }, body });
    await edit(made.json.id, { lname: 'King' });
    const { text } = await clinic.fhir('GET', `/Patient/${made.json.id}`);
    expect(text).toContain('"valueDecimal":70.50');
    expect(text).toContain('"valueDecimal":51.500');
    expect(text).toContain('1985-12-10T03:04:05+05:30');
  });

  it('adds no version for an edit that changes nothing, nor for a column FHIR does not show', async () => {
    const { uuid } = await rich();
    const before = await record(uuid);
    expect((await edit(uuid, before)).status).toBe(200);
    expect((await edit(uuid, { lname: 'Lovelace', occupation: 'Analyst' })).status).toBe(200);
    expect((await clinic.fhir('PUT', `/Patient/${uuid}`, await resource(uuid))).status).toBe(200);
    expect(await clinic.versions('Patient', uuid)).toHaveLength(1);
    expect({ ...(await record(uuid)), date: '', last_updated: '' }).toEqual({ ...before, occupation: 'Analyst', date: '', last_updated: '' });
  });

  it('deleted over FHIR leaves the standard API, and comes back when written again', async () => {
    const patient: NewPatient = await clinic.patient(RECORD);
    const found = await resource(patient.uuid);
    expect((await clinic.fhir('DELETE', `/Patient/${patient.uuid}`)).status).toBeLessThan(300);
    expect((await clinic.api('GET', `/patient/${patient.uuid}`)).status).toBe(400);
    expect((await clinic.fhir('GET', `/Patient/${patient.uuid}`)).status).toBe(410);
    expect((await clinic.fhir('PUT', `/Patient/${patient.uuid}`, found)).status).toBe(201);
    expect(await record(patient.uuid)).toMatchObject({ lname: 'Lovelace', pubpid: 'MRN-7' });
    expect((await clinic.versions('Patient', patient.uuid)).map((one) => one.method)).toEqual(['POST', 'DELETE', 'POST'].map(() => expect.any(String)));
  });

  it('takes values longer than a column: the resource keeps them whole, the record what fits', async () => {
    const family = `${'long'.repeat(100)}`;
    const { json, status } = await clinic.fhir('POST', '/Patient', { resourceType: 'Patient', name: [{ family, given: ['Ada'] }], birthDate: '1985', deceasedDateTime: '2016-12-31T23:59:60Z', telecom: [{ system: 'phone', use: 'home', value: '5'.repeat(300) }] });
    expect(status).toBe(201);
    expect(await record(json.id)).toMatchObject({ lname: family.slice(0, 255), DOB: '1985' });
    await edit(json.id, { fname: 'Eve' });
    expect(((await resource(json.id)).name as Fields[])[0]).toEqual({ family, given: ['Eve'] });
  });

  it('links the general practitioner by number and by reference', async () => {
    const [one, two] = [await clinic.practitioner(), await clinic.practitioner({ lname: 'Curie' })];
    const { uuid } = await clinic.patient({ providerID: one.id });
    await edit(uuid, { providerID: two.id });
    expect((await resource(uuid)).generalPractitioner).toEqual([{ reference: `Practitioner/${two.uuid}` }]);
    await clinic.fhir('PUT', `/Patient/${uuid}`, { ...(await resource(uuid)), generalPractitioner: [{ reference: `Practitioner/${one.uuid}` }] });
    expect((await record(uuid)).providerID).toBe(one.id);
  });

  it('loses no edit when many arrive at once', async () => {
    const { uuid } = await clinic.patient();
    const columns = ['occupation', 'religion', 'city', 'phone_home', 'mname', 'usertext1', 'street', 'email'];
    const value = (name: string) => (name === 'email' ? 'x@example.org' : `v-${name}`);
    const answers = await Promise.all(columns.map((name) => edit(uuid, { [name]: value(name) })));
    const done = columns.filter((_, index) => answers[index]!.status === 200);
    expect(answers.filter(({ status }) => status !== 200 && status !== 409)).toEqual([]);
    expect(done.length).toBeGreaterThan(0);
    expect(await record(uuid)).toMatchObject(Object.fromEntries(done.map((name) => [name, value(name)])));
  });

  it('shows an NPI of no one: identifiers of other kinds stay in FHIR alone', async () => {
    const { json } = await clinic.fhir('POST', '/Patient', { ...RICH, contained: undefined, identifier: [{ system: NPI, value: '1' }] });
    expect(await record(json.id)).toMatchObject({ ss: null, pubpid: expect.stringMatching(/^\d+$/) });
  });
});
