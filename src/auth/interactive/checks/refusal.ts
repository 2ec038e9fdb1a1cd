/** Errors that go back to a client whose redirect address was proven (RFC 6749 §4.1.2.1, OIDC Core §3.1.2.6). */
export type AuthorizeError =
  | 'invalid_request'
  | 'unauthorized_client'
  | 'access_denied'
  | 'unsupported_response_type'
  | 'invalid_scope'
  | 'server_error'
  | 'login_required'
  | 'consent_required'
  | 'interaction_required'
  | 'request_not_supported'
  | 'request_uri_not_supported';

/** A check says no. `message` is for the developer of the app and names no secret. */
export class Refusal extends Error {
  constructor(
    readonly code: AuthorizeError,
    message: string,
  ) {
    super(message);
    this.name = 'Refusal';
  }
}
