import { isCodeChallenge, isCodeVerifier, verifierProves } from './pkce';

// RFC 7636, Appendix B.
const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

describe('verifierProves', () => {
  it('accepts the example of RFC 7636', () => expect(verifierProves(VERIFIER, CHALLENGE)).toBe(true));

  it.each([
    ['another verifier', `${VERIFIER.slice(0, -1)}l`],
    ['the wrong case', VERIFIER.toLowerCase()],
    ['the challenge itself', CHALLENGE],
    ['nothing', ''],
    ['42 characters', VERIFIER.slice(1)],
    ['129 characters', 'a'.repeat(129)],
    ['other characters', `${VERIFIER.slice(1)}!`],
  ])('refuses %s', (_what, verifier) => expect(verifierProves(verifier, CHALLENGE)).toBe(false));
});

describe('lengths', () => {
  it('a verifier has 43 to 128 characters', () => {
    expect([42, 43, 128, 129].map((length) => isCodeVerifier('a'.repeat(length)))).toEqual([false, true, true, false]);
  });

  it('an S256 challenge has 43', () => {
    expect([42, 43, 44, 129].map((length) => isCodeChallenge('a'.repeat(length)))).toEqual([false, true, false, false]);
  });
});
