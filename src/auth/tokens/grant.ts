import type { AccountKind } from '../accounts/account';

/** Whose rights a grant carries: staff, a patient, or the client itself. */
export type GrantKind = AccountKind | 'system';

/** An entry of `fhirContext` (SMART App Launch 2.2). */
export interface FhirContextEntry {
  reference: string;
  type?: string;
  role?: string;
}

/** What a launch conveys beyond patient and encounter. */
export interface LaunchDetails {
  intent?: string;
  fhirContext?: FhirContextEntry[];
  /** Does the app have to show who the patient is? False when the chart around it does. */
  needPatientBanner?: boolean;
}

/** One authorization: who let which client do what, in which context. */
export interface Grant {
  id: string;
  clientId: string;
  kind: GrantKind;
  /** Key of the account; the client's own id for `system`. */
  accountId: string;
  scopes: string[];
  patient?: string;
  encounter?: string;
  launch: LaunchDetails;
  nonce?: string;
  /** When the person proved who they are; seconds since the epoch. */
  authTime: number;
  /** The browser session it came from, whose end ends the grant. */
  sessionId?: string;
  revoked: boolean;
}

export type NewGrant = Omit<Grant, 'id' | 'revoked'>;
