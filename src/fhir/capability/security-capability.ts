import { smartConfiguration } from '../../auth';
import type { Config } from '../../config';

const EXTENSIONS = 'http://fhir-registry.smarthealthit.org/StructureDefinition';

/** Where each address of the authorization server goes in the extension that clients of SMART 1.0 read. */
const ADDRESSES: readonly (readonly [name: string, endpoint: string])[] = [
  ['authorize', 'authorization_endpoint'], ['token', 'token_endpoint'], ['register', 'registration_endpoint'],
  ['introspect', 'introspection_endpoint'], ['revoke', 'revocation_endpoint'], ['manage', 'management_endpoint'],
];

/** `rest.security` of the CapabilityStatement: SMART on FHIR, at the addresses of this site. */
export function securityCapability(config: Config, site: string): object {
  const smart = smartConfiguration(config, site);
  const addresses = ADDRESSES.filter(([, endpoint]) => typeof smart[endpoint] === 'string').map(([url, endpoint]) => ({ url, valueUri: smart[endpoint] }));
  return {
    cors: true,
    service: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/restful-security-service', code: 'SMART-on-FHIR' }], text: 'OAuth2 using SMART on FHIR' }],
    extension: [
      { url: `${EXTENSIONS}/oauth-uris`, extension: addresses },
      ...(smart.capabilities as string[]).map((code) => ({ url: `${EXTENSIONS}/capabilities`, valueCode: code })),
    ],
  };
}
