import { resourceTypes } from '#libs/fhir';
import { rulesFromScopes, type ScopeRule } from '#libs/smart';
import type { Access, AccessRule, Actor, Verb } from '../../kernel';
import type { Account } from '../accounts/account';
import { aclAllowsFhir } from '../acl/fhir-acl';
import { aclAllows } from '../acl/groups';
import type { OAuthClient } from '../clients/oauth-client';
import type { Grant } from '../tokens/grant';
import { SHARED_TYPES } from './shared-types';
import { subscriberTag } from './subscriber-tag';

export interface Holder {
  site: string;
  tokenId: string;
  grant: Grant;
  client: OAuthClient;
  account?: Account;
  scopes: ReadonlySet<string>;
}

/** The access predicate of everything done with one token: scopes, cut by the role, bound to the patient in context. */
export function buildAccess(holder: Holder): Access {
  const { site, tokenId, grant, account, scopes } = holder;
  return {
    site,
    actor: actorOf(holder),
    rules: [...rulesOf(holder), ...ownPerson(holder)],
    seesSensitive: account?.kind === 'users' ? aclAllows(account.group, 'sensitivities/high') : true,
    scopes,
    ...(grant.patient && { patient: grant.patient }),
    tokenId,
  };
}

function actorOf({ client, account }: Holder): Actor {
  if (!account) return { kind: 'system', id: client.clientId, name: client.name, clientId: client.clientId };
  const kind = account.kind === 'users' ? 'user' : 'patient';
  return { kind, id: account.id, name: account.username, fhirUser: account.fhirUser, clientId: client.clientId };
}

const CONTEXTS: Record<Grant['kind'], readonly ScopeRule['context'][]> = { users: ['user', 'patient'], patient: ['patient'], system: ['system'] };

function rulesOf({ grant, account, scopes }: Holder): AccessRule[] {
  const granted = rulesFromScopes(scopes, { patient: grant.patient }).filter(({ context }) => CONTEXTS[grant.kind].includes(context));
  const rules = granted.flatMap(withShared);
  return account?.kind === 'users' ? rules.flatMap((rule) => cutByRole(rule, account.group)) : rules;
}

/** A rule bound to a patient reaches their compartment; the shared types it names are readable besides. */
function withShared({ context: _, ...rule }: ScopeRule): AccessRule[] {
  if (rule.patient === undefined) return [rule];
  const verbs = new Set([...rule.verbs].filter((verb) => verb === 'r' || verb === 's'));
  const named = SHARED_TYPES.filter((type) => rule.type === '*' || rule.type === type);
  const shared = verbs.size === 0 ? [] : named.map((type): AccessRule => ({ type, verbs, ...(rule.filter && { filter: rule.filter }) }));
  return SHARED_TYPES.includes(rule.type) ? shared : [rule, ...shared, ...ownSubscriptions(rule, rule.patient)];
}

function ownSubscriptions({ type, verbs, filter = [] }: AccessRule, patient: string): AccessRule[] {
  if (type !== '*' && type !== 'Subscription') return [];
  const { system, code } = subscriberTag(patient);
  return [{ type: 'Subscription', verbs, filter: [...filter, ['_tag', `${system}|${code}`]] }];
}

/** Scopes never give more than the role has: the group's rights are the ceiling, verb by verb. */
function cutByRole(rule: AccessRule, group: string | undefined): AccessRule[] {
  if (aclAllows(group, 'admin/super')) return [rule];
  const types = rule.type === '*' ? resourceTypes : [rule.type];
  return types.flatMap((type) => {
    const verbs = new Set([...rule.verbs].filter((verb: Verb) => aclAllowsFhir(group, type, verb)));
    return verbs.size > 0 ? [{ ...rule, type, verbs }] : [];
  });
}

/** `fhirUser` lets the app read the one resource that says who signed in, whatever its other scopes. */
function ownPerson({ account, scopes }: Holder): AccessRule[] {
  const [type, id] = account?.fhirUser.split('/') ?? [];
  if (!type || !id || !scopes.has('fhirUser')) return [];
  const rule: AccessRule = { type, verbs: new Set<Verb>(['r']), filter: [['_id', id]] };
  return [type === 'Patient' ? { ...rule, patient: id } : rule];
}
