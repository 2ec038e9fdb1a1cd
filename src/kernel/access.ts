/** The verbs of SMART v2 scopes: create, read, update, delete, search. */
export type Verb = 'c' | 'r' | 'u' | 'd' | 's';

/** Who acts. Written into history, audit and Provenance. */
export interface Actor {
  kind: 'user' | 'patient' | 'system' | 'internal';
  /** Key of the account: users.uuid, the Patient's id, the client id, or the name of the job. */
  id: string;
  /** What a person would recognise: user name, client name. */
  name: string;
  /** `Practitioner/…`, `Person/…` or `Patient/…`, where the actor is a person. */
  fhirUser?: string;
  clientId?: string;
}

/** A granted right on one FHIR type (or `*`), as data that the store turns into SQL. */
export interface AccessRule {
  type: string;
  verbs: ReadonlySet<Verb>;
  /** Logical id of the one patient whose compartment this rule reaches; absent: the whole site. */
  patient?: string;
  /** Restriction of a granular scope, as [search parameter, value] pairs, all of which must match. */
  filter?: readonly (readonly [string, string])[];
}

/**
 * The one access predicate (site ∧ role ∧ scopes ∧ compartment ∧ sensitivity), built once per request.
 * Rules are a union: a resource is reachable when any rule reaches it.
 */
export interface Access {
  site: string;
  actor: Actor;
  rules: readonly AccessRule[];
  /** May see resources labelled restricted (meta.security R or V). */
  seesSensitive: boolean;
  /** Granted scopes as strings, for operations (`system/*.$export`) and for standard and portal routes. */
  scopes: ReadonlySet<string>;
  /** The patient in context (launch/patient, or the signed-in patient). */
  patient?: string;
  /** Key of the token, never the token itself. */
  tokenId?: string;
}

/** The rules of `access` that allow `verb` on `type`; empty means: forbidden. */
export function rulesFor(access: Access, type: string, verb: Verb): AccessRule[] {
  return access.rules.filter((rule) => (rule.type === type || rule.type === '*') && rule.verbs.has(verb));
}

export const ALL_VERBS: ReadonlySet<Verb> = new Set(['c', 'r', 'u', 'd', 's']);

/** Access of the server's own work (import, migration, jobs); `name` says which, and lands in the audit. */
export function internalAccess(site: string, name: string): Access {
  return {
    site,
    actor: { kind: 'internal', id: name, name },
    rules: [{ type: '*', verbs: ALL_VERBS }],
    seesSensitive: true,
    scopes: new Set(),
  };
}
