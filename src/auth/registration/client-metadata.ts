import { requestedScopes } from '#libs/smart';
import { isSupported } from '../clients/grants';
import { OAuthError } from '../oauth/oauth-error';
import { METADATA_RULES } from './metadata-rules';

/** What a client says about itself, checked. Names as in RFC 7591. */
export interface ClientMetadata {
  application_type?: string;
  redirect_uris: string[];
  post_logout_redirect_uris?: string[];
  client_name?: string;
  initiate_login_uri?: string;
  token_endpoint_auth_method?: string;
  contacts?: string[];
  scope?: string;
  jwks?: unknown;
  jwks_uri?: string;
  logo_uri?: string;
  policy_uri?: string;
  tos_uri?: string;
  grant_types?: string[];
  dsi_type?: string;
  dsi_source_attributes?: unknown[];
  [echoed: string]: unknown;
}

const DEFAULT_SCOPE = 'openid email phone address api:oemr api:fhir api:port';
const MAX_BYTES = 64 * 1024;

const unfit = (description: string, hint?: string) => new OAuthError('invalid_client_metadata', description, { hint });

/** `private` clients can keep a secret; all others are public. */
export const isConfidential = ({ application_type }: ClientMetadata): boolean => application_type === 'private';

export const metadataScopes = ({ scope }: ClientMetadata): string[] => requestedScopes(scope ?? DEFAULT_SCOPE);

/** The known members of a registration request, or the error that says what to change. */
export function readMetadata(body: unknown): ClientMetadata {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw unfit('The body must be a JSON object of client metadata.');
  if (JSON.stringify(body).length > MAX_BYTES) throw unfit('Client metadata may have at most 64 kB.');
  const given = Object.entries(METADATA_RULES).flatMap(([name]) => (Object.hasOwn(body, name) ? [[name, (body as Record<string, unknown>)[name]] as const] : []));
  for (const [name, value] of given) assertFit(name, value);
  const metadata = Object.fromEntries(given) as ClientMetadata;
  assertComplete(metadata);
  assertScopes(metadata);
  return metadata;
}

function assertFit(name: string, value: unknown): void {
  const fault = METADATA_RULES[name]!(value);
  if (!fault) return;
  if (name === 'redirect_uris') throw new OAuthError('invalid_redirect_uri', 'A redirect URI is not acceptable.', { hint: `redirect_uris ${fault}` });
  throw unfit(fault.startsWith('must be one of') ? `Unsupported ${name} value` : `${name} is invalid`, `${name} ${fault}`);
}

function assertComplete(metadata: ClientMetadata): void {
  if (!metadata.redirect_uris?.length) throw new OAuthError('invalid_redirect_uri', 'redirect_uris is missing.', { hint: 'an array with at least one URI' });
  const needsKeys = isConfidential(metadata) && (asksFor(metadata, 'system/') || metadata.token_endpoint_auth_method === 'private_key_jwt');
  if (needsKeys && !metadata.jwks && !metadata.jwks_uri) throw unfit('jwks is invalid', 'system scopes and private_key_jwt need jwks or jwks_uri');
}

function assertScopes(metadata: ClientMetadata): void {
  const unknown = metadataScopes(metadata).filter((scope) => !isSupported(scope));
  if (unknown.length > 0) throw new OAuthError('invalid_scope', 'A requested scope is not supported.', { hint: unknown.slice(0, 5).join(' ') });
  if (!isConfidential(metadata) && (asksFor(metadata, 'user/') || asksFor(metadata, 'system/'))) {
    throw unfit('A public client cannot have user/ or system/ scopes.', 'register with application_type private');
  }
}

export const asksFor = (metadata: ClientMetadata, prefix: string): boolean => metadataScopes(metadata).some((scope) => scope.startsWith(prefix));
