import { ASSERTION_ALGORITHMS } from '#libs/smart';
import { type Config, siteUrls } from '../../config';
import { publishedScopes } from '../clients/declared-scopes';

const CLAIMS = [
  'sub', 'iss', 'aud', 'iat', 'exp', 'auth_time', 'nonce', 'fhirUser', 'name', 'given_name', 'family_name', 'preferred_username', 'locale',
  'email', 'email_verified', 'phone_number', 'phone_number_verified', 'address', 'api:oemr', 'api:fhir', 'api:port',
];

export const endpointsOf = (oauth: string) => ({
  authorization_endpoint: `${oauth}/authorize`,
  token_endpoint: `${oauth}/token`,
  jwks_uri: `${oauth}/jwk`,
  registration_endpoint: `${oauth}/registration`,
  introspection_endpoint: `${oauth}/introspect`,
  revocation_endpoint: `${oauth}/revoke`,
});

export const clientAuthentication = {
  token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
  token_endpoint_auth_signing_alg_values_supported: [...ASSERTION_ALGORITHMS],
};

/** OpenID Connect Discovery 1.0 §3. Only what works here is listed: upstream also names response types it does not serve. */
export function openidConfiguration(config: Config, site: string): Record<string, unknown> {
  const { oauth } = siteUrls(config, site);
  const password = config.OAUTH_PASSWORD_GRANT === 'off' ? [] : ['password'];
  return {
    issuer: oauth,
    ...endpointsOf(oauth),
    userinfo_endpoint: `${oauth}/userinfo`,
    end_session_endpoint: `${oauth}/logout`,
    scopes_supported: publishedScopes(),
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: ['authorization_code', ...password, 'refresh_token', 'client_credentials'],
    code_challenge_methods_supported: ['S256'],
    subject_types_supported: ['public'],
    claims_supported: CLAIMS,
    request_parameter_supported: false,
    request_uri_parameter_supported: false,
    require_request_uri_registration: false,
    id_token_signing_alg_values_supported: ['RS256'],
    ...clientAuthentication,
    introspection_endpoint_auth_methods_supported: clientAuthentication.token_endpoint_auth_methods_supported,
    revocation_endpoint_auth_methods_supported: clientAuthentication.token_endpoint_auth_methods_supported,
    claims_locales_supported: ['en-US'],
    ui_locales_supported: ['en-US'],
  };
}
