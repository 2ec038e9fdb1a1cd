import { parseJson, validateResource } from '#libs/fhir';

const R4 = 'http://hl7.org/fhir/StructureDefinition/';
const outcome = (resource: unknown): string[] => validateResource(resource).map((issue) => `${issue.code} ${issue.expression} ${(issue.profile ?? '').replace(R4, '')}`.trim());

const VITAL = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' }] };
const loinc = (code: string) => ({ coding: [{ system: 'http://loinc.org', code }] });
const weight = (elements: object) => ({
  resourceType: 'Observation', meta: { profile: [`${R4}bodyweight`] }, status: 'final', category: [VITAL], code: loinc('29463-7'), subject: { reference: 'Patient/1' }, effectiveDateTime: '2024-01-02',
  valueQuantity: { value: 70, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' }, ...elements,
});
const pressure = (component: object[]) => ({ ...weight({}), meta: { profile: [`${R4}bp`] }, code: loinc('85354-9'), valueQuantity: undefined, component });
const mmHg = (code: string, value: number) => ({ code: loinc(code), valueQuantity: { value, unit: 'mmHg', system: 'http://unitsofmeasure.org', code: 'mm[Hg]' } });
const extended = (...extension: object[]) => ({ resourceType: 'Patient', extension });

describe('the profiles of R4', () => {
  it.each<[string, object, string[]]>([
    ['a body weight', weight({}), []],
    ['a body weight in an ounce', weight({ valueQuantity: { value: 70, unit: 'oz', system: 'http://unitsofmeasure.org', code: '[oz_av]' } }), ['code-invalid Observation.valueQuantity.code bodyweight|4.0.1']],
    ['a body weight without subject', weight({ subject: undefined }), ['required Observation.subject bodyweight|4.0.1']],
    ['a body weight of a year', weight({ effectiveDateTime: '2024' }), ['invariant Observation.effectiveDateTime bodyweight|4.0.1']],
    ['a body weight of another code', weight({ code: loinc('1-8') }), ['required Observation.code.coding bodyweight|4.0.1']],
    ['a body weight without value or reason', weight({ valueQuantity: undefined }), ['invariant Observation bodyweight|4.0.1']],
    ['a body weight that is a text', weight({ valueQuantity: undefined, valueString: 'x' }), ['structure Observation.valueString bodyweight|4.0.1']],
    ['a blood pressure', pressure([mmHg('8480-6', 120), mmHg('8462-4', 80)]), []],
    ['a blood pressure of one component', pressure([mmHg('8480-6', 120)]), ['required Observation.component bp|4.0.1', 'required Observation.component bp|4.0.1']],
    ['a blood pressure of two other components', pressure([mmHg('8480-6', 120), mmHg('8478-0', 90)]), ['required Observation.component bp|4.0.1']],
  ])('judge %s', (_, resource, expected) => {
    expect(outcome(resource)).toEqual(expected);
  });

  it('hold for a named version that is known, and not for one that is not', () => {
    expect(outcome(weight({ subject: undefined, meta: { profile: [`${R4}bodyweight|4.0.1`] } }))).toHaveLength(1);
    expect(outcome(weight({ subject: undefined, meta: { profile: [`${R4}bodyweight|5.0.0`] } }))).toEqual([]);
  });

  it('hold wherever a resource stands that claims them', () => {
    const wrong = { ...weight({ subject: undefined }), id: 'w' };
    expect(outcome({ resourceType: 'Bundle', type: 'collection', entry: [{ resource: wrong }] })).toEqual(['required Bundle.entry[0].resource.subject bodyweight|4.0.1']);
    expect(outcome({ resourceType: 'Observation', status: 'final', code: { text: 'x' }, contained: [wrong], hasMember: [{ reference: '#w' }] })).toEqual(['required Observation.contained[0].subject bodyweight|4.0.1']);
  });

  it('take a fixed number for what it is worth, however it is written', () => {
    const text = (value: string) => JSON.stringify(weight({})).replace('"value":70', `"value":${value}`);
    expect(outcome(parseJson(text('70.0')))).toEqual([]);
  });
});

describe('the extensions of R4', () => {
  it.each<[string, object, string[]]>([
    ['of the right type', extended({ url: `${R4}patient-birthPlace`, valueAddress: { city: 'A' } }), []],
    ['of another type', extended({ url: `${R4}patient-birthPlace`, valueString: 'A' }), ['structure Patient.extension[0].valueString patient-birthPlace|4.0.1']],
    ['with the parts it needs', extended({ url: `${R4}patient-nationality`, extension: [{ url: 'code', valueCodeableConcept: { text: 'A' } }] }), []],
    ['with a part of another type', extended({ url: `${R4}patient-nationality`, extension: [{ url: 'code', valueString: 'A' }] }), ['structure Patient.extension[0].extension[0].valueString patient-nationality|4.0.1']],
    ['with a code outside of its value set', extended({ url: `${R4}data-absent-reason`, valueCode: 'lost' }), ['code-invalid Patient.extension[0].valueCode data-absent-reason|4.0.1']],
    ['that is not known', extended({ url: 'http://example.org/x', valueString: 'A' }), []],
    ['that is not known to R4', extended({ url: `${R4}no-such-extension`, valueString: 'A' }), []],
    ['on a primitive', { resourceType: 'Patient', _birthDate: { extension: [{ url: `${R4}patient-birthTime`, valueString: 'A' }] } }, ['structure Patient.birthDate.extension[0].valueString patient-birthTime|4.0.1']],
  ])('judge one %s', (_, resource, expected) => {
    expect(outcome(resource)).toEqual(expected);
  });
});

describe('a required value set', () => {
  it('is not asked of what says in words alone what it means', () => {
    const race = (url: string, value: object) => ({ url: 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-race', extension: [{ url, ...value }, { url: 'text', valueString: 'x' }] });
    expect(outcome(extended(race('ombCategory', { valueCoding: { display: 'x' } })))).toEqual([]);
    expect(outcome(extended(race('ombCategory', { valueCoding: { code: 'x' } })))).not.toEqual([]);
  });
});
