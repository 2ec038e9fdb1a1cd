import { supportedScopes } from '#libs/smart';
import { declareScope, isDeclaredScope, publishedScopes } from './declared-scopes';
import { isSupported } from './grants';

describe('scopes that routes declare', () => {
  beforeAll(() => {
    declareScope('user/unicorn.s');
    declareScope('user/unicorn.r');
    declareScope('user/facility.s');
  });

  it.each(['user/unicorn.rs', 'user/unicorn.read', 'user/unicorn.s'])('makes %s grantable', (scope) => {
    expect(isDeclaredScope(scope)).toBe(true);
    expect(isSupported(scope)).toBe(true);
  });

  it.each(['user/unicorn.u', 'user/unicorn.write', 'patient/unicorn.rs', 'user/dragon.rs', 'user/Unicorn.rs'])('leaves %s unknown', (scope) => {
    expect(isSupported(scope)).toBe(false);
  });

  it('publishes what the list does not say already, and nothing twice', () => {
    expect(publishedScopes()).toEqual([...supportedScopes, 'user/unicorn.r', 'user/unicorn.s']);
  });
});
