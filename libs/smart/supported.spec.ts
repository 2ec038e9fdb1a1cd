import { parseScope } from './scope';
import { isSupportedScope, supportedScopes } from './supported';

const isType = (name: string) => ['Patient', 'Observation', 'Condition', 'ClinicalImpression', 'Appointment'].includes(name);

describe('supportedScopes', () => {
  it('holds scopes only, each once', () => {
    expect(supportedScopes.filter((text) => !parseScope(text))).toEqual([]);
    expect(new Set(supportedScopes).size).toBe(supportedScopes.length);
  });

  it.each([
    'openid', 'launch/patient', 'system/*.$bulkdata-status', 'patient/OperationDefinition.read', 'user/Organization.write', 'system/DocumentReference.$docref', 'patient/Media.rs', 'user/vital.crus',
    'user/insurance.$swap-insurance', 'patient/encounter.rs', 'user/message.write', 'patient/Condition.rs?category=http://hl7.org/fhir/us/core/CodeSystem/condition-category|health-concern',
    'patient/Observation.rs?category=http://terminology.hl7.org//CodeSystem-observation-category|social-history', 'patient/*.rs', 'system/*.rs', 'user/*.cruds',
  ])('publishes %s', (scope) => expect(supportedScopes).toContain(scope));
});

describe('isSupportedScope', () => {
  it.each([
    'patient/Patient.r', 'user/Patient.cruds', 'user/Appointment.rs', 'patient/Observation.s', 'patient/ClinicalImpression.rs', 'system/*.*', 'user/drug.write', 'user/vital.c',
    'patient/Condition.rs?category=x|y', 'patient/Observation.read',
  ])('accepts %s', (scope) => expect(isSupportedScope(scope, isType)).toBe(true));

  it.each([
    'patient/Unicorn.rs', 'patient/Patient.cruds', 'patient/*.cruds', 'patient/Observation.write', 'patient/Observation.sr', 'launch/encounter', 'user/unicorn.rs', 'user/drug.d', 'user/list.u', 'api:other',
    'patient/allergy.rs', 'system/patient.rs', 'user/Patient.$everything', 'admin',
  ])('refuses %s', (scope) => expect(isSupportedScope(scope, isType)).toBe(false));
});
