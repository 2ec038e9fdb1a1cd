import type { LaunchContext } from './launches';
import type { AccountKind } from '../accounts/account';

/** An authorization request that passed every check; kept while the person signs in, chooses and consents. */
export interface AuthorizationRequest {
  clientId: string;
  redirectUri: string;
  /** Was it sent, or taken from the registration? The token request must match (RFC 6749 §4.1.3). */
  redirectUriGiven: boolean;
  state?: string;
  nonce?: string;
  /** Known, registered, and in the client's own spelling. */
  scopes: string[];
  codeChallenge?: string;
  loginHint?: string;
  /** EHR launch: whose it is and what it conveys. */
  launch?: { id: string; account: { kind: AccountKind; id: string }; context: LaunchContext };
  /** prompt=none: no page may be shown. */
  silent: boolean;
  /** prompt=consent: the page is shown even if consent is remembered. */
  askConsent: boolean;
  /** A sign-in before this moment (epoch milliseconds) does not count. */
  freshAfter?: number;
}

/** Where a request's answer goes, success or not. */
export type ReturnAddress = Pick<AuthorizationRequest, 'redirectUri' | 'state'>;

/** The client's address with the answer in its query; what was there stays (RFC 6749 §3.1.2). */
export function answerUrl({ redirectUri, state }: ReturnAddress, answer: Record<string, string>): string {
  const query = new URLSearchParams(state === undefined ? answer : { ...answer, state }).toString();
  const joint = redirectUri.includes('?') ? '&' : '?';
  return `${redirectUri}${joint}${query}`;
}
