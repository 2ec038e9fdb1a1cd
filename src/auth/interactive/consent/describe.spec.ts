import { parseScope } from '#libs/smart';
import { describe as inWords, describePart } from './describe';
import { scopeGroups } from './groups';

const words = (scope: string) => inWords(parseScope(scope)!);
const PROBLEMS = 'patient/Condition.rs?category=http://terminology.hl7.org/CodeSystem/condition-category|problem-list-item';

describe('describe', () => {
  it.each([
    ['patient/Observation.rs', 'Test results, vital signs and other observations', '', false],
    ['patient/MedicationStatement.read', 'Medication statement', '', false],
    ['user/Patient.cruds', 'Name, birth date and contact details', 'Can see, add, change and delete', true],
    ['user/vital.crus', 'Vital signs', 'Can see, add and change', true],
    ['user/message.write', 'Messages', 'Can add, change and delete', true],
    [PROBLEMS, 'Health conditions and diagnoses: only the problem list', '', false],
    ['patient/Observation.rs?status=final&code=http://loinc.org|1234-5', 'Test results, vital signs and other observations: only status = final, code = http://loinc.org|1234-5', '', false],
    ['offline_access', 'Stay connected when you are away', '', false],
    ['user/insurance.$swap-insurance', 'Insurance: swap insurance', 'Can run this operation', true],
  ])('says %s as “%s”', (scope, title, about, changes) => {
    expect(words(scope)).toEqual({ title, about, changes });
  });

  it('names a sub-choice by its category', () => {
    expect(describePart(parseScope(PROBLEMS)!)).toBe('Only the problem list');
  });
});

describe('scopeGroups', () => {
  it('puts the record first, then clinic data, the person and the connection', () => {
    const groups = scopeGroups(['openid', 'api:oemr', 'offline_access', 'user/vital.crus', 'fhirUser', 'user/Patient.rs', 'patient/patient.s', 'patient/Goal.rs', 'patient/Patient.rs']);
    expect(groups.map(({ key, offers }) => [key, offers.map((offer) => offer.value)])).toEqual([
      ['patient', ['patient/Patient.rs', 'patient/Goal.rs']],
      ['portal', ['patient/patient.s']],
      ['user', ['user/Patient.rs']],
      ['clinic', ['user/vital.crus']],
      ['identity', ['fhirUser']],
      ['connection', ['api:oemr', 'offline_access']],
    ]);
  });
});
