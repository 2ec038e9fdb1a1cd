import { grantedScopes, offersFor } from './offers';

const PROBLEMS = 'patient/Condition.rs?category=http://terminology.hl7.org/CodeSystem/condition-category|problem-list-item';
const DIAGNOSES = 'patient/Condition.rs?category=http://terminology.hl7.org/CodeSystem/condition-category|encounter-diagnosis';

const values = (requested: string[]) => offersFor(requested).map((offer) => offer.value);
const all = (requested: string[]) => new Set(values(requested));
const without = (requested: string[], ...unticked: string[]) => new Set(values(requested).filter((value) => !unticked.includes(value)));

describe('offersFor', () => {
  it('offers each requested scope under its own name, and openid not at all', () => {
    expect(values(['openid', 'launch/patient', 'patient/Patient.rs'])).toEqual(['launch/patient', 'patient/Patient.rs']);
  });

  it('offers a wildcard type by type', () => {
    const offered = values(['patient/*.rs']);
    expect(offered).toEqual(expect.arrayContaining(['patient/Patient.rs', 'patient/Specimen.rs', 'patient/Coverage.rs']));
    expect(offered).not.toContain('patient/*.rs');
  });

  it('offers the same right once, in the spelling the app used for the type', () => {
    expect(values(['patient/Patient.read', 'patient/Patient.rs'])).toEqual(['patient/Patient.read']);
    expect(values(['patient/*.rs', 'patient/Patient.read']).filter((value) => value.includes('/Patient.'))).toEqual(['patient/Patient.read']);
  });

  it('offers sub-choices of conditions and observations, with the verbs that were asked for', () => {
    const [condition] = offersFor(['patient/Condition.read']);
    expect(condition?.parts.map((part) => part.value)).toEqual(expect.arrayContaining([PROBLEMS, DIAGNOSES]));
    const [writable] = offersFor(['user/Observation.cruds']);
    expect(writable?.parts.every((part) => part.value.startsWith('user/Observation.cruds?category='))).toBe(true);
    expect(offersFor(['patient/Goal.rs'])[0]?.parts).toEqual([]);
  });

  it('shows a granular scope asked for beside its type as the sub-choice it is', () => {
    expect(values(['patient/Condition.rs', PROBLEMS])).toEqual(['patient/Condition.rs']);
    expect(values([PROBLEMS])).toEqual([PROBLEMS]);
  });
});

describe('grantedScopes', () => {
  const request = ['openid', 'offline_access', 'patient/Patient.rs', 'patient/Condition.rs'];

  it('grants the request as it stands when all stays ticked', () => {
    for (const asked of [request, ['patient/*.rs'], ['patient/*.read', 'patient/Patient.rs'], ['patient/Condition.rs', PROBLEMS]]) {
      expect(grantedScopes(asked, all(asked))).toEqual(asked);
    }
  });

  it('keeps openid and leaves out what was unticked', () => {
    expect(grantedScopes(request, without(request, 'offline_access', 'patient/Condition.rs'))).toEqual(['openid', 'patient/Patient.rs']);
    expect(grantedScopes(request, new Set())).toEqual(['openid']);
  });

  it('splits a wildcard when one type is unticked', () => {
    const granted = grantedScopes(['patient/*.rs'], without(['patient/*.rs'], 'patient/Observation.rs'));
    expect(granted).toContain('patient/Condition.rs');
    expect(granted).not.toContain('patient/Observation.rs');
    expect(granted).not.toContain('patient/*.rs');
  });

  it('does not let a wildcard bring back a type that was unticked under another spelling', () => {
    const asked = ['patient/*.read', 'patient/Observation.rs'];
    const granted = grantedScopes(asked, without(asked, 'patient/Observation.rs'));
    expect(granted.filter((scope) => /\*|Observation/.test(scope))).toEqual([]);
  });

  it('replaces a type by the sub-choices ticked, even if the type stayed ticked', () => {
    const granted = grantedScopes(request, new Set([...all(request), PROBLEMS, DIAGNOSES]));
    expect(granted.filter((scope) => scope.includes('Condition')).sort()).toEqual([DIAGNOSES, PROBLEMS]);
  });

  it('replaces a type inside a wildcard likewise', () => {
    const granted = grantedScopes(['patient/*.rs'], new Set([...all(['patient/*.rs']), PROBLEMS]));
    expect(granted.filter((scope) => scope.includes('Condition'))).toEqual([PROBLEMS]);
    expect(granted).not.toContain('patient/*.rs');
  });

  it('grants only the ticked one of granular scopes asked for beside their type', () => {
    const asked = ['patient/Condition.rs', PROBLEMS, DIAGNOSES];
    expect(grantedScopes(asked, new Set(['patient/Condition.rs', PROBLEMS]))).toEqual([PROBLEMS]);
    expect(grantedScopes(asked, new Set([]))).toEqual([]);
  });

  it('grants nothing that was not asked for, whatever a form says', () => {
    expect(grantedScopes(['patient/Patient.rs'], new Set(['patient/Patient.rs', 'user/*.cruds', 'system/*.rs', 'patient/Condition.rs']))).toEqual(['patient/Patient.rs']);
  });

  it('judges 2,000 scopes in well under a second', () => {
    const asked = Array.from({ length: 2000 }, (_, index) => `user/thing_${index}.rs`);
    const start = Date.now();
    expect(grantedScopes(asked, all(asked))).toHaveLength(2000);
    expect(Date.now() - start).toBeLessThan(3000);
  });
});
