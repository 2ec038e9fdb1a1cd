import { formatScope, parseScope, scopeWords } from './scope';

describe('parseScope', () => {
  it.each([
    ['patient/Observation.rs', 'patient', 'Observation', 'rs'],
    ['user/*.cruds', 'user', '*', 'cruds'],
    ['system/Patient.read', 'system', 'Patient', 'rs'],
    ['user/Patient.write', 'user', 'Patient', 'cud'],
    ['patient/*.*', 'patient', '*', 'cruds'],
    ['user/medical_problem.cud', 'user', 'medical_problem', 'cud'],
    ['patient/Observation.s', 'patient', 'Observation', 's'],
  ])('reads %s', (text, context, resource, verbs) => {
    expect(parseScope(text)).toEqual({ kind: 'resource', text, context, resource, verbs, filter: [] });
  });

  it('reads the restrictions of a granular scope', () => {
    const text = 'patient/Observation.rs?category=http://x.org/c|lab&status=final';
    expect(parseScope(text)).toMatchObject({ verbs: 'rs', filter: [['category', 'http://x.org/c|lab'], ['status', 'final']] });
  });

  it('reads operations and words', () => {
    expect(parseScope('system/*.$bulkdata-status')).toMatchObject({ kind: 'operation', resource: '*', operation: 'bulkdata-status' });
    expect(parseScope('launch/patient')).toEqual({ kind: 'word', text: 'launch/patient' });
    expect(parseScope('api:oemr')).toEqual({ kind: 'word', text: 'api:oemr' });
  });

  it.each([
    'patient/Observation.sr', 'patient/Observation.', 'patient/Observation', 'patient/Observation.rx', 'patient/Observation.rr', 'patient/Observation.srudc', 'patient/Observation.Read',
    'patient/Observation.rs?', 'patient/Observation.rs?category', 'patient/Observation.rs?=x', 'patient/Observation.rs?category=', 'patient/Observation.rs?category=a&', 'doctor/Observation.rs',
    'patient/.rs', '/Observation.rs', 'patient/Obs ervation.rs', 'patient/**.rs', 'patient/Observation.$', 'system/Patient.$export?x=y', 'launch/practitioner', 'a/b/c', '', '"openid"', 'x'.repeat(50_000),
    `patient/Observation.rs?${'a=b&'.repeat(20_000)}`,
  ])('does not take %.40s for a scope', (text) => {
    const begun = performance.now();
    const scope = parseScope(text);
    expect(performance.now() - begun).toBeLessThan(1000);
    if (text === 'x'.repeat(50_000)) expect(scope?.kind).toBe('word');
    else expect(scope).toBeUndefined();
  });
});

describe('formatScope', () => {
  it('writes the canonical v2 form', () => {
    expect(formatScope({ context: 'patient', resource: 'Condition', verbs: 'rs', filter: [['category', 'a|b']] })).toBe('patient/Condition.rs?category=a|b');
  });
});

describe('scopeWords', () => {
  it('splits at white space and drops repetitions', () => {
    expect(scopeWords(' openid  a:b\nopenid ')).toEqual(['openid', 'a:b']);
    expect(scopeWords(undefined)).toEqual([]);
  });
});
