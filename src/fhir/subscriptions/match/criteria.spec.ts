import type { FhirResource } from '#libs/fhir';
import { candidateOf } from './candidate';
import { compileCriteria, splitCriteria } from './criteria';

const BASE = 'https://salus.test/apis/default/fhir';
const AT = Date.parse('2024-05-06T10:00:00Z');

const OBSERVATION: FhirResource = {
  resourceType: 'Observation', id: 'o1', meta: { profile: ['http://p|1'] }, status: 'final', code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] },
  subject: { reference: 'Patient/a' }, effectiveDateTime: '2024-05-06', valueQuantity: { value: 5.4, system: 'http://unitsofmeasure.org', code: 'mmol/L', unit: 'mmol/L' },
};
const PATIENT: FhirResource = { resourceType: 'Patient', id: 'a', name: [{ family: 'Müller-Straße', given: ['Ada'] }], birthDate: '1980-02', active: true };

const matches = (text: string, resource: FhirResource): boolean => compileCriteria(splitCriteria(text), BASE, 'criteria')(candidateOf(resource, resource.id!, AT), Date.parse('2024-06-01'));

/** Each asks the resource above what the search of the same text would. */
describe('criteria in memory', () => {
  it.each([
    ['Observation?code=8867-4', true], ['Observation?code=http://loinc.org|8867-4', true], ['Observation?code=http://loinc.org|', true], ['Observation?code=|8867-4', false], ['Observation?code=1-8,8867-4', true], ['Observation?code=1-8', false],
    ['Observation?code:not=1-8', true], ['Observation?code:not=8867-4', false], ['Observation?status=final&code=1-8', false],
    ['Observation?patient=a', true], ['Observation?subject=Patient/a', true], [`Observation?subject=${BASE}/Patient/a`, true], ['Observation?patient=b', false], ['Observation?subject=Group/a', false],
    ['Observation?date=2024-05-06', true], ['Observation?date=2024', true], ['Observation?date=gt2024-05-06', false], ['Observation?date=ge2024-05-06', true], ['Observation?date=lt2024-05-07', true], ['Observation?date=ne2024-05-06', false], ['Observation?date=ap2024-05-05', true],
    ['Observation?value-quantity=5.4|http://unitsofmeasure.org|mmol/L', true], ['Observation?value-quantity=5.4||mmol/L', true], ['Observation?value-quantity=5.5', false], ['Observation?value-quantity=gt5.4', false], ['Observation?value-quantity=ge5.4', true], ['Observation?value-quantity=5.4||mg/dL', false], ['Observation?code-value-quantity=8867-4$5.4', true], ['Observation?code-value-quantity=8867-4$6', false],
    ['Observation?encounter:missing=true', true], ['Observation?code:missing=true', false], ['Observation?category:missing=true', true], ['Observation?subject:missing=false', true], ['Observation?_profile=http://p', true], ['Observation?_profile=http://p|2', false], ['Observation?_id=o1', true], ['Observation?_id=o2', false], ['Observation?_lastUpdated=2024-05-06', true], ['Observation?_lastUpdated=gt2024-05-06', false], ['Observation', true],
  ])('%s is %s of an observation', (criteria, expected) => expect(matches(criteria, OBSERVATION)).toBe(expected));

  it.each([
    ['Patient?name=muller', true], ['Patient?name=ada', true], ['Patient?name=uller', false], ['Patient?name:contains=uller', true], ['Patient?family:exact=Müller-Straße', true], ['Patient?family:exact=müller-straße', false],
    ['Patient?birthdate=1980', true], ['Patient?birthdate=1980-02-01', false], ['Patient?active=true', true], ['Patient?active=false', false],
  ])('%s is %s of a patient', (criteria, expected) => expect(matches(criteria, PATIENT)).toBe(expected));

  it.each(['Observation?patient.name=x', 'Patient?_has:Observation:patient:code=x', 'Observation?code:in=http://x.example/vs', 'Observation?code:text=x', 'Observation?nonsense=x', 'Observation?_count=1', 'Observation?_list=1', 'Observation?component-code-value-quantity=8867-4$5', 'Observation?component-code-value-quantity:missing=true'])('%s is refused', (criteria) => {
    expect(() => compileCriteria(splitCriteria(criteria), BASE, 'criteria')).toThrow('cannot be honoured');
  });
});
