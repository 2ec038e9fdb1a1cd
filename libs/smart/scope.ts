/** Verbs of SMART v2 scopes, in the only order the grammar allows. */
export const VERB_ORDER = 'cruds';
export type ScopeVerb = 'c' | 'r' | 'u' | 'd' | 's';
export type ScopeContext = 'patient' | 'user' | 'system';

/** `patient/Observation.rs?category=…`: rights on one type (or `*`), perhaps narrowed by search parameters. */
export interface ResourceScope {
  kind: 'resource';
  text: string;
  context: ScopeContext;
  /** A FHIR type (`Patient`), `*` for every FHIR type, or a resource of the standard API (`patient`). */
  resource: string;
  /** Letters out of `cruds`, in that order. */
  verbs: string;
  /** Search parameters that must all match; empty: no restriction. */
  filter: readonly (readonly [string, string])[];
}

/** `system/Patient.$export` */
export interface OperationScope {
  kind: 'operation';
  text: string;
  context: ScopeContext;
  resource: string;
  operation: string;
}

/** `openid`, `launch/patient`, `api:fhir`: no structure that matters. */
export interface WordScope {
  kind: 'word';
  text: string;
}

export type Scope = ResourceScope | OperationScope | WordScope;

/** SMART App Launch 2.2, "Scopes for requesting FHIR Resources", and the v1 forms it still accepts. */
const V1_VERBS: Record<string, string> = { read: 'rs', write: 'cud', '*': 'cruds' };
const RESOURCE = /^(patient|user|system)\/(\*|[A-Za-z][A-Za-z0-9_]{0,63})\.(\*|[a-z]{1,5}|\$[a-z][a-z-]{0,63})(?:\?([^\s]{1,1000}))?$/;
const V2_VERBS = /^(?=.)c?r?u?d?s?$/;

/** Reads one scope. Letters in the wrong order, unknown permissions and broken restrictions are not scopes: undefined. */
export function parseScope(text: string): Scope | undefined {
  const match = RESOURCE.exec(text);
  if (!match) return isWord(text) ? { kind: 'word', text } : undefined;
  const [, context, resource, permission, query] = match as unknown as [string, ScopeContext, string, string, string?];
  if (permission.startsWith('$')) return query === undefined ? { kind: 'operation', text, context, resource, operation: permission.slice(1) } : undefined;
  const verbs = V1_VERBS[permission] ?? (V2_VERBS.test(permission) ? permission : undefined);
  const filter = parseFilter(query);
  return verbs && filter ? { kind: 'resource', text, context, resource, verbs, filter } : undefined;
}

/** Anything with a resource scope's prefix that failed to parse as one must not pass as a harmless word. */
function isWord(text: string): boolean {
  return text === 'launch/patient' || text === 'launch/encounter' || /^[A-Za-z_]+(:[A-Za-z0-9_-]+)?$/.test(text);
}

const PAIR = /^([A-Za-z_][A-Za-z0-9_:.-]*)=(.+)$/;

function parseFilter(query: string | undefined): [string, string][] | undefined {
  if (query === undefined) return [];
  const pairs = query.split('&').flatMap((text): [string, string][] => {
    const [, name, value] = PAIR.exec(text) ?? [];
    return name && value ? [[name, value]] : [];
  });
  return pairs.length === query.split('&').length ? pairs : undefined;
}

/** The canonical v2 form. */
export function formatScope(scope: Omit<ResourceScope, 'text' | 'kind'>): string {
  const query = scope.filter.map(([name, value]) => `${name}=${value}`).join('&');
  return `${scope.context}/${scope.resource}.${scope.verbs}${query && `?${query}`}`;
}

/** Is this a scope on FHIR data? The standard API's resources are lower case: `user/patient.rs`. */
export const isFhirScope = (scope: ResourceScope | OperationScope): boolean => /^[A-Z*]/.test(scope.resource);

/** The words of a `scope` parameter, each once, in the order given. */
export const scopeWords = (text: string | undefined): string[] => [...new Set((text ?? '').split(/\s+/).filter(Boolean))];
