import { context } from '../../kernel';
import type { Account } from '../accounts/account';

/** Says who acts, for the audit. No rules: being signed in to these pages opens no record by itself. */
export function noteActor(account: Account, clientId?: string): void {
  const current = context();
  const { kind, id, username, fhirUser } = account;
  current.access = {
    site: current.site,
    actor: { kind: kind === 'patient' ? 'patient' : 'user', id, name: username, fhirUser, ...(clientId && { clientId }) },
    rules: [],
    seesSensitive: false,
    scopes: new Set(),
  };
}
