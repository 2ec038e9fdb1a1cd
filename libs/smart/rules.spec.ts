import { requestedScopes } from './aliases';
import { rulesFromScopes } from './rules';

const verbs = (text: string) => new Set([...text]);

describe('rulesFromScopes', () => {
  it('gives one rule per FHIR scope, bound to the patient where the context is the patient', () => {
    expect(rulesFromScopes(['patient/Observation.rs', 'user/*.cruds', 'openid'], { patient: 'p1' })).toEqual([
      { context: 'patient', type: 'Observation', verbs: verbs('rs'), patient: 'p1' },
      { context: 'user', type: '*', verbs: verbs('cruds') },
    ]);
  });

  it('carries the restriction of a granular scope', () => {
    expect(rulesFromScopes(['system/Condition.rs?category=a|b'], {})[0]).toMatchObject({ filter: [['category', 'a|b']] });
  });

  it('gives nothing for patient scopes without a patient', () => expect(rulesFromScopes(['patient/*.rs'], {})).toEqual([]));

  it('gives nothing for standard-API scopes and operations', () => {
    expect(rulesFromScopes(['user/patient.cruds', 'system/*.$export', 'launch/patient'], { patient: 'p1' })).toEqual([]);
  });
});

describe('requestedScopes', () => {
  it('translates the gates of older products and drops the site', () => {
    expect(requestedScopes('openid api:pofh api:drcloud site:default api:fhir')).toEqual(['openid', 'api:oemr', 'api:fhir']);
  });
});
