import { type ElementRule, elementRules } from '../definitions/element-rules';
import { PRIMITIVE_TYPES } from '../definitions/primitive-types';
import { isResourceType } from '../definitions/resource-types';
import type { FhirResource } from '../resource';

/**
 * Given a reference, what it shall become; undefined leaves it as it is. `kind` tells a `Reference.reference` from
 * an element of type uri, which may be a temporary identity or as well a code system's URN.
 */
export type Rewrite = (reference: string, kind: 'reference' | 'uri') => string | undefined;

type Members = Record<string, unknown>;

/** The types that may hold the temporary identity of another entry of a transaction (R4 §3.1.0.11.2). */
const URI_TYPES: ReadonlySet<string> = new Set(['uri', 'url', 'canonical', 'oid', 'uuid']);
const TEMPORARY = /^urn:(?:uuid|oid):/;
/** `<a href="` and `<img src="` of a narrative (R4 §3.1.0.11.2): what stands before the URN, and the URN. */
const NARRATIVE_LINK = /(\s(?:href|src)\s*=\s*["'])(urn:(?:uuid|oid):[^"']+)/g;

const rulesByType = new Map<string, ReadonlyMap<string, ElementRule>>();

/**
 * Changes the references of a resource in place, at any depth, contained and nested resources included:
 * every `Reference.reference`, and those elements of type uri, url, canonical, oid or uuid and links of narratives
 * that hold a `urn:uuid:` or `urn:oid:`. Strings stay: an identifier's value may be a URN in its own right.
 */
export function rewriteReferences(resource: FhirResource, rewrite: Rewrite): void {
  rewriteObject(resource, 'Resource', rewrite);
}

/** Every `Reference.reference` of a resource, at any depth, in document order. */
export function referencesIn(resource: FhirResource): string[] {
  const found: string[] = [];
  rewriteReferences(resource, (reference, kind) => {
    if (kind === 'reference') found.push(reference);
    return undefined;
  });
  return found;
}

function rewriteObject(value: unknown, declared: string, rewrite: Rewrite): void {
  if (!isObject(value)) return;
  const type = declared === 'Resource' ? value.resourceType : declared;
  if (typeof type !== 'string' || (declared === 'Resource' && !isResourceType(type))) return;
  const rules = rulesOf(type);
  for (const name of Object.keys(value)) {
    const rule = rules.get(name);
    if (rule) rewriteMember(value, rule, type, rewrite);
    else if (name.startsWith('_')) rewriteItems(value[name], 'Element', rewrite);
  }
}

function rewriteMember(owner: Members, rule: ElementRule, ownerType: string, rewrite: Rewrite): void {
  const value = owner[rule.name];
  if (ownerType === 'Reference' && rule.name === 'reference') rewriteString(owner, rule.name, 'reference', rewrite);
  else if (rule.type === 'xhtml') rewriteNarrative(owner, rule.name, rewrite);
  else if (!PRIMITIVE_TYPES.has(rule.type)) rewriteItems(value, rule.type, rewrite);
  else if (!URI_TYPES.has(rule.type)) return;
  else if (Array.isArray(value)) for (const index of value.keys()) rewriteTemporary(value as unknown as Members, String(index), rewrite);
  else rewriteTemporary(owner, rule.name, rewrite);
}

function rewriteItems(value: unknown, type: string, rewrite: Rewrite): void {
  if (Array.isArray(value)) for (const item of value) rewriteObject(item, type, rewrite);
  else rewriteObject(value, type, rewrite);
}

function rewriteTemporary(owner: Members, name: string, rewrite: Rewrite): void {
  const value = owner[name];
  if (typeof value === 'string' && TEMPORARY.test(value)) rewriteString(owner, name, 'uri', rewrite);
}

function rewriteNarrative(owner: Members, name: string, rewrite: Rewrite): void {
  const value = owner[name];
  if (typeof value !== 'string' || !value.includes('urn:')) return;
  owner[name] = value.replace(NARRATIVE_LINK, (link, before: string, urn: string) => {
    const changed = rewrite(urn, 'uri');
    return changed === undefined ? link : before + changed;
  });
}

function rewriteString(owner: Members, name: string, kind: 'reference' | 'uri', rewrite: Rewrite): void {
  const value = owner[name];
  const changed = typeof value === 'string' ? rewrite(value, kind) : undefined;
  if (changed !== undefined) owner[name] = changed;
}

function rulesOf(type: string): ReadonlyMap<string, ElementRule> {
  let rules = rulesByType.get(type);
  if (rules === undefined) {
    rules = new Map(elementRules(type).map((rule) => [rule.name, rule]));
    rulesByType.set(type, rules);
  }
  return rules;
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
