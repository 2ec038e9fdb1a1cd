import { SYSTEM } from '#libs/terminology';
import { Clinic, type Fields, type NewPatient } from './clinic.fixture';
import { describeIssueRoutes, LISTS_COLUMNS } from './issue.routes';

const FIELDS = [
  ...LISTS_COLUMNS, 'patient_id', 'encounter_uuid', 'puuid', 'patient_uuid', 'condition_uuid', 'last_updated_time', 'verification_title', 'provider_id', 'provider_npi', 'provider_uuid', 'provider_username',
];

const DERMATOCHALASIS = { title: 'Dermatochalasis', begdate: '2010-10-13', enddate: null, diagnosis: 'ICD10:H02.839' };

let clinic: Clinic;
beforeAll(async () => {
  clinic = await Clinic.start();
});
afterAll(() => clinic.stop());

describe('the standard API of medical problems', () => {
  describeIssueRoutes(
    {
      path: 'medical_problem', resourceType: 'Condition', fields: FIELDS, least: { title: 'Migraine', begdate: '2010-10-13' }, required: ['title', 'begdate'], whole: DERMATOCHALASIS,
      byPatient: 'puuid', byUuid: 'condition_uuid',
    },
    () => clinic,
  );
});

describe('a medical problem and its Condition', () => {
  let ada: NewPatient;
  let visit: Fields & { euuid: string };
  beforeAll(async () => {
    ada = await clinic.patient();
    visit = await clinic.encounter(ada.uuid);
  });

  const problem = async (uuid: string): Promise<Fields> => (await clinic.api('GET', `/medical_problem/${uuid}`)).json.data;
  const condition = async (uuid: string): Promise<Fields> => (await clinic.fhir('GET', `/Condition/${uuid}`)).json;

  const asthma = (more: object = {}) => ({
    resourceType: 'Condition',
    extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/condition-assertedDate', valueDateTime: '2020' }],
    clinicalStatus: { coding: [{ system: SYSTEM.conditionClinical, code: 'active' }] },
    verificationStatus: { coding: [{ system: SYSTEM.conditionVerification, code: 'provisional' }] },
    category: [{ coding: [{ system: SYSTEM.conditionCategory, code: 'encounter-diagnosis' }], text: 'Diagnosis' }],
    severity: { text: 'mild' },
    code: { coding: [{ system: SYSTEM.snomed, code: '195967001', display: 'Asthma' }, { system: SYSTEM.icd10, code: 'J45.9', display: 'Asthma, unspecified' }], text: 'Bronchial asthma' },
    subject: { reference: `Patient/${ada.uuid}` },
    encounter: { reference: `Encounter/${visit.euuid}` },
    onsetDateTime: '2019-05',
    recordedDate: '2020-03-01T10:00:00+02:00',
    note: [{ authorString: 'D', text: 'worse in spring' }],
    ...more,
  });

  const post = async (more: object = {}): Promise<string> => {
    const answer = await clinic.fhir('POST', '/Condition', asthma(more));
    expect([answer.status, answer.text.slice(0, 300)]).toEqual([201, expect.any(String)]);
    return answer.json.id;
  };

  it('written by the standard API is a confirmed item of the problem list, found by search at once', async () => {
    const { uuid } = (await clinic.api('POST', `/patient/${ada.uuid}/medical_problem`, DERMATOCHALASIS)).json.data;
    expect(await condition(uuid)).toMatchObject({
      clinicalStatus: { coding: [{ code: 'active' }] }, verificationStatus: { coding: [{ code: 'confirmed' }] }, category: [{ coding: [{ code: 'problem-list-item' }] }],
      code: { coding: [{ system: SYSTEM.icd10cm, code: 'H02.839' }], text: 'Dermatochalasis' }, subject: { reference: `Patient/${ada.uuid}` }, onsetDateTime: '2010-10-13', recordedDate: expect.any(String),
      recorder: { reference: expect.stringMatching(/^Practitioner\//) },
    });
    const found = await clinic.fhir('GET', `/Condition?patient=${ada.uuid}&category=problem-list-item&code=H02.839`);
    expect(found.json.entry.map((entry: { resource: Fields }) => entry.resource.id)).toEqual([uuid]);
    expect(await problem(uuid)).toMatchObject({ provider_id: clinic.adminId, user: expect.any(String), diagnosis: { 'H02.839': { code: 'H02.839', description: '', code_type: 'ICD10', system: SYSTEM.icd10cm } } });
  });

  it('written by FHIR shows in the standard API at once, with codes, visit and notes', async () => {
    const uuid = await post();
    expect(await problem(uuid)).toMatchObject({
      title: 'Bronchial asthma', begdate: '2019-05', enddate: null, date: '2020-03-01 08:00:00', comments: 'worse in spring', encounter_uuid: visit.euuid, condition_uuid: uuid, verification: 'provisional', verification_title: 'Provisional',
      diagnosis: { 195967001: { code: '195967001', description: 'Asthma', code_type: 'SNOMED-CT', system: SYSTEM.snomed }, 'J45.9': { code: 'J45.9', description: 'Asthma, unspecified', code_type: 'ICD10', system: SYSTEM.icd10 } },
    });
    expect((await clinic.api('GET', `/patient/${ada.uuid}/medical_problem`)).json.data.map((one: Fields) => one.uuid)).toContain(uuid);
  });

  it('edited by the standard API changes just that element of what FHIR wrote', async () => {
    const uuid = await post();
    const { meta: _, ...before } = await condition(uuid);
    await clinic.api('PUT', `/patient/${ada.uuid}/medical_problem/${uuid}`, { title: 'Asthma of childhood', enddate: '2024-01-01' });
    const { meta, ...after } = await condition(uuid);
    expect(after).toEqual({
      ...before, code: { ...(before.code as object), text: 'Asthma of childhood' }, abatementDateTime: '2024-01-01', clinicalStatus: { coding: [{ system: SYSTEM.conditionClinical, code: 'inactive' }] },
    });
    expect(meta).toMatchObject({ versionId: '2' });
  });

  it('edited by FHIR shows the edit in the standard API', async () => {
    const { uuid } = (await clinic.api('POST', `/patient/${ada.uuid}/medical_problem`, DERMATOCHALASIS)).json.data;
    const resource = await condition(uuid);
    const resolved = { ...resource, clinicalStatus: { coding: [{ system: SYSTEM.conditionClinical, code: 'resolved' }] }, abatementDateTime: '2021-02', code: { text: 'Baggy eyes' } };
    expect((await clinic.fhir('PUT', `/Condition/${uuid}`, resolved)).status).toBe(200);
    expect(await problem(uuid)).toMatchObject({ title: 'Baggy eyes', diagnosis: null, enddate: '2021-02', outcome: 1, activity: 0, begdate: '2010-10-13 00:00:00' });
  });

  it('is no problem while it is a health concern or an error, and is one again afterwards', async () => {
    const uuid = await post();
    const listed = async () => (await clinic.api('GET', `/patient/${ada.uuid}/medical_problem`)).json.data.some((one: Fields) => one.uuid === uuid);
    const wrong = { verificationStatus: { coding: [{ system: SYSTEM.conditionVerification, code: 'entered-in-error' }] }, clinicalStatus: undefined };
    const concern = { category: [{ coding: [{ system: 'http://hl7.org/fhir/us/core/CodeSystem/condition-category', code: 'health-concern' }] }] };
    for (const [more, shown] of [[wrong, false], [{}, true], [concern, false], [{}, true]] as const) {
      expect((await clinic.fhir('PUT', `/Condition/${uuid}`, { ...asthma(more), id: uuid })).status).toBe(200);
      expect([more, await listed()]).toEqual([more, shown]);
      expect((await condition(uuid)).id).toBe(uuid);
    }
  });

  it('deleted by FHIR is gone from the standard API', async () => {
    const uuid = await post();
    expect((await clinic.fhir('DELETE', `/Condition/${uuid}`)).status).toBeLessThan(300);
    expect((await clinic.api('GET', `/medical_problem/${uuid}`)).status).toBe(400);
  });

  it('does not touch an allergy that has the same logical id', async () => {
    const id = 'same-name';
    expect((await clinic.fhir('PUT', `/Condition/${id}`, { ...asthma(), id })).status).toBe(201);
    const allergy = { resourceType: 'AllergyIntolerance', id, clinicalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code: 'active' }] }, code: { text: 'Latex' }, patient: { reference: `Patient/${ada.uuid}` } };
    expect((await clinic.fhir('PUT', `/AllergyIntolerance/${id}`, allergy)).status).toBe(201);
    await clinic.api('PUT', `/patient/${ada.uuid}/medical_problem/${id}`, { title: 'Renamed' });
    await clinic.api('DELETE', `/patient/${ada.uuid}/medical_problem/${id}`);
    expect((await clinic.api('GET', `/allergy/${id}`)).json.data).toMatchObject({ title: 'Latex', type: 'allergy' });
  });
});
