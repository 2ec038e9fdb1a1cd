import { type FhirResource, validateResource } from '#libs/fhir';
import { Clinic } from '../standard/clinic.fixture';

const VITALS = {
  bps: '128', bpd: '82', weight: '150', height: '65', temperature: '98.6', pulse: '72', respiration: '14', BMI: '24.9', head_circ: '22', waist_circ: '32', oxygen_saturation: '98', oxygen_flow_rate: '2', inhaled_oxygen_concentration: '28',
  ped_weight_height: '51', ped_bmi: '61', ped_head_circ: '47', date: '2024-05-01 09:30:00',
};

describe('what the standard API writes', () => {
  let clinic: Clinic;
  let resources: FhirResource[];
  beforeAll(async () => {
    clinic = await Clinic.start();
    const facility = await clinic.facility({ facility_npi: '1234567893', phone: '555-1', street: '1 Road', city: 'Arlington', state: 'VA', postal_code: '22201', country_code: 'US' });
    const provider = await clinic.practitioner({ phone: '555-2', email: 'grace@example.org' });
    const ada = await clinic.patient({ race: 'white', ethnicity: 'not_hisp_or_latin', sex_identified: 'Female', tribal_affiliations: '170', interpreter_needed: 'no', language: 'en', email: 'ada@example.org', phone_home: '555-3', providerID: provider.id });
    const bare = await clinic.patient({ fname: 'Bare', lname: 'Minimum' });
    for (const { uuid, pid } of [ada, bare]) {
      const visit = await clinic.encounter(uuid, uuid === ada.uuid ? { provider_id: provider.id, facility_id: facility.id, reason: 'Cough', date: '2024-05-01 09:30:00' } : {});
      const issue = { title: 'Something', begdate: '2024-04-01' };
      const made = [
        await clinic.api('POST', `/patient/${pid}/encounter/${visit.eid}/vital`, uuid === ada.uuid ? VITALS : { pulse: '70' }),
        await clinic.api('POST', `/patient/${uuid}/allergy`, uuid === ada.uuid ? { ...issue, diagnosis: 'SNOMED-CT:293586001' } : issue),
        await clinic.api('POST', `/patient/${uuid}/medical_problem`, uuid === ada.uuid ? { ...issue, diagnosis: 'ICD10:I10' } : issue),
      ];
      expect(made.map(({ status }) => status)).toEqual([201, 201, 201]);
    }
    resources = await everything();
  });
  afterAll(() => clinic.stop());

  async function everything(): Promise<FhirResource[]> {
    const types = ['Patient', 'Encounter', 'Observation', 'AllergyIntolerance', 'Condition', 'Practitioner', 'Organization', 'Location'];
    const answers = await Promise.all(types.map((type) => clinic.fhir('GET', `/${type}?_count=100`)));
    return answers.flatMap(({ json }) => ((json.entry ?? []) as { resource: FhirResource }[]).map(({ resource }) => resource));
  }

  /** By US Core 8.0.0, and by no older version. */
  const faultsOf = (resource: FhirResource): unknown[] => validateResource(resource, { profiles: resource.meta!.profile!.map((url) => `${url}|8.0.0`) }).filter(({ severity }) => severity === 'error');

  it('is, of each type, what the profiles it claims ask for', () => {
    const claiming = resources.filter(({ meta }) => meta?.profile?.some((url) => url.includes('/us/core/')));
    expect(new Set(claiming.map(({ resourceType }) => resourceType)).size).toBe(8);
    for (const resource of claiming) expect([resource.resourceType, resource.id, faultsOf(resource)]).toEqual([resource.resourceType, resource.id, []]);
  });

  it('would not be so with less: without a name, without a subject', () => {
    const less = resources.filter(({ meta }) => meta?.profile !== undefined).map((resource) => ({ ...resource, name: undefined, subject: undefined, patient: undefined }));
    for (const resource of less.filter(({ resourceType }) => resourceType !== 'Organization')) expect([resource.resourceType, faultsOf(resource).length > 0]).toEqual([resource.resourceType, true]);
  });

  it('has a Provenance that is one of US Core', async () => {
    const { json } = await clinic.fhir('GET', '/Encounter?_revinclude=Provenance:target');
    const told = (json.entry as { resource: FhirResource }[]).map(({ resource }) => resource).filter(({ resourceType }) => resourceType === 'Provenance');
    expect(told).toHaveLength(2);
    for (const provenance of told) {
      expect(faultsOf(provenance)).toEqual([]);
      expect(provenance.agent).toMatchObject([{ who: { reference: expect.stringMatching(/^Practitioner\//) }, onBehalfOf: { type: 'Organization' } }, { who: { display: 'Client application' } }, { who: { type: 'Organization' } }]);
    }
  });

  it('is a vital sign for each column, under the profile of its own', () => {
    const profiles = resources.filter(({ resourceType }) => resourceType === 'Observation').flatMap(({ meta }) => meta!.profile!.map((url) => url.slice(url.lastIndexOf('/') + 1)));
    expect([...new Set(profiles)].sort()).toEqual([
      'head-occipital-frontal-circumference-percentile', 'pediatric-bmi-for-age', 'pediatric-weight-for-height', 'us-core-blood-pressure', 'us-core-bmi', 'us-core-body-height', 'us-core-body-temperature', 'us-core-body-weight',
      'us-core-head-circumference', 'us-core-heart-rate', 'us-core-pulse-oximetry', 'us-core-respiratory-rate', 'us-core-vital-signs',
    ]);
  });
});
