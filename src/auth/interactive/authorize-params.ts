/** What the authorization endpoint reads; everything else in a request is ignored (RFC 6749 §3.1). */
export const AUTHORIZE_PARAMS = [
  'response_type', 'response_mode', 'client_id', 'redirect_uri', 'scope', 'state', 'nonce',
  'code_challenge', 'code_challenge_method', 'aud', 'resource', 'launch',
  'prompt', 'max_age', 'login_hint', 'request', 'request_uri',
] as const;

export type AuthorizeParam = (typeof AUTHORIZE_PARAMS)[number];

/** Parameters by name; an empty value counts as not sent (RFC 6749 §3.1). */
export type AuthorizeParams = Readonly<Partial<Record<AuthorizeParam, string>>>;

/** A query string or form as the HTTP layer parsed it: one value is text, several are a list. */
export type RawParams = Readonly<Record<string, unknown>>;

export function readParams(raw: RawParams): AuthorizeParams {
  const present = AUTHORIZE_PARAMS.flatMap((name) => {
    const value = Object.hasOwn(raw, name) ? raw[name] : undefined;
    return typeof value === 'string' && value !== '' ? [[name, value] as const] : [];
  });
  return Object.fromEntries(present);
}
