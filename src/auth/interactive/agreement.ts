import type { OAuthClient } from '../clients/oauth-client';
import type { Interaction } from './interactions';
import type { SignedIn } from './sessions';

/** Everything known once a person is signed in and whose record it is about is settled. */
export interface Agreement {
  interaction: Interaction;
  session: SignedIn;
  client: OAuthClient;
  /** What may be granted to this app through this person. */
  scopes: string[];
  patient?: string;
}
