import { scopeWords } from '#libs/smart';
import type { SqlValue } from '../../database';
import type { ClientRole, OAuthClient } from './oauth-client';

export type ClientRow = Record<string, string | number | null>;

const list = (json: unknown): string[] => JSON.parse(String(json)) as string[];
const text = (value: unknown): string | undefined => (value === null || value === undefined ? undefined : String(value));
const number = (value: unknown): number | undefined => (value === null || value === undefined ? undefined : Number(value));
const json = <T>(value: unknown): T | undefined => (value === null || value === undefined ? undefined : (JSON.parse(String(value)) as T));

export function clientOf(row: ClientRow): OAuthClient {
  return {
    clientId: String(row.client_id),
    name: String(row.name),
    role: row.role as ClientRole,
    confidential: Boolean(Number(row.confidential)),
    enabled: Boolean(Number(row.enabled)) && row.revoked_at === null,
    secretHash: text(row.secret_hash),
    authMethod: text(row.auth_method),
    redirectUris: list(row.redirect_uris),
    postLogoutRedirectUris: list(row.logout_redirect_uris),
    scopes: scopeWords(String(row.scope)),
    grantTypes: json(row.grant_types),
    contacts: list(row.contacts),
    jwks: json(row.jwks),
    jwksUri: text(row.jwks_uri),
    ...pages(row),
    dsiType: String(row.dsi_type),
    dsiSourceAttributes: json(row.dsi_source_attributes),
    skipEhrLaunchAuthorizationFlow: Boolean(Number(row.skip_ehr_launch_authorization_flow)),
    registrationTokenHash: String(row.registration_token_hash),
    registrationPath: String(row.registration_path),
    registeredAt: Number(row.registered_at),
    approvedAt: number(row.approved_at),
    revokedAt: number(row.revoked_at),
  };
}

const pages = (row: ClientRow) => ({
  initiateLoginUri: text(row.initiate_login_uri),
  logoUri: text(row.logo_uri),
  policyUri: text(row.policy_uri),
  tosUri: text(row.tos_uri),
});

const orNull = (value: unknown): SqlValue => (value === undefined ? null : JSON.stringify(value));

/** Column by column, for an insert. */
export function rowOf(client: OAuthClient): Record<string, SqlValue> {
  return {
    client_id: client.clientId,
    role: client.role,
    name: client.name,
    secret_hash: client.secretHash ?? null,
    confidential: client.confidential,
    enabled: client.enabled,
    auth_method: client.authMethod ?? null,
    scope: client.scopes.join(' '),
    redirect_uris: JSON.stringify(client.redirectUris),
    logout_redirect_uris: JSON.stringify(client.postLogoutRedirectUris),
    grant_types: orNull(client.grantTypes),
    contacts: JSON.stringify(client.contacts),
    jwks: orNull(client.jwks),
    jwks_uri: client.jwksUri ?? null,
    initiate_login_uri: client.initiateLoginUri ?? null,
    logo_uri: client.logoUri ?? null,
    policy_uri: client.policyUri ?? null,
    tos_uri: client.tosUri ?? null,
    dsi_type: client.dsiType,
    dsi_source_attributes: orNull(client.dsiSourceAttributes),
    skip_ehr_launch_authorization_flow: client.skipEhrLaunchAuthorizationFlow,
    registration_token_hash: client.registrationTokenHash,
    registration_path: client.registrationPath,
    registered_at: client.registeredAt,
    approved_at: client.approvedAt ?? null,
    revoked_at: client.revokedAt ?? null,
  };
}
