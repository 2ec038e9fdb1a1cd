import { SYSTEM } from '#libs/terminology';
import { Clinic, type Fields, type NewPatient } from './clinic.fixture';
import { describeIssueRoutes, LISTS_COLUMNS } from './issue.routes';

const FIELDS = [
  ...LISTS_COLUMNS, 'patient_id', 'practitioner', 'practitioner_npi', 'practitioner_uuid', 'organization', 'organization_uuid', 'puuid', 'patient_uuid', 'reaction_title', 'reaction_codes', 'verification_title',
];

const IODINE = { title: 'Iodine', begdate: '2010-10-13', enddate: null, diagnosis: 'SNOMED-CT:294917004', comments: 'contrast medium' };

let clinic: Clinic;
beforeAll(async () => {
  clinic = await Clinic.start();
});
afterAll(() => clinic.stop());

describe('the standard API of allergies', () => {
  describeIssueRoutes(
    { path: 'allergy', resourceType: 'AllergyIntolerance', fields: FIELDS, least: { title: 'Dust' }, required: ['title'], whole: IODINE, byPatient: 'lists.pid', byUuid: 'lists.id' },
    () => clinic,
  );
});

describe('an allergy and its AllergyIntolerance', () => {
  let ada: NewPatient;
  beforeAll(async () => {
    ada = await clinic.patient();
  });

  const allergy = async (uuid: string): Promise<Fields> => (await clinic.api('GET', `/allergy/${uuid}`)).json.data;
  const resource = async (uuid: string): Promise<Fields> => (await clinic.fhir('GET', `/AllergyIntolerance/${uuid}`)).json;

  const penicillin = (more: object = {}) => ({
    resourceType: 'AllergyIntolerance',
    clinicalStatus: { coding: [{ system: SYSTEM.allergyClinical, code: 'active' }] },
    verificationStatus: { coding: [{ system: SYSTEM.allergyVerification, code: 'confirmed' }] },
    type: 'allergy',
    category: ['food', 'medication'],
    criticality: 'low',
    code: { coding: [{ system: SYSTEM.rxnorm, code: '7980', display: 'penicillin G' }], text: 'Penicillin' },
    patient: { reference: `Patient/${ada.uuid}` },
    onsetString: 'as a child',
    lastOccurrence: '2003',
    note: [{ text: 'carries a card' }],
    reaction: [{ manifestation: [{ coding: [{ system: SYSTEM.snomed, code: '247472004', display: 'Hives' }], text: 'wheals' }], severity: 'moderate' }],
    ...more,
  });

  const post = async (more: object = {}): Promise<string> => {
    const answer = await clinic.fhir('POST', '/AllergyIntolerance', penicillin(more));
    expect([answer.status, answer.text.slice(0, 300)]).toEqual([201, expect.any(String)]);
    return answer.json.id;
  };

  it('written by the standard API is unconfirmed and active, found by search at once', async () => {
    const { uuid } = (await clinic.api('POST', `/patient/${ada.uuid}/allergy`, IODINE)).json.data;
    expect(await resource(uuid)).toMatchObject({
      clinicalStatus: { coding: [{ code: 'active' }] }, verificationStatus: { coding: [{ code: 'unconfirmed' }] }, category: ['medication'], code: { coding: [{ system: SYSTEM.snomed, code: '294917004' }], text: 'Iodine' },
      patient: { reference: `Patient/${ada.uuid}` }, onsetDateTime: '2010-10-13', note: [{ text: 'contrast medium' }],
    });
    const found = await clinic.fhir('GET', `/AllergyIntolerance?patient=${ada.uuid}&clinical-status=active&code=294917004`);
    expect(found.json.entry.map((entry: { resource: Fields }) => entry.resource.id)).toEqual([uuid]);
  });

  it('written by FHIR shows in the standard API at once, with severity and reactions', async () => {
    const uuid = await post();
    expect(await allergy(uuid)).toMatchObject({
      title: 'Penicillin', begdate: null, activity: 1, severity_al: 'mild', comments: 'carries a card', verification: 'confirmed', verification_title: 'Confirmed',
      diagnosis: { 7980: { code: '7980', description: 'penicillin G', code_type: 'RXNORM', system: SYSTEM.rxnorm } },
      reaction: { 247472004: { code: '247472004', description: 'Hives', code_type: 'SNOMED-CT', system: SYSTEM.snomed } }, reaction_title: 'wheals', reaction_codes: 'SNOMED-CT:247472004',
    });
    expect((await clinic.api('GET', `/patient/${ada.uuid}/allergy`)).json.data.map((one: Fields) => one.uuid)).toContain(uuid);
  });

  it('shows who recorded it, and where they work', async () => {
    const place = await clinic.facility();
    const doctor = await clinic.practitioner({ facility_id: place.id });
    const uuid = await post({ recorder: { reference: `Practitioner/${doctor.uuid}` } });
    expect(await allergy(uuid)).toMatchObject({ practitioner_uuid: doctor.uuid, practitioner_npi: '1234567893', organization: 'North Clinic', organization_uuid: place.uuid });
  });

  it('edited by the standard API changes just that element of what FHIR wrote', async () => {
    const uuid = await post();
    const { meta: _, ...before } = await resource(uuid);
    await clinic.api('PUT', `/patient/${ada.uuid}/allergy/${uuid}`, { title: 'All penicillins', begdate: '1999-01-02' });
    const { onsetString: _replaced, ...kept } = before;
    const { meta, ...after } = await resource(uuid);
    expect(after).toEqual({ ...kept, code: { ...(before.code as object), text: 'All penicillins' }, onsetDateTime: '1999-01-02' });
    expect(meta).toMatchObject({ versionId: '2' });
  });

  it('edited by FHIR shows the edit in the standard API; an end the resource cannot say stays', async () => {
    const { uuid } = (await clinic.api('POST', `/patient/${ada.uuid}/allergy`, { ...IODINE, enddate: '2020-01-01' })).json.data;
    const before = await resource(uuid);
    expect(before.clinicalStatus).toMatchObject({ coding: [{ code: 'inactive' }] });
    await clinic.fhir('PUT', `/AllergyIntolerance/${uuid}`, { ...before, criticality: 'high', note: [{ text: 'gone since' }] });
    expect(await allergy(uuid)).toMatchObject({ severity_al: 'severe', comments: 'gone since', enddate: '2020-01-01 00:00:00', activity: 0 });
    await clinic.fhir('PUT', `/AllergyIntolerance/${uuid}`, { ...before, clinicalStatus: { coding: [{ system: SYSTEM.allergyClinical, code: 'active' }] } });
    expect(await allergy(uuid)).toMatchObject({ enddate: null, activity: 1, comments: 'contrast medium' });
  });

  it('is not listed while it is an error, and is again afterwards', async () => {
    const uuid = await post();
    const listed = async () => (await clinic.api('GET', `/patient/${ada.uuid}/allergy`)).json.data.some((one: Fields) => one.uuid === uuid);
    const wrong = { verificationStatus: { coding: [{ system: SYSTEM.allergyVerification, code: 'entered-in-error' }] }, clinicalStatus: undefined };
    for (const [more, shown] of [[wrong, false], [{}, true]] as const) {
      expect((await clinic.fhir('PUT', `/AllergyIntolerance/${uuid}`, { ...penicillin(more), id: uuid })).status).toBe(200);
      expect([more, await listed()]).toEqual([more, shown]);
    }
  });

  it('deleted by FHIR is gone from the standard API', async () => {
    const uuid = await post();
    expect((await clinic.fhir('DELETE', `/AllergyIntolerance/${uuid}`)).status).toBeLessThan(300);
    expect((await clinic.api('GET', `/allergy/${uuid}`)).status).toBe(400);
  });
});
