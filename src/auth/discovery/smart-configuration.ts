import { type Config, siteUrls } from '../../config';
import { publishedScopes } from '../clients/declared-scopes';
import { clientAuthentication, endpointsOf } from './openid-configuration';

/** SMART App Launch 2.2, "Capabilities"; the union of what (g)(10) asks of patient and practitioner apps. */
const CAPABILITIES = [
  'launch-ehr', 'launch-standalone', 'client-public', 'client-confidential-symmetric', 'client-confidential-asymmetric', 'sso-openid-connect',
  'context-banner', 'context-style', 'context-ehr-patient', 'context-ehr-encounter', 'context-standalone-patient', 'permission-offline',
  'permission-patient', 'permission-user', 'permission-v1', 'permission-v2', 'authorize-post',
];

/**
 * The body of `.well-known/smart-configuration`. `issuer` is that of the id tokens, as SMART asks; OpenEMR names the
 * FHIR base here, where no openid-configuration is to be found.
 */
export function smartConfiguration(config: Config, site: string): Record<string, unknown> {
  const { oauth } = siteUrls(config, site);
  return {
    issuer: oauth,
    ...endpointsOf(oauth),
    grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials'],
    capabilities: CAPABILITIES,
    code_challenge_methods_supported: ['S256'],
    scopes_supported: publishedScopes(),
    response_types_supported: ['code'],
    ...clientAuthentication,
  };
}
