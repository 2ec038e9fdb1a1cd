import { assertionFault } from './assertion';

const now = 1_800_000_000;
const expected = { clientId: 'app', audiences: ['https://ehr.example.org/oauth2/default/token'], now };
const good = { iss: 'app', sub: 'app', aud: expected.audiences[0], exp: now + 300, iat: now, jti: 'once' };

describe('assertionFault', () => {
  it.each([
    ['the claims SMART asks for', {}],
    ['an audience array of one', { aud: [good.aud] }],
    ['no iat', { iat: undefined }],
    ['30 seconds of skew at exp', { exp: now - 30 }],
    ['30 seconds of skew ahead', { exp: now + 330, iat: now + 30, nbf: now + 30 }],
  ])('accepts %s', (_what, change) => expect(assertionFault({ ...good, ...change }, expected)).toBeUndefined());

  it.each([
    ['another iss', { iss: 'other' }],
    ['another sub', { sub: 'other' }],
    ['iss and sub of another client', { iss: 'other', sub: 'other' }],
    ['another site’s endpoint', { aud: 'https://ehr.example.org/oauth2/alternate/token' }],
    ['the FHIR base', { aud: 'https://ehr.example.org/apis/default/fhir' }],
    ['an audience among others', { aud: [good.aud, 'https://evil.example.org'] }],
    ['no audience', { aud: undefined }],
    ['no exp', { exp: undefined }],
    ['exp past', { exp: now - 61 }],
    ['exp ten minutes ahead', { exp: now + 600 }],
    ['exp as text', { exp: String(now + 60) }],
    ['exp beyond all time', { exp: 1e99 }],
    ['exp not a number', { exp: Number.NaN }],
    ['nbf in the future', { nbf: now + 120 }],
    ['iat years ago', { iat: now - 1e8 }],
    ['iat as text', { iat: 'today' }],
    ['no jti', { jti: undefined }],
    ['an empty jti', { jti: '' }],
    ['an endless jti', { jti: 'x'.repeat(256) }],
  ])('refuses %s', (_what, change) => expect(assertionFault({ ...good, ...change }, expected)).toEqual(expect.any(String)));
});
