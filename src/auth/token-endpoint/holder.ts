import type { Account } from '../accounts/account';
import type { Grant, NewGrant } from '../tokens/grant';

/** Who will hold the tokens: what the library calls the user of a grant. */
export interface TokenHolder {
  /** An authorization that exists already, or one that begins with these tokens. */
  grant: Grant | Omit<NewGrant, 'scopes'>;
  account?: Account;
  /** Hash of the refresh token being traded in. */
  refreshHash?: string;
  /** Scopes a new refresh token keeps, when the access token carries fewer. */
  refreshScopes?: readonly string[];
}

export const exists = (grant: TokenHolder['grant']): grant is Grant => 'id' in grant;
