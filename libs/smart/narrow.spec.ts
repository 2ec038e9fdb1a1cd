import { covers, intersect } from './narrow';

describe('covers', () => {
  it.each<[string, string[], string]>([
    ['the same scope', ['patient/Observation.rs'], 'patient/Observation.rs'],
    ['one verb of several', ['patient/Observation.rs'], 'patient/Observation.r'],
    ['verbs granted one by one', ['patient/Observation.r', 'patient/Observation.s'], 'patient/Observation.rs'],
    ['v1 read', ['user/Patient.read'], 'user/Patient.s'],
    ['v1 write', ['user/patient.write'], 'user/patient.u'],
    ['a wildcard', ['system/*.rs'], 'system/Group.r'],
    ['a granular need by its type', ['patient/Condition.rs'], 'patient/Condition.rs?category=x'],
    ['an operation', ['user/insurance.$swap-insurance'], 'user/insurance.$swap-insurance'],
    ['a word', ['openid'], 'openid'],
  ])('allows %s', (_what, granted, needed) => expect(covers(granted, needed)).toBe(true));

  it.each<[string, string[], string]>([
    ['searching by a scope to read', ['patient/Observation.r'], 'patient/Observation.s'],
    ['reading by a scope to search', ['patient/Observation.s'], 'patient/Observation.r'],
    ['creating by a scope to read', ['patient/Observation.rs'], 'patient/Observation.c'],
    ['writing by v1 read', ['user/patient.read'], 'user/patient.c'],
    ['reading by v1 write', ['user/patient.write'], 'user/patient.r'],
    ['another context', ['user/Observation.rs'], 'patient/Observation.r'],
    ['another type', ['patient/Observation.rs'], 'patient/Condition.r'],
    ['a standard route by a FHIR wildcard', ['user/*.cruds'], 'user/patient.r'],
    ['a standard route by the FHIR type', ['user/Patient.rs'], 'user/patient.r'],
    ['a FHIR type by the standard scope', ['user/patient.rs'], 'user/Patient.r'],
    ['everything by a granular scope', ['patient/Condition.rs?category=x'], 'patient/Condition.r'],
    ['an operation by a wildcard of verbs', ['system/*.cruds'], 'system/Patient.$export'],
    ['what is no scope', ['openid'], 'patient/Observation.sr'],
  ])('refuses %s', (_what, granted, needed) => expect(covers(granted, needed)).toBe(false));
});

describe('intersect', () => {
  it.each<[string, string[], string[], string[]]>([
    ['keeps what both have', ['openid', 'patient/A.rs'], ['patient/A.rs', 'openid'], ['openid', 'patient/A.rs']],
    ['drops what is not allowed', ['openid', 'user/A.rs'], ['openid'], ['openid']],
    ['answers a wildcard with the allowed types', ['patient/*.rs'], ['patient/A.rs', 'patient/B.r'], ['patient/A.rs', 'patient/B.r']],
    ['answers a type under an allowed wildcard with the type', ['patient/A.r'], ['patient/*.rs'], ['patient/A.r']],
    ['cuts verbs', ['patient/A.cruds'], ['patient/A.rs'], ['patient/A.rs']],
    ['cuts verbs under a wildcard', ['user/A.cruds'], ['user/*.rs'], ['user/A.rs']],
    ['joins allowed verbs', ['user/A.cruds'], ['user/A.rs', 'user/A.write'], ['user/A.cruds']],
    ['keeps the v1 spelling when nothing is cut', ['patient/A.read'], ['patient/A.rs'], ['patient/A.read']],
    ['answers in the allowed spelling when cut to it', ['patient/A.*'], ['patient/A.read'], ['patient/A.read']],
    ['keeps a granular request under an allowed type', ['patient/A.rs?category=x'], ['patient/A.rs'], ['patient/A.rs?category=x']],
    ['narrows a type to the allowed granular scopes', ['patient/A.rs'], ['patient/A.rs?category=x', 'patient/A.r?category=y'], ['patient/A.rs?category=x', 'patient/A.r?category=y']],
    ['drops another restriction', ['patient/A.rs?category=x'], ['patient/A.rs?category=y'], []],
    ['does not let a FHIR wildcard reach the standard API', ['user/patient.rs'], ['user/*.rs'], []],
    ['does not let contexts mix', ['patient/A.rs'], ['user/A.rs', 'system/*.rs'], []],
    ['grants operations only by name', ['system/Patient.$export'], ['system/*.rs'], []],
    ['returns each scope once', ['patient/*.rs', 'patient/A.rs'], ['patient/A.rs'], ['patient/A.rs']],
    ['drops what is no scope', ['patient/A.sr'], ['patient/A.sr'], []],
  ])('%s', (_what, requested, allowed, granted) => expect(intersect(requested, allowed)).toEqual(granted));

  const atoms = ['patient/A.rs', 'patient/*.r', 'patient/A.cruds', 'user/A.read', 'user/*.*', 'patient/A.rs?category=x', 'user/a.rs', 'openid', 'system/A.$export'];
  it('never gives more than was asked or more than was allowed, whatever meets', () => {
    for (const one of atoms) {
      for (const other of atoms) {
        for (const scope of intersect([one], [other])) expect([one, other, covers([one], scope), covers([other], scope)]).toEqual([one, other, true, true]);
      }
    }
  });
});
