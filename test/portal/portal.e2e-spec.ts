import { patientToken } from '../harness/sign-in';
import { Clinic, type Fields, type NewPatient } from '../standard/clinic.fixture';
import { expectEnvelope, expectUnknownUuid, HOSTILE, NOBODY } from '../standard/expect-standard';
import { ENCOUNTER_FIELDS, PATIENT_COLUMNS } from '../standard/reference-fields';

const CANARY = 'Quetzalcoatl';

describe('the patient portal API', () => {
  let clinic: Clinic;
  let ada: NewPatient;
  let mary: NewPatient;
  let token: string;
  let hers: { euuid: string };
  beforeAll(async () => {
    clinic = await Clinic.start();
    // The neighbour comes first: an unbound lookup would find her.
    mary = await clinic.patient({ fname: CANARY, lname: CANARY, city: CANARY });
    hers = await clinic.encounter(mary.uuid, { reason: CANARY });
    ada = await clinic.patient({ city: 'London' });
    token = await patientToken(clinic.app, ada.uuid);
  });
  afterAll(() => clinic.stop());

  describe('GET /portal/patient', () => {
    it('shows the signed-in patient’s record as the standard API shows it', async () => {
      const answer = await clinic.portal('/patient', token);
      expectEnvelope(answer, 200);
      expect(Object.keys(answer.json.data)).toEqual([...PATIENT_COLUMNS, 'previous_names', 'addresses']);
      expect(answer.json.data).toEqual((await clinic.api('GET', `/patient/${ada.uuid}`)).json.data);
    });

    it('shows an edit at once', async () => {
      await clinic.api('PUT', `/patient/${ada.uuid}`, { city: 'Boston' });
      expect((await clinic.portal('/patient', token)).json.data.city).toBe('Boston');
    });

    it.each(['uuid', 'pid', 'id', 'puuid', 'patient', 'fname', 'lname', 'limit'])('is not steered by the parameter %s', async (name) => {
      for (const value of [mary.uuid, mary.pid, CANARY, 'undefined', 'null', 'NaN', '*']) {
        const answer = await clinic.portal(`/patient?${name}=${value}&${name}[]=${value}&_${name}=${value}`, token);
        expect([answer.status, answer.json.data.uuid]).toEqual([200, ada.uuid]);
      }
    });

    it('answers 400 naming the uuid where the token’s patient is no more', async () => {
      const gone = await clinic.patient();
      const old = await patientToken(clinic.app, gone.uuid);
      await clinic.fhir('DELETE', `/Patient/${gone.uuid}`);
      expectUnknownUuid(await clinic.portal('/patient', old), gone.uuid);
      expect((await clinic.portal('/patient/encounter', old)).text).not.toContain(CANARY);
    });
  });

  describe('GET /portal/patient/encounter', () => {
    it('answers 404 with an empty envelope where there are none', async () => {
      const lonely = await clinic.patient();
      const answer = await clinic.portal('/patient/encounter', await patientToken(clinic.app, lonely.uuid));
      expect([answer.status, answer.json.data, Object.keys(answer.json)]).toEqual([404, [], ['validationErrors', 'internalErrors', 'data', 'links']]);
    });

    it('lists the patient’s own encounters, newest first, every field', async () => {
      const patient = await clinic.patient();
      const made = [await clinic.encounter(patient.uuid, { reason: 'first' }), await clinic.encounter(patient.uuid, { reason: 'second' })];
      const answer = await clinic.portal('/patient/encounter', await patientToken(clinic.app, patient.uuid));
      expectEnvelope(answer, 200);
      expect(answer.json.data.map((one: Fields) => one.reason)).toEqual(['second', 'first']);
      for (const one of answer.json.data) expect(Object.keys(one)).toEqual(expect.arrayContaining([...ENCOUNTER_FIELDS]));
      expect(answer.json.data).toEqual([made[1], made[0]]);
    });
  });

  describe('GET /portal/patient/encounter/:euuid', () => {
    it('shows one of the patient’s own, as the standard API shows it', async () => {
      const made = await clinic.encounter(ada.uuid, { reason: 'mine' });
      const answer = await clinic.portal(`/patient/encounter/${made.euuid}`, token);
      expectEnvelope(answer, 200);
      expect(answer.json.data).toEqual(made);
    });

    it('gives the same answer for another patient’s and for one that does not exist', async () => {
      const [foreign, absent] = [await clinic.portal(`/patient/encounter/${hers.euuid}`, token), await clinic.portal(`/patient/encounter/${NOBODY}`, token)];
      expect([absent.status, absent.json]).toEqual([404, { validationErrors: [], internalErrors: [], data: [], links: [] }]);
      expect([foreign.status, foreign.text]).toEqual([404, absent.text]);
    });

    it('refuses what is no uuid, and never shows the first row of the table', async () => {
      await clinic.encounter(ada.uuid);
      for (const id of [...HOSTILE, '0', '1', 'true', '[object Object]', 'encounter']) {
        const answer = await clinic.portal(`/patient/encounter/${encodeURIComponent(id)}`, token);
        expect([id, answer.status, answer.json.data]).toEqual([id, 400, []]);
      }
    });
  });

  it('never shows anything of another patient', async () => {
    for (const path of ['/patient', '/patient/encounter', `/patient/encounter/${hers.euuid}`, `/patient/${mary.uuid}`, `/patient/${mary.uuid}/encounter`, `/patient/encounter?puuid=${mary.uuid}`]) {
      expect([path, (await clinic.portal(path, token)).text.includes(CANARY)]).toEqual([path, false]);
    }
  });

  it('offers no writing', async () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      for (const path of ['/patient', '/patient/encounter', `/patient/encounter/${hers.euuid}`]) {
        const { status } = await clinic.app.request(method, `/apis/default/portal${path}`, { token, body: { city: 'x' } });
        expect([method, path, status]).toEqual([method, path, 404]);
      }
    }
  });
});
