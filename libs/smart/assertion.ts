/** SMART App Launch 2.2, "Authenticating to the Token endpoint" (asymmetric); RFC 7523 §3. Seconds. */
export const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
export const ASSERTION_ALGORITHMS = ['RS384', 'ES384'] as const;
const MAX_AHEAD = 300;
const SKEW = 60;

export interface AssertionExpectation {
  clientId: string;
  /** Addresses of this token endpoint. */
  audiences: readonly string[];
  /** Seconds since the epoch. */
  now: number;
}

type Claims = Record<string, unknown>;
type Rule = (claims: Claims, expected: AssertionExpectation) => string | undefined;

const number = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

/** Each rule answers what is wrong, or nothing. */
const RULES: readonly Rule[] = [
  ({ iss, sub }, { clientId }) => (iss === clientId && sub === clientId ? undefined : 'iss and sub must both be the client_id'),
  ({ aud }, { audiences }) => (audiences.some((address) => address === soleAudience(aud)) ? undefined : 'aud must be the address of this token endpoint'),
  ({ exp }) => (number(exp) ? undefined : 'exp must be a number of seconds'),
  ({ exp }, { now }) => (number(exp) && exp > now - SKEW ? undefined : 'the assertion has expired'),
  ({ exp }, { now }) => (number(exp) && exp <= now + MAX_AHEAD + SKEW ? undefined : 'exp may be at most five minutes ahead'),
  ({ nbf }, { now }) => (nbf === undefined || (number(nbf) && nbf <= now + SKEW) ? undefined : 'nbf lies in the future'),
  ({ iat }, { now }) => (iat === undefined || (number(iat) && Math.abs(now - iat) <= MAX_AHEAD + SKEW) ? undefined : 'iat is not recent'),
  ({ jti }) => (typeof jti === 'string' && jti.length > 0 && jti.length <= 255 ? undefined : 'jti must be a text of up to 255 characters'),
];

/** An array is accepted when it names one audience only: an assertion for several servers could be replayed among them. */
const soleAudience = (aud: unknown): unknown => (Array.isArray(aud) && aud.length === 1 ? aud[0] : aud);

/** What is wrong with the claims of a client assertion whose signature has been verified; undefined when nothing is. */
export function assertionFault(claims: Claims, expected: AssertionExpectation): string | undefined {
  for (const rule of RULES) {
    const fault = rule(claims, expected);
    if (fault) return fault;
  }
  return undefined;
}
