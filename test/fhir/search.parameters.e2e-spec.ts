import type { FhirResource } from '#libs/fhir';
import { type SearchWorld, searchWorld } from './search.fixture';

const LOINC = 'http://loinc.org';
const CATEGORY = 'http://terminology.hl7.org/CodeSystem/observation-category';
const UCUM = 'http://unitsofmeasure.org';

const patient = (id: string, more: object): FhirResource => ({ resourceType: 'Patient', id, ...more });
const observation = (id: string, code: string, more: object): FhirResource => ({ resourceType: 'Observation', id, status: 'final', code: { coding: [{ system: LOINC, code }] }, ...more });
const mg = (value: number, more: object = {}) => ({ valueQuantity: { value, system: UCUM, code: 'mg', ...more } });

const RESOURCES: FhirResource[] = [
  patient('ann', { name: [{ family: 'Müller', given: ['Ann', 'Marie'] }], gender: 'female', birthDate: '1980-05-17', identifier: [{ system: 'urn:mrn', value: 'M1' }], address: [{ city: 'Aßlar 100%' }], generalPractitioner: [{ reference: 'Practitioner/doc' }] }),
  patient('bob', { name: [{ family: 'Mulligan', given: ['Bob'] }], gender: 'male', birthDate: '1980-05', identifier: [{ value: 'M1' }] }),
  patient('cid', { name: [{ family: "O'Hara_x" }], birthDate: '1980', identifier: [{ system: 'urn:mrn', value: 'a,b|c' }], managingOrganization: { identifier: { system: 'urn:org', value: '7' } } }),
  { resourceType: 'Practitioner', id: 'doc', active: true, name: [{ family: 'House' }], identifier: [{ system: 'urn:npi', value: '1234' }] },
  { resourceType: 'PractitionerRole', id: 'role', practitioner: { reference: 'Practitioner/doc' } },
  observation('bp', '85354-9', { category: [{ coding: [{ system: CATEGORY, code: 'vital-signs' }] }], subject: { reference: 'Patient/ann' }, effectiveDateTime: '2024-03-10T10:00:00Z', ...mg(5.4) }),
  observation('lab', '2345-7', { category: [{ coding: [{ system: CATEGORY, code: 'laboratory' }] }], subject: { reference: 'Patient/ann' }, effectiveDateTime: '2024-03-11', ...mg(100) }),
  observation('period', '2345-7', { subject: { reference: 'Patient/bob' }, effectivePeriod: { start: '2024-03-01', end: '2024-03-10' }, ...mg(5.40) }),
  observation('open', '1-8', { subject: { reference: 'Patient/bob' }, effectivePeriod: { start: '2024-03-05' }, ...mg(6, { comparator: '<' }) }),
  observation('bare', '1-9', { subject: { reference: 'Patient/cid' }, performer: [{ reference: 'Practitioner/doc' }], valueString: 'none' }),
  { resourceType: 'RiskAssessment', id: 'risk', status: 'final', subject: { reference: 'Patient/ann' }, prediction: [{ probabilityDecimal: 0.25 }] },
  { resourceType: 'QuestionnaireResponse', id: 'qr', status: 'completed', questionnaire: 'http://q.org/Questionnaire/phq|1.0', subject: { reference: 'Patient/ann' } },
  { resourceType: 'ValueSet', id: 'vs', status: 'active', url: 'http://v.org/sets/a/b' },
  { resourceType: 'ValueSet', id: 'vs2', status: 'active', url: 'http://v.org/sets/ab' },
];

let world: SearchWorld;

beforeAll(async () => {
  world = await searchWorld();
  await world.put(...RESOURCES);
});

afterAll(() => world.close());

const rows = (...table: [query: string, ids: string][]) => table;

