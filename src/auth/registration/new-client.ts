import { clock, randomToken, tokenHash } from '../../kernel';
import { readKeySet } from '../clients/key-set';
import type { ClientRole, OAuthClient } from '../clients/oauth-client';
import { type ClientMetadata, isConfidential, metadataScopes } from './client-metadata';
import { asObject } from './metadata-rules';

export interface NewClient {
  client: OAuthClient;
  /** Shown once, here; the store keeps hashes. Empty for clients without a secret. */
  secret: string;
  registrationToken: string;
}

/** A client with fresh identifiers and secrets, ready to be stored. */
export function newClient(metadata: ClientMetadata, approved: boolean): NewClient {
  const secret = hasSecret(metadata) ? randomToken(64) : '';
  const registrationToken = randomToken(32);
  const clientId = randomToken(32);
  const now = clock.now();
  const client: OAuthClient = {
    clientId,
    name: metadata.client_name || clientId,
    role: roleOf(metadata),
    confidential: isConfidential(metadata),
    enabled: approved,
    secretHash: secret ? tokenHash(secret) : undefined,
    ...described(metadata),
    registrationTokenHash: tokenHash(registrationToken),
    registrationPath: randomToken(16),
    registeredAt: now,
    approvedAt: approved ? now : undefined,
  };
  return { client, secret, registrationToken };
}

const hasSecret = (metadata: ClientMetadata): boolean => isConfidential(metadata) && metadata.token_endpoint_auth_method !== 'private_key_jwt';

function described(metadata: ClientMetadata) {
  const keys = metadata.jwks === undefined ? undefined : readKeySet(asObject(metadata.jwks));
  return {
    authMethod: metadata.token_endpoint_auth_method,
    redirectUris: metadata.redirect_uris,
    postLogoutRedirectUris: metadata.post_logout_redirect_uris ?? [],
    scopes: metadataScopes(metadata),
    grantTypes: metadata.grant_types,
    contacts: metadata.contacts ?? [],
    jwks: typeof keys === 'object' ? keys : undefined,
    jwksUri: metadata.jwks_uri,
    initiateLoginUri: metadata.initiate_login_uri,
    logoUri: metadata.logo_uri,
    policyUri: metadata.policy_uri,
    tosUri: metadata.tos_uri,
    dsiType: metadata.dsi_type ?? 'none',
    dsiSourceAttributes: metadata.dsi_source_attributes,
    skipEhrLaunchAuthorizationFlow: false,
  };
}

/** A client with no other resource scopes than `system/` acts for itself. */
function roleOf(metadata: ClientMetadata): ClientRole {
  if (!isConfidential(metadata)) return 'patient';
  const resources = metadataScopes(metadata).filter((scope) => /^(patient|user|system)\//.test(scope));
  return resources.length > 0 && resources.every((scope) => scope.startsWith('system/')) ? 'system' : 'user';
}
