import { createHash, timingSafeEqual } from 'node:crypto';

const UNRESERVED = /^[A-Za-z0-9._~-]{43,128}$/;

/** A well-formed S256 challenge: base64url of a SHA-256, which is 43 characters (RFC 7636 §4.2). */
export const isCodeChallenge = (text: string): boolean => /^[A-Za-z0-9_-]{43}$/.test(text);

/** A verifier of 43 to 128 unreserved characters (RFC 7636 §4.1). */
export const isCodeVerifier = (text: string): boolean => UNRESERVED.test(text);

/** Does the verifier prove the S256 challenge? The `plain` method does not exist here. */
export function verifierProves(verifier: string, challenge: string): boolean {
  if (!isCodeVerifier(verifier)) return false;
  const made = Buffer.from(createHash('sha256').update(verifier).digest('base64url'));
  const given = Buffer.from(challenge);
  return made.length === given.length && timingSafeEqual(made, given);
}