/** Query, and the ids it must match. */
const rules: Record<string, [string, string][]> = {
  string: rows(
    ['Patient?name=mul', 'ann bob'], ['Patient?family=MÜLLER', 'ann'], ['Patient?family=muller', 'ann'], ['Patient?name=marie', 'ann'], ['Patient?name=uller', ''],
    ['Patient?family:contains=lli', 'bob'], ['Patient?family:exact=Müller', 'ann'], ['Patient?family:exact=müller', ''], ['Patient?family=mulligan,o%27hara', 'bob cid'],
    ['Patient?family=mul&given=bob', 'bob'], ['Patient?address-city=asslar', 'ann'], ['Patient?address-city:contains=100%25', 'ann'], ['Patient?family:contains=%25', ''],
    ['Patient?family=_', ''], ['Patient?family:contains=a_x', 'cid'], ['Patient?given:missing=true', 'cid'], ['Patient?given:missing=false', 'ann bob'],
  ),
  token: rows(
    ['Patient?gender=male', 'bob'], ['Patient?gender=male,female', 'ann bob'], ['Patient?gender:not=male', 'ann cid'], ['Patient?identifier=M1', 'ann bob'],
    ['Patient?identifier=urn:mrn|M1', 'ann'], ['Patient?identifier=|M1', 'bob'], ['Patient?identifier=urn:mrn|', 'ann cid'], ['Patient?identifier=a\\,b\\|c', 'cid'],
    ['Patient?gender:missing=true', 'cid'], ['Observation?category=vital-signs', 'bp'], [`Observation?code=${LOINC}|2345-7`, 'lab period'], ['Practitioner?active=true', 'doc'],
    [`Observation?category=${CATEGORY}|laboratory&code=2345-7`, 'lab'], [`Observation?category:not=laboratory&patient=ann`, 'bp'], ['Patient?_id=ann,cid,zed', 'ann cid'], ['Patient?_id:not=ann', 'bob cid'],
  ),
  date: rows(
    ['Patient?birthdate=1980-05-17', 'ann'], ['Patient?birthdate=1980-05', 'ann bob'], ['Patient?birthdate=1980', 'ann bob cid'], ['Patient?birthdate=ne1980-05', 'cid'],
    ['Patient?birthdate=gt1980-05-17', 'bob cid'], ['Patient?birthdate=ge1980-05-17', 'ann bob cid'], ['Patient?birthdate=lt1980-05', 'cid'], ['Patient?birthdate=le1980-05', 'ann bob cid'],
    ['Patient?birthdate=sa1980-05-16', 'ann'], ['Patient?birthdate=eb1980-06', 'ann bob'], ['Patient?birthdate=gt1980', ''],
    ['Observation?date=2024-03-10', 'bp'], ['Observation?date=ge2024-03-11', 'lab open'], ['Observation?date=gt2024-03-10T10:00:00Z&date=lt2024-03-12', 'lab period open'],
    ['Observation?date=le2024-03-01', ''], ['Observation?date=le2024-03-02', 'period'], ['Observation?date=ge2024-03-10T12:00:00Z', 'lab period open'], ['Patient?birthdate=ge1980-05-18', 'bob cid'], ['Patient?birthdate=le1980-04', 'cid'], ['Observation?date=2024-03-10T11:00:00%2B01:00', 'bp'], ['Observation?date=2024-03-10T11:00:00+01:00', 'bp'], ['Observation?date=sa2024-03-09', 'bp lab'],
    ['Observation?date=ap2024-03-10&date=ge2000', 'bp lab period open'], ['Observation?date:missing=true', 'bare'], ['Patient?_lastUpdated=ge2020', 'ann bob cid'], ['Patient?_lastUpdated=lt2020', ''],
  ),
  reference: rows(
    ['Observation?patient=ann', 'bp lab'], ['Observation?patient=Patient/ann', 'bp lab'], ['Observation?subject=ann', 'bp lab'], ['Observation?subject=Patient/ann', 'bp lab'],
    ['Observation?subject:Patient=ann', 'bp lab'], ['Observation?subject:Group=ann', ''], ['Observation?patient=https://salus.test/apis/default/fhir/Patient/ann', 'bp lab'],
    ['Observation?patient=https://elsewhere.test/fhir/Patient/ann', ''], ['Observation?patient=ann,bob', 'bp lab period open'], ['Observation?performer=Practitioner/doc', 'bare'],
    ['Observation?patient=nobody', ''], ['Observation?performer:missing=false', 'bare'], ['Patient?organization:identifier=urn:org|7', 'cid'], ['QuestionnaireResponse?questionnaire=http://q.org/Questionnaire/phq', 'qr'],
    ['QuestionnaireResponse?questionnaire=http://q.org/Questionnaire/phq|1.0', 'qr'], ['QuestionnaireResponse?questionnaire=http://q.org/Questionnaire/phq|2.0', ''], ['QuestionnaireResponse?questionnaire=http://q.org/Questionnaire/ph', ''],
  ),
  quantity: rows(
    [`Observation?value-quantity=5.4|${UCUM}|mg`, 'bp period'], ['Observation?value-quantity=5.4||mg', 'bp period'], ['Observation?value-quantity=5.4||kg', ''], ['Observation?value-quantity=5.40', 'bp period'],
    ['Observation?value-quantity=5', 'bp period'], ['Observation?value-quantity=100.00', 'lab'], ['Observation?value-quantity=gt5.4', 'lab open'], ['Observation?value-quantity=ge5.4', 'bp lab period open'],
    ['Observation?value-quantity=lt5.4', 'open'], ['Observation?value-quantity=le5.4', 'bp period open'], ['Observation?value-quantity=gt99.9', 'lab'], ['Observation?value-quantity=lt100', 'bp period open'],
    ['Observation?value-quantity=ap5', 'bp period open'], ['Observation?value-quantity=ne5.4&value-quantity=gt50', 'lab'], ['Observation?value-quantity=1e2', 'lab'], ['Observation?value-quantity=gt1e308', ''],
  ),
  number: rows(['RiskAssessment?probability=0.25', 'risk'], ['RiskAssessment?probability=gt0.2', 'risk'], ['RiskAssessment?probability=gt0.25', ''], ['RiskAssessment?probability=0.3', 'risk'], ['RiskAssessment?probability=0.4', '']),
  uri: rows(
    ['ValueSet?url=http://v.org/sets/a/b', 'vs'], ['ValueSet?url=http://v.org/sets/a', ''], ['ValueSet?url:below=http://v.org/sets/a', 'vs'], ['ValueSet?url:below=http://v.org/sets', 'vs vs2'],
    ['ValueSet?url:above=http://v.org/sets/a/b/c', 'vs'], ['ValueSet?url=HTTP://v.org/sets/a/b', ''],
  ),
  chain: rows(
    ['Observation?patient.name=mul', 'bp lab period open'], ['Observation?subject:Patient.gender=male', 'period open'], ['Observation?subject.name=muller&code=2345-7', 'lab'], ['Observation?patient._id=cid', 'bare'],
    ['PractitionerRole?practitioner.identifier=urn:npi|1234', 'role'], ['PractitionerRole?practitioner.name=hou', 'role'], ['PractitionerRole?practitioner.name=wil', ''],
    ['Observation?patient.general-practitioner.name=house', 'bp lab'], ['Observation?patient.birthdate=1980-05-17&category=vital-signs', 'bp'],
  ),
  'reverse chain': rows(
    ['Patient?_has:Observation:patient:code=2345-7', 'ann bob'], ['Patient?_has:Observation:patient:code=2345-7&gender=male', 'bob'], ['Practitioner?_has:Observation:performer:code=1-9', 'doc'],
    ['Practitioner?_has:Patient:general-practitioner:_has:Observation:patient:code=2345-7', 'doc'], ['Patient?_has:Observation:patient:code=none', ''],
  ),
};

