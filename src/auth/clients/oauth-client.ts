/** Whom the client acts for: staff (`user`), patients, or itself (`system`, backend services). */
export type ClientRole = 'user' | 'patient' | 'system';

/** A public key of a client as JWK (RFC 7517). */
export interface ClientKey {
  kty: string;
  kid?: string;
  alg?: string;
  use?: string;
  [member: string]: unknown;
}

/** A registered application. */
export interface OAuthClient {
  clientId: string;
  name: string;
  role: ClientRole;
  /** Has a secret or keys, and must prove them at the token endpoint. */
  confidential: boolean;
  /** Approved and not revoked. A client that is not enabled can do nothing at all. */
  enabled: boolean;
  secretHash?: string;
  /** As registered; undefined: a secret by either method. */
  authMethod?: string;
  redirectUris: string[];
  postLogoutRedirectUris: string[];
  scopes: string[];
  /** As registered; undefined: all that fit the client's kind. */
  grantTypes?: string[];
  contacts: string[];
  jwks?: { keys: ClientKey[] };
  jwksUri?: string;
  initiateLoginUri?: string;
  logoUri?: string;
  policyUri?: string;
  tosUri?: string;
  dsiType: string;
  dsiSourceAttributes?: unknown[];
  /** An administrator trusts it to skip sign-in and consent when launched from the chart. */
  skipEhrLaunchAuthorizationFlow: boolean;
  registrationTokenHash: string;
  registrationPath: string;
  /** Milliseconds since the epoch. */
  registeredAt: number;
  approvedAt?: number;
  revokedAt?: number;
}
