import { covers } from '#libs/smart';
import { type Access, forbidden, SalusError } from '../../kernel';
import { aclAllows } from '../acl/groups';
import type { CheckedToken } from '../tokens/checked-token';
import type { RouteRule } from './route-rule';

type RuleOf<S extends RouteRule['surface']> = Extract<RouteRule, { surface: S }>;

/** OpenEMR's statuses and their order: role 403, gate 403, endpoint scope 401, access control list 403. */
export function assertStandardRoute({ access, account }: CheckedToken, { scope, acl, aclPermission }: RuleOf<'standard'>): void {
  if (access.actor.kind !== 'user') throw forbidden('The standard API is for members of staff.');
  assertGate(access, 'api:oemr');
  assertScope(access, scope);
  if (acl && !aclAllows(account?.group, acl, aclPermission)) throw forbidden('Your role does not allow this.');
}

export function assertPortalRoute({ access }: CheckedToken, { scope }: RuleOf<'portal'>): void {
  if (access.actor.kind !== 'patient') throw forbidden('The portal API is for patients.');
  assertGate(access, 'api:port');
  assertScope(access, scope);
}

function assertGate({ scopes }: Access, gate: string): void {
  if (!scopes.has(gate)) throw lacking('forbidden', gate);
}

function assertScope(access: Access, scope: string): void {
  if (!isCovered(access, scope)) throw lacking('unauthenticated', scope);
}

/** Says which scope to ask for (RFC 6750 §3.1); for a missing endpoint scope with OpenEMR's status instead of the RFC's. */
function lacking(kind: 'unauthenticated' | 'forbidden', scope: string): SalusError {
  const headers = { 'www-authenticate': `Bearer realm="Salus", error="insufficient_scope", scope="${scope}"` };
  return new SalusError(kind, `The access token lacks the scope ${scope}.`, [], { headers });
}

/** One Access serves all requests of its token: what it covers is worked out once. */
const known = new WeakMap<Access, Map<string, boolean>>();

function isCovered(access: Access, scope: string): boolean {
  const answers = known.get(access) ?? new Map<string, boolean>();
  known.set(access, answers);
  const answer = answers.get(scope) ?? covers(access.scopes, scope);
  answers.set(scope, answer);
  return answer;
}