describe('search parameters', () => {
  for (const [kind, table] of Object.entries(rules)) {
    it.each(table)(`${kind}: %s matches “%s”`, async (query, ids) => {
      expect((await world.ids(query)).sort()).toEqual(ids.split(' ').filter(Boolean).sort());
    });
  }

  it('finds a resource by its new values after an update, and no longer by its old ones', async () => {
    await world.put(patient('upd', { name: [{ family: 'Before' }] }));
    await world.put(patient('upd', { name: [{ family: 'After' }] }));
    expect(await world.ids('Patient?family=before')).toEqual([]);
    expect(await world.ids('Patient?family=after')).toEqual(['upd']);
    await world.remove('Patient', 'upd');
    expect(await world.ids('Patient?family=after')).toEqual([]);
  });

  it('finds what lies in several compartments by either patient', async () => {
    await world.put({ resourceType: 'Observation', id: 'both', status: 'final', code: { coding: [{ code: 'shared' }] }, subject: { reference: 'Patient/ann' }, performer: [{ reference: 'Patient/bob' }] });
    expect(await world.ids('Observation?patient=ann&code=shared')).toEqual(['both']);
    expect(await world.ids('Observation?performer=Patient/bob')).toEqual(['both']);
    await world.remove('Observation', 'both');
  });
});
