const STATUS = {
  invalid_request: 400,
  invalid_client: 401,
  invalid_grant: 400,
  invalid_scope: 400,
  unauthorized_client: 400,
  unsupported_grant_type: 400,
  unsupported_response_type: 400,
  unsupported_token_type: 400,
  access_denied: 401,
  invalid_token: 401,
  insufficient_scope: 403,
  invalid_client_metadata: 400,
  invalid_redirect_uri: 400,
  invalid_launch_context: 400,
  too_many_requests: 429,
  server_error: 500,
  temporarily_unavailable: 503,
} as const;

export type OAuthErrorCode = keyof typeof STATUS;

interface Extra {
  status?: number;
  /** What to change, for a developer. Never tells which secret part was wrong. */
  hint?: string;
  headers?: Record<string, string>;
}

/** A failure of the authorization server as its clients know it (RFC 6749 §5.2, RFC 7591 §3.2.2). */
export class OAuthError extends Error {
  readonly status: number;
  readonly hint?: string;
  readonly headers: Record<string, string>;

  constructor(
    readonly error: OAuthErrorCode,
    readonly description: string,
    extra: Extra = {},
  ) {
    super(description);
    this.name = 'OAuthError';
    this.status = extra.status ?? STATUS[error];
    this.hint = extra.hint;
    this.headers = extra.headers ?? {};
  }

  /** OpenEMR's clients read `message`; the RFC's read `error_description`. */
  get body(): Record<string, string> {
    return { error: this.error, error_description: this.description, ...(this.hint && { hint: this.hint }), message: this.description };
  }
}

export const isOAuthErrorCode = (text: string): text is OAuthErrorCode => text in STATUS;
