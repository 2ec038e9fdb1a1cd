import { type FhirResource, extractIndexEntries, parseJson, patientsOf, searchParameter } from '#libs/fhir';
import { type Access, type AccessRule, forbidden, rulesFor, type Verb } from '../../kernel';
import { isLive, type Item } from './change';

// The access predicate for a write: what is stored must be reachable, and what would be stored must be too, so that a
// write can neither touch nor create what the caller could not.

/** Does the caller reach what is stored now, if anything is? Throws `forbidden` where the token allows no such write at all. */
export function reachesCurrent(access: Access, verb: Verb, { type, current }: Item): boolean {
  const rules = rulesFor(access, type, verb);
  if (rules.length === 0) throw forbidden(`The token does not allow ${VERBS[verb]} ${type}.`);
  return !isLive(current) || (reachesStored(rules, current.body) && (!current.sensitive || access.seesSensitive));
}

export function authoriseContent(access: Access, verb: Verb, { type, id }: Item, resource: FhirResource): void {
  if (reaches(rulesFor(access, type, verb), { ...resource, id })) return;
  throw forbidden(`The token does not allow ${VERBS[verb]} this ${type}: it lies outside the granted patient or scope.`);
}

/** May the caller be shown this stored content? A write needs no right to read. */
export function mayRead(access: Access, type: string, body: Buffer): boolean {
  const rules = rulesFor(access, type, 'r');
  return rules.length > 0 && body.length > 0 && reachesStored(rules, body);
}

const VERBS: Record<Verb, string> = { c: 'creating', r: 'reading', u: 'updating', d: 'deleting', s: 'searching' };

export function reaches(rules: readonly AccessRule[], resource: FhirResource): boolean {
  return rules.some((rule) => withinPatient(rule, resource) && matchesFilter(rule, resource));
}

/** Only a rule with conditions needs to look inside. */
function reachesStored(rules: readonly AccessRule[], body: Buffer): boolean {
  return rules.some((rule) => !rule.patient && !rule.filter) || reaches(rules, parseJson(body.toString()) as FhirResource);
}

/** A rule confined to one patient reaches what is that patient’s and nobody else’s. */
function withinPatient(rule: AccessRule, resource: FhirResource): boolean {
  if (!rule.patient) return true;
  const patients = patientsOf(resource);
  return patients.length === 1 && patients[0] === rule.patient;
}

/** Whether the content fits the restriction of a granular scope. */
export function matchesFilter(rule: AccessRule, resource: FhirResource): boolean {
  if (!rule.filter) return true;
  const entries = extractIndexEntries(resource);
  return rule.filter.every(([name, value]) => {
    if (name === '_id') return resource.id === value;
    const parameter = searchParameter(resource.resourceType, name);
    const [system, code] = value.includes('|') ? (value.split('|') as [string, string]) : [undefined, value];
    return entries.token.some((token) => token.param === parameter?.id && token.code === code && (system === undefined || token.system === system));
  });
}
