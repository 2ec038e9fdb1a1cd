import { Injectable } from '@nestjs/common';
import { isResourceType } from '#libs/fhir';
import { intersect, isSupportedScope, parseScope, type ScopeContext } from '#libs/smart';
import type { Account } from '../accounts/account';
import { isDeclaredScope } from './declared-scopes';
import type { OAuthClient } from './oauth-client';

/** Contexts of scopes that each kind of holder may have. `system/` belongs to backend clients alone (SMART, Backend Services). */
const CONTEXTS: Record<Account['kind'] | 'system', readonly ScopeContext[]> = {
  users: ['user', 'patient'],
  patient: ['patient'],
  system: ['system'],
};

/** Is this a scope that anyone could be granted at this server? */
export const isSupported = (scope: string): boolean => isSupportedScope(scope, isResourceType) || isDeclaredScope(scope);

@Injectable()
export class Grants {
  /**
   * What of the request may be granted: what is supported, registered by the client and fit for the account, each in
   * its narrowest form. Without an account the client acts for itself: `system/` scopes and nothing else.
   */
  grantableScopes(client: Pick<OAuthClient, 'scopes'>, account: Pick<Account, 'kind'> | undefined, requested: readonly string[]): string[] {
    const kind = account?.kind ?? 'system';
    return intersect(requested.filter(isSupported), client.scopes).filter((scope) => fits(scope, kind));
  }
}

function fits(text: string, kind: Account['kind'] | 'system'): boolean {
  const scope = parseScope(text);
  if (!scope) return false;
  return scope.kind === 'word' ? kind !== 'system' : CONTEXTS[kind].includes(scope.context);
}
