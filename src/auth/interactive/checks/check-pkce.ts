import { isCodeChallenge } from '#libs/smart';
import type { AuthorizeParams } from '../authorize-params';
import { Refusal } from './refusal';

/**
 * The challenge to bind the code to. Public clients must send one; whoever sends one must use S256, and a missing
 * method means “plain”, which is refused (RFC 9700 §2.1.1).
 */
export function checkPkce({ code_challenge: challenge, code_challenge_method: method }: AuthorizeParams, confidential: boolean): string | undefined {
  if (challenge === undefined) {
    if (method !== undefined) throw new Refusal('invalid_request', 'code_challenge_method was sent without code_challenge.');
    if (confidential) return undefined;
    throw new Refusal('invalid_request', 'This app is a public client: code_challenge with code_challenge_method=S256 is required.');
  }
  if (method !== 'S256') throw new Refusal('invalid_request', 'code_challenge_method must be S256.');
  if (!isCodeChallenge(challenge)) throw new Refusal('invalid_request', 'code_challenge must be the base64url of a SHA-256: 43 characters.');
  return challenge;
}
