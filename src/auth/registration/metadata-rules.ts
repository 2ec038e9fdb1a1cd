import { readKeySet } from '../clients/key-set';
import { redirectUriFault } from '../clients/redirect-uri';
import { publicUrlFault } from '../outbound/public-url';

/** What is wrong with a value of the metadata; undefined when nothing is. */
export type Check = (value: unknown) => string | undefined;

const TEXT = /^[^\p{C}]{0,255}$/u;

const text: Check = (value) => (typeof value === 'string' && TEXT.test(value) ? undefined : 'must be a text of up to 255 characters without control characters');
const flag: Check = (value) => (typeof value === 'boolean' ? undefined : 'must be true or false');
const seconds: Check = (value) => (Number.isSafeInteger(value) && (value as number) >= 0 ? undefined : 'must be a number of seconds');

const url: Check = (value) => (typeof value === 'string' ? publicUrlFault(value) : 'must be a text');
const redirect: Check = (value) => (typeof value === 'string' ? redirectUriFault(value) : 'must be a text');

const listOf = (item: Check, most = 50): Check => (value) => {
  if (!Array.isArray(value) || value.length > most) return `must be an array of at most ${most}`;
  return value.map(item).find(Boolean);
};

const oneOf = (...allowed: string[]): Check => (value) => (typeof value === 'string' && allowed.includes(value) ? undefined : `must be one of ${allowed.join(', ')}`);

const object: Check = (value) => (typeof value === 'object' && value !== null && !Array.isArray(value) ? undefined : 'must hold objects');

const keySet: Check = (value) => {
  const read = readKeySet(asObject(value));
  return typeof read === 'string' ? read : undefined;
};

/** `jwks` may also come as the JSON text of the object. */
export function asObject(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return undefined;
  }
}

const RESPONSE_TYPES = ['code', 'token', 'id_token', 'code token', 'code id_token', 'token id_token', 'code token id_token'];
const GRANT_TYPES = ['authorization_code', 'refresh_token', 'password', 'client_credentials'];

/** Accepted metadata (RFC 7591 §2, OpenID Connect Dynamic Client Registration §2); anything else is ignored. */
export const METADATA_RULES: Readonly<Record<string, Check>> = {
  application_type: text,
  redirect_uris: listOf(redirect),
  post_logout_redirect_uris: listOf(redirect),
  client_name: text,
  initiate_login_uri: url,
  token_endpoint_auth_method: oneOf('client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'),
  contacts: listOf(text, 20),
  scope: (value) => (typeof value === 'string' && value.length <= 20_000 ? undefined : 'must be a text of space-separated scopes'),
  jwks: keySet,
  jwks_uri: url,
  logo_uri: url,
  policy_uri: url,
  tos_uri: url,
  sector_identifier_uri: url,
  subject_type: oneOf('pairwise', 'public'),
  default_max_age: seconds,
  require_auth_time: flag,
  default_acr_values: listOf(text),
  request_uris: listOf(text),
  response_types: listOf(oneOf(...RESPONSE_TYPES)),
  grant_types: listOf(oneOf(...GRANT_TYPES)),
  dsi_type: oneOf('none', 'predictive', 'evidence'),
  dsi_source_attributes: listOf(object, 200),
};
