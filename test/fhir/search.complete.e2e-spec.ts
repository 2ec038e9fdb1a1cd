import type { FhirResource } from '#libs/fhir';
import { patientAccess, type SearchWorld, searchWorld } from './search.fixture';

const LOINC = 'http://loinc.org';
const UCUM = 'http://unitsofmeasure.org';
const V2_0203 = 'http://terminology.hl7.org/CodeSystem/v2-0203';

const code = (value: string, system = LOINC) => ({ coding: [{ system, code: value }] });
const quantity = (value: number, unit: string) => ({ valueQuantity: { value, system: UCUM, code: unit } });
const component = (loinc: string, value: object) => ({ code: code(loinc), ...value });
const observation = (id: string, patient: string, more: object): FhirResource => ({ resourceType: 'Observation', id, status: 'final', subject: { reference: `Patient/${patient}` }, ...more });
const place = (id: string, latitude: number, longitude: number, more: object = {}): FhirResource => ({ resourceType: 'Location', id, status: 'active', name: id, position: { latitude, longitude }, ...more });
const within = (id: string, parent: string): object => ({ partOf: { reference: `Location/${parent}` }, id });
const narrative = (div: string) => ({ text: { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml">${div}</div>` } });

const RESOURCES: FhirResource[] = [
  { resourceType: 'Patient', id: 'ann', gender: 'female', birthDate: '1980-05-17', name: [{ family: 'Müller', given: ['Ann'] }], generalPractitioner: [{ reference: 'Practitioner/doc' }], identifier: [{ type: { coding: [{ system: V2_0203, code: 'MR' }], text: 'Medical record' }, system: 'urn:mrn', value: '7' }] },
  { resourceType: 'Patient', id: 'bob', gender: 'male', birthDate: '1990', name: [{ family: 'Berg', given: ['Bob'] }], identifier: [{ type: { coding: [{ system: V2_0203, code: 'SS' }] }, system: 'urn:ssn', value: '7' }], ...narrative('<p>Bone pain, liver&#32;<b>fine</b>; Tschüß &amp; bye</p>') },
  { resourceType: 'Patient', id: 'cid', name: [{ text: 'Cid' }], ...narrative('<p>liver metastases</p>') },
  { resourceType: 'Practitioner', id: 'doc', name: [{ family: 'House' }], active: true },
  observation('bp', 'ann', { code: { ...code('85354-9'), text: 'Blood pressure panel' }, component: [component('8480-6', quantity(120, 'mm[Hg]')), component('8462-4', quantity(80, 'mm[Hg]'))] }),
  observation('bp-high', 'bob', { code: code('85354-9'), component: [component('8480-6', quantity(180, 'mm[Hg]')), component('8462-4', quantity(120, 'mm[Hg]'))] }),
  observation('weight', 'ann', { code: { coding: [{ system: LOINC, code: '29463-7', display: 'Body Weight' }] }, ...quantity(72.5, 'kg'), effectiveDateTime: '2024-02-01' }),
  observation('smoker', 'bob', { code: code('72166-2'), valueCodeableConcept: code('449868002', 'http://snomed.info/sct'), effectivePeriod: { start: '2024-01-01', end: '2024-03-01' } }),
  observation('due', 'bob', { code: code('11778-8'), valueDateTime: '2024-07-01' }),
  observation('note', 'ann', { code: code('1-8'), valueString: 'all well', encounter: { reference: 'Encounter/e1/_history/2' }, performer: [{ reference: 'Practitioner/doc' }] }),
  observation('mix', 'cid', { code: code('55284-4'), component: [component('a', { valueCodeableConcept: code('yes', 's') }), component('b', { valueCodeableConcept: code('no', 's') })] }),
  { resourceType: 'Encounter', id: 'e1', status: 'finished', class: { code: 'AMB' }, subject: { reference: 'Patient/ann' }, location: [{ location: { reference: 'Location/bed' } }] },
  { resourceType: 'DocumentReference', id: 'd2', status: 'current', content: [{ attachment: { url: 'http://d' } }], relatesTo: [{ code: 'replaces', target: { reference: 'DocumentReference/d1' } }, { code: 'appends', target: { reference: 'DocumentReference/d0' } }] },
  { resourceType: 'Group', id: 'g', type: 'person', actual: false, characteristic: [{ code: code('smoker', 's'), valueBoolean: true, exclude: false }, { code: code('gender', 's'), valueCodeableConcept: code('mixed', 's'), exclude: false }] },
  { resourceType: 'MolecularSequence', id: 'm', coordinateSystem: 0, referenceSeq: { chromosome: code('1', 'c'), windowStart: 10, windowEnd: 20 }, variant: [{ start: 12, end: 14 }, { start: 100, end: 200 }] },
  { resourceType: 'ValueSet', id: 'vs', status: 'active', url: 'http://v', useContext: [{ code: { system: 'u', code: 'age' }, valueQuantity: { value: 18, code: 'a', system: UCUM } }, { code: { system: 'u', code: 'focus' }, valueCodeableConcept: code('x', 's') }] },
  place('paris', 48.8566, 2.3522), place('versailles', 48.8049, 2.1204), place('london', 51.5074, -0.1278), place('fiji-west', -17, 179.95), place('fiji-east', -17, -179.95), { resourceType: 'Location', id: 'nowhere', name: 'nowhere' },
  { ...place('house', 10, 10) }, { ...place('ward', 10, 10), ...within('ward', 'house') }, { ...place('bed', 10, 10), ...within('bed', 'ward') },
  { resourceType: 'Organization', id: 'loop-a', name: 'a', partOf: { reference: 'Organization/loop-b' } }, { resourceType: 'Organization', id: 'loop-b', name: 'b', partOf: { reference: 'Organization/loop-a' } },
  { resourceType: 'List', id: 'mine', status: 'current', mode: 'working', subject: { reference: 'Patient/ann' }, entry: [{ item: { reference: 'Observation/bp' } }, { item: { reference: 'Observation/bp-high' } }, { item: { reference: 'Location/paris' } }] },
  { resourceType: 'Questionnaire', id: 'q', status: 'active', url: 'http://q.org/phq', version: '1.0', title: 'PHQ' },
  { resourceType: 'QuestionnaireResponse', id: 'qr', status: 'completed', questionnaire: 'http://q.org/phq|1.0', subject: { reference: 'Patient/ann' } },
  { resourceType: 'Provenance', id: 'prov', recorded: '2024-01-01T00:00:00Z', target: [{ reference: 'Patient/ann' }], agent: [{ who: { reference: 'Practitioner/doc' } }] },
  { resourceType: 'Condition', id: 'spoken', subject: { reference: 'Patient/ann' }, code: { text: 'feels odd' }, asserter: { display: 'Her mother' }, encounter: { identifier: { value: 'r1' } } },
  { resourceType: 'Condition', id: 'bare', subject: { reference: 'Patient/ann' } },
  { resourceType: 'Basic', id: 'tagged', code: { text: 'x' }, meta: { tag: [{ system: 's', code: 't' }], security: [{ system: 'c', code: 'N' }], profile: ['http://p|1.0'], source: 'http://source/1' } },
];

let world: SearchWorld;

beforeAll(async () => {
  world = await searchWorld();
  await world.put(...RESOURCES);
});

afterAll(() => world.close());

const rows = (...table: [query: string, ids: string][]) => table;
const filter = (type: string, text: string): string => `${type}?_filter=${encodeURIComponent(text)}`;

/** Query, and the ids it must match. */
const rules: Record<string, [string, string][]> = {
  'composite of a resource': rows(
    [`Observation?code-value-quantity=${LOINC}|29463-7$gt70|${UCUM}|kg`, 'weight'], ['Observation?code-value-quantity=29463-7$72.5', 'weight'], ['Observation?code-value-quantity=29463-7$lt70', ''], ['Observation?code-value-quantity=8480-6$120', ''],
    ['Observation?code-value-quantity=29463-7$lt70,29463-7$gt70', 'weight'], ['Observation?code-value-concept=72166-2$449868002', 'smoker'], ['Observation?code-value-concept=72166-2$x', ''], ['Observation?code-value-date=11778-8$gt2024', ''], ['Observation?code-value-date=11778-8$2024-07', 'due'],
    ['Observation?code-value-string=1-8$all', 'note'], ['Observation?code-value-string=1-9$all', ''], ['MolecularSequence?chromosome-window-coordinate=1$gt5$lt30', 'm'], ['MolecularSequence?chromosome-window-coordinate=1$gt15$lt30', ''],
    ['Observation?code-value-quantity:missing=false', 'weight'], ['Observation?code-value-quantity:missing=true&patient=ann', 'bp note'],
  ),
  'composite of one element': rows(
    ['Observation?component-code-value-quantity=8480-6$120', 'bp'], ['Observation?component-code-value-quantity=8462-4$120', 'bp-high'], [`Observation?component-code-value-quantity=${LOINC}|8480-6$gt100|${UCUM}|mm[Hg]`, 'bp bp-high'], ['Observation?component-code-value-quantity=8480-6$gt150||mm[Hg],8462-4$lt100', 'bp bp-high'],
    ['Observation?component-code-value-quantity=8480-6$120||kg', ''], ['Observation?combo-code-value-quantity=8480-6$120', 'bp'], ['Observation?combo-code-value-quantity=29463-7$72.5,8462-4$80', 'bp weight'], ['Observation?combo-code-value-quantity=29463-7$80', ''], ['Observation?component-code-value-concept=a$yes', 'mix'],
    ['Observation?component-code-value-concept=a$no', ''], ['Observation?combo-code-value-concept=72166-2$449868002,b$s|no', 'mix smoker'], ['DocumentReference?relationship=DocumentReference/d1$replaces', 'd2'], ['DocumentReference?relationship=DocumentReference/d1$appends', ''], ['DocumentReference?relationship=d0$appends', 'd2'],
    ['Group?characteristic-value=smoker$true', 'g'], ['Group?characteristic-value=smoker$mixed', ''], ['Group?characteristic-value=s|gender$s|mixed', 'g'], ['ValueSet?context-type-quantity=age$gt10', 'vs'], ['ValueSet?context-type-quantity=focus$gt10', ''], ['ValueSet?context-type-value=focus$x', 'vs'],
    ['MolecularSequence?chromosome-variant-coordinate=1$12$14', 'm'], ['MolecularSequence?chromosome-variant-coordinate=1$12$200', ''], ['MolecularSequence?chromosome-variant-coordinate=1$ge50$le300', 'm'], ['MolecularSequence?chromosome-variant-coordinate=2$12$14', ''],
    ['Observation?component-code-value-quantity:missing=false', 'bp bp-high'], ['Observation?combo-code-value-quantity:missing=false', 'bp bp-high weight'], ['Patient?_has:Observation:patient:component-code-value-quantity=8480-6$gt150', 'bob'], ['Observation?patient=ann&component-code-value-quantity=8480-6$120', 'bp'],
  ),
  near: rows(
    ['Location?near=48.8566|2.3522', 'paris'], ['Location?near=48.8566|2.3522|20', 'paris versailles'], ['Location?near=48.8566|2.3522|20|km', 'paris versailles'], ['Location?near=48.8566|2.3522|11|[mi_i]', 'paris'], ['Location?near=48.8566|2.3522|12|mi', 'paris versailles'], ['Location?near=48.8566|2.3522|17000|m', 'paris'],
    ['Location?near=48.8566|2.3522|343|km', 'paris versailles'], ['Location?near=48.8566|2.3522|345|km', 'london paris versailles'], ['Location?near=-17|180|20', 'fiji-east fiji-west'], ['Location?near=51.5074|-0.1278|1,48.8566|2.3522|1', 'london paris'], ['Location?near=48.8566|2.3522|0', 'paris'], ['Location?near=90|0|1', ''],
    ['Location?near:missing=true', 'nowhere'], ['Encounter?location.near=10|10|1', 'e1'], ['Location?near=10|10&name=ward', 'ward'],
  ),
  'token modifiers': rows(
    ['Observation?code:text=blood', 'bp'], ['Observation?code:text=body', 'weight'], ['Observation?code:text=weight', ''], ['Patient?identifier:text=medical', 'ann'], [`Patient?identifier:of-type=${V2_0203}|MR|7`, 'ann'], [`Patient?identifier:of-type=${V2_0203}|SS|7`, 'bob'], [`Patient?identifier:of-type=${V2_0203}|MR|8`, ''],
    ['Patient?gender=http://hl7.org/fhir/administrative-gender|male', 'bob'], ['Patient?gender=http://hl7.org/fhir/other|male', ''], ['Patient?gender=|male', 'bob'], ['Patient?gender:not=http://hl7.org/fhir/administrative-gender|male', 'ann cid'], ['Practitioner?active=http://terminology.hl7.org/CodeSystem/special-values|true', 'doc'],
    [`Patient?identifier:of-type=${V2_0203}|MR|7,${V2_0203}|SS|7`, 'ann bob'], ['Patient?gender:not=male', 'ann cid'], ['Patient?gender:not=male,female', 'cid'], ['Patient?identifier:missing=true', 'cid'],
  ),
  'references in every form': rows(
    ['Observation?encounter=Encounter/e1', 'note'], ['Observation?encounter=Encounter/e1/_history/2', 'note'], ['Observation?encounter=Encounter/e1/_history/3', ''], ['Observation?encounter=https://salus.test/apis/default/fhir/Encounter/e1/_history/2', 'note'], ['Observation?encounter=Encounter/e1/_history/3,e1', 'note'],
    ['Encounter?location:below=house', 'e1'], ['Encounter?location:below=Location/bed', 'e1'], ['Encounter?location:below=Location/paris', ''], ['Encounter?location:above=bed', 'e1'], ['Encounter?location:above=house', ''], ['Location?partof:below=house', 'bed ward'], ['Location?partof:below=ward', 'bed'], ['Organization?partof:below=loop-a', 'loop-a loop-b'],
    ['Location?partof:above=bed', 'bed ward'],
  ),
  phonetic: rows(
    ['Patient?phonetic=miller', 'ann'], ['Patient?phonetic=Muehler', 'ann'], ['Patient?phonetic=moeller,burke', 'ann bob'], ['Patient?phonetic=anne miller', 'ann'], ['Patient?phonetic=bob miller', ''], ['Patient?phonetic=mul', ''], ['Practitioner?phonetic=hows', 'doc'], [filter('Patient', 'phonetic eq "miller"'), 'ann'],
    ['Patient?phonetic:missing=true', ''],
  ),
  'parameters of every type': rows(
    ['Basic?_tag=s|t', 'tagged'], ['Basic?_tag=x', ''], ['Basic?_security=c|N', 'tagged'], ['Basic?_profile=http://p', 'tagged'], ['Basic?_profile=http://p|1.0', 'tagged'], ['Basic?_profile=http://p|2.0', ''], ['Basic?_profile:below=http://p', ''], ['Basic?_source=http://source/1', 'tagged'], ['Basic?_source:below=http://source', 'tagged'], ['Basic?_id:missing=true', ''],
  ),
  missing: rows(
    ['Condition?code:missing=true', 'bare'], ['Condition?code:missing=false', 'spoken'], ['Condition?asserter:missing=true', 'bare'], ['Condition?asserter:missing=false', 'spoken'], ['Condition?encounter:missing=false', 'spoken'], ['Condition?encounter:identifier=r1', 'spoken'], ['Condition?asserter:missing=true&patient=ann', 'bare'],
    [filter('Condition', 'code pr false and encounter pr false'), 'bare'], [filter('Condition', 'not (code pr false)'), 'spoken'], ['Condition?asserter.name:missing=true', ''], ['Condition?patient=ann&code:missing=true&asserter:missing=true', 'bare'],
  ),
  lists: rows(['Observation?_list=mine', 'bp bp-high'], ['Location?_list=List/mine', 'paris'], ['Patient?_list=mine', ''], ['Observation?_list=none', ''], ['Observation?_list=mine&patient=ann', 'bp'], ['Observation?_list=none,mine', 'bp bp-high']),
  texts: rows(
    ['Patient?_text=liver', 'bob cid'], ['Patient?_text=LIVER', 'bob cid'], ['Patient?_text=live', ''], ['Patient?_text=liver fine', 'bob'], ['Patient?_text=bone OR metastases', 'bob cid'], ['Patient?_text=(bone OR liver) and metastases', 'cid'], ['Patient?_text=liver NOT bone', 'cid'], ['Patient?_text="bone pain"', 'bob'], ['Patient?_text="pain bone"', ''],
    ['Patient?_text=tschuss', 'bob'], ['Patient?_text=xmlns', ''], ['Patient?_text=amp', ''], ['Patient?_content=Müller', 'ann'], ['Patient?_content=muller', 'ann'], ['Patient?_content=metastases', 'cid'], ['Patient?_content=generated', ''], ['Observation?_content="body weight"', 'weight'], ['Observation?_content=blood-pressure', 'bp'],
    ['Observation?_content=well&patient=ann', 'note'], ['Observation?_content=well&patient=bob', ''], ['Patient?_text=not metastases', 'ann bob'], ['Observation?patient._text=metastases', 'mix'],
  ),
  chains: rows(
    ['Provenance?target:Patient.family=muller', 'prov'], ['Provenance?target:Patient.family=berg', ''], ['QuestionnaireResponse?questionnaire.title=phq', 'qr'], ['QuestionnaireResponse?questionnaire.title=gad', ''], ['Questionnaire?_has:QuestionnaireResponse:questionnaire:status=completed', 'q'], ['Questionnaire?_has:QuestionnaireResponse:questionnaire:status=stopped', ''],
    ['Practitioner?_has:Patient:general-practitioner:_has:Observation:patient:_has:List:item:_id=mine', 'doc'], ['Encounter?location.partof.partof.name=house', 'e1'], ['Patient?_has:Provenance:target:agent.name=house', 'ann'], ['Patient?_has:Provenance:target:agent=Practitioner/doc', 'ann'], ['Observation?has-member:missing=true&code=1-8', 'note'],
    ['Observation?subject:Patient._has:Provenance:target:recorded=2024&code=1-8', 'note'],
  ),
  _filter: rows(
    [filter('Patient', 'family eq "müller"'), 'ann'], [filter('Patient', 'family eq mull'), ''], [filter('Patient', 'family sw mull'), 'ann'], [filter('Patient', 'family co "ull"'), 'ann'], [filter('Patient', 'family ew er'), 'ann'], [filter('Patient', 'family ne berg'), 'ann cid'], [filter('Patient', 'given eq ann and birthdate ge 1980-05-10'), 'ann'],
    [filter('Patient', 'given eq ann or gender eq male'), 'ann bob'], [filter('Patient', 'gender eq male or gender eq female and birthdate lt 1985'), 'ann'], [filter('Patient', 'gender eq male or (gender eq female and birthdate lt 1985)'), 'ann bob'], [filter('Patient', 'not (gender eq male)'), 'ann cid'], [filter('Patient', 'not(not(gender eq male))'), 'bob'],
    [filter('Patient', 'not (gender eq male or identifier pr false)'), 'ann'], [filter('Patient', 'not (gender eq male and birthdate pr true)'), 'ann cid'], [filter('Patient', 'birthdate pr false'), 'cid'], [filter('Patient', 'birthdate po 1980'), 'ann'], [filter('Patient', 'id eq ann or _id eq bob'), 'ann bob'], [filter('Patient', 'not (_id eq ann) and _lastUpdated ge 2020'), 'bob cid'],
    [filter('Patient', 'identifier eq urn:mrn|7'), 'ann'], [filter('Patient', 'identifier sw 7 and gender co fem'), 'ann'], [filter('Patient', 'general-practitioner re Practitioner/doc'), 'ann'], [filter('Patient', 'general-practitioner:Practitioner.name eq house'), 'ann'], [filter('Observation', 'subject:Patient.id eq bob and code eq 72166-2'), 'smoker'],
    [filter('Observation', 'patient[gender eq female].family co ull and value-quantity gt 70'), 'weight'], [filter('Observation', 'patient[gender eq male].family co ull'), ''], [filter('Observation', 'code-value-quantity eq 29463-7$gt70'), 'weight'], [filter('Observation', 'component-code-value-quantity eq 8480-6$gt150 or value-string eq "all well"'), 'bp-high note'],
    [filter('Observation', 'date sa 2024-01-15'), 'weight'], [filter('Observation', 'date po 2024-02'), 'smoker weight'], [filter('Observation', 'value-quantity ap 72'), 'weight'], [filter('Observation', 'not (component-code pr true) and (patient eq Patient/ann or patient eq cid)'), 'note weight'], [filter('Basic', '_source sw http://source and _profile eq http://p'), 'tagged'],
    [filter('Patient', 'name eq "O\\"x, y$z|\\\\"'), ''], [`${filter('Patient', 'gender eq male')}&birthdate=1990`, 'bob'], [filter('Location', 'near eq 48.8566|2.3522|20 and not (name eq paris)'), 'versailles'],
  ),
};

describe('search, complete', () => {
  for (const [kind, table] of Object.entries(rules)) {
    it.each(table)(`${kind}: %s matches “%s”`, async (query, ids) => {
      expect((await world.ids(query)).sort()).toEqual(ids.split(' ').filter(Boolean).sort());
    });
  }

  it('forgets what an element held once it is changed', async () => {
    await world.put(observation('change', 'cid', { code: code('85354-9'), component: [component('8480-6', quantity(333, 'mm[Hg]'))], ...narrative('before') }), place('moving', 1, 1));
    expect(await world.ids('Observation?component-code-value-quantity=8480-6$333&_text=before')).toEqual(['change']);
    await world.put(observation('change', 'cid', { code: code('85354-9'), component: [component('8462-4', quantity(333, 'mm[Hg]'))], ...narrative('after') }), place('moving', -1, 1));
    expect(await world.ids('Observation?component-code-value-quantity=8480-6$333')).toEqual([]);
    expect(await world.ids('Observation?_text=before')).toEqual([]);
    expect(await world.ids('Observation?component-code-value-quantity=8462-4$333&_text=after')).toEqual(['change']);
    expect(await world.ids('Location?near=1|1')).toEqual([]);
    await world.remove('Observation', 'change');
    await world.remove('Location', 'moving');
    expect(await world.ids('Observation?_text=after')).toEqual([]);
    expect(await world.ids('Location?near=-1|1')).toEqual([]);
  });

  it.each([
    ['Observation?patient=ann&component-code-value-quantity=8480-6$120', 2],
    ['Observation?combo-code-value-quantity=8480-6$120', 2],
    [filter('Observation', 'patient eq ann and (code eq 85354-9 or not (code eq 1-8))'), 2],
    ['Observation?patient=ann&_list=mine&_text=x', 2],
    ['Encounter?location:below=house', 5],
  ])('%s takes %i statements at most', async (query, most) => {
    expect((await world.statements(() => world.bundle(query))).length).toBeLessThanOrEqual(most);
  });
});

describe('what the caller may not see', () => {
  const ann = patientAccess('ann');
  const noLists = patientAccess('ann', [{ type: 'Observation' }, { type: 'Patient' }]);

  it.each([
    ['Observation?component-code-value-quantity=8480-6$gt100', 'bp'], ['Observation?_list=mine', 'bp'], ['Patient?_text=liver', ''], ['Patient?_content=liver', ''], ['Observation?_content=metastases', ''], [filter('Patient', 'not (gender eq female)'), ''], [filter('Observation', 'not (code eq nothing)'), 'bp note weight'],
    [filter('Observation', 'patient eq bob or patient eq ann'), 'bp note weight'], [filter('Practitioner', 'name eq house or _id eq x'), 'doc'], ['Practitioner?_has:Patient:general-practitioner:_text=liver', ''], ['Observation?code-value-quantity:missing=true', 'bp note'],
  ])('%s gives a patient “%s”', async (query, ids) => {
    expect((await world.ids(query, ann)).sort()).toEqual(ids.split(' ').filter(Boolean));
  });

  it('is in no list without the right to see that list', async () => {
    expect(await world.ids('Observation?_list=mine', noLists)).toEqual([]);
  });

  it.each([
    [filter('Observation', 'patient.family eq berg'), filter('Observation', 'patient.family eq wrong')],
    [filter('Observation', 'not (patient.family eq berg)'), filter('Observation', 'not (patient.family eq wrong)')],
    [filter('Observation', 'patient[family eq berg].gender eq male or code eq x'), filter('Observation', 'patient[family eq wrong].gender eq male or code eq x')],
    ['Practitioner?_has:Observation:performer:patient.family=berg', 'Practitioner?_has:Observation:performer:patient.family=wrong'],
    ['Practitioner?_has:Patient:general-practitioner:identifier:of-type=http://terminology.hl7.org/CodeSystem/v2-0203|SS|7', 'Practitioner?_has:Patient:general-practitioner:identifier:of-type=http://terminology.hl7.org/CodeSystem/v2-0203|SS|8'],
    ['Encounter?location.near=10|10|1&subject:Patient._text=liver', 'Encounter?location.near=10|10|1&subject:Patient._text=wrong'],
  ])('%s answers like a wrong guess (F5)', async (right, wrong) => {
    const [one, other] = [await world.bundle(right, { access: ann }), await world.bundle(wrong, { access: ann })];
    expect([one.total, one.entry]).toEqual([other.total, other.entry]);
  });
});
