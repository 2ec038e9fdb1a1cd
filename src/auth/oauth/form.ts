import type { FastifyRequest } from 'fastify';
import { OAuthError } from './oauth-error';

/** Parameters that must never stand in an address, where logs and histories keep them. */
const SECRET = ['client_secret', 'client_assertion', 'password', 'code', 'code_verifier', 'refresh_token', 'token', 'access_token', 'username'];

export type Form = Readonly<Record<string, string | undefined>>;

/** The form fields of a request to the token, introspection or revocation endpoint, each at most once (RFC 6749 §3.2). */
export function readForm(request: FastifyRequest): Form {
  if (!/^application\/x-www-form-urlencoded\b/i.test(request.headers['content-type'] ?? '')) {
    throw new OAuthError('invalid_request', 'Send the parameters as application/x-www-form-urlencoded.');
  }
  const exposed = SECRET.find((name) => Object.hasOwn(request.query as object, name));
  if (exposed) throw new OAuthError('invalid_request', 'Parameters belong in the body, not in the address.', { hint: exposed });
  const fields = Object.entries((request.body ?? {}) as Record<string, unknown>);
  const repeated = fields.find(([, value]) => typeof value !== 'string');
  if (repeated) throw new OAuthError('invalid_request', 'A parameter is given more than once.', { hint: repeated[0] });
  return Object.fromEntries(fields) as Form;
}
