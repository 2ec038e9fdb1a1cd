import type { Access } from '../../kernel';
import type { Account } from '../accounts/account';
import type { OAuthClient } from '../clients/oauth-client';
import type { Grant } from './grant';

/** A live access token and everything a request needs to know about it. Shared between requests: never changed. */
export interface CheckedToken {
  /** Hash of the token. */
  id: string;
  grant: Grant;
  client: OAuthClient;
  /** Absent for backend clients, which act for themselves. */
  account?: Account;
  /** Scopes of this very token, which may be fewer than the grant's. */
  scopes: ReadonlySet<string>;
  /** Milliseconds since the epoch. */
  issuedAt: number;
  expiresAt: number;
  access: Access;
}
