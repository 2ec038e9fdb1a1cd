import { type FhirResource, extractIndexEntries, parseJson, patientsOf, searchParameter } from '#libs/fhir';
import { type Access, type AccessRule, forbidden, notFound, rulesFor, type Verb } from '../../kernel';
import { isLive, type Item } from './change';

/**
 * The access predicate for a write. What is stored must be reachable (else: not found), and what would be stored
 * must be too (else: forbidden), so that a write can neither touch nor create what the caller could not.
 */
export function authoriseWrite(access: Access, verb: Verb, item: Item): void {
  const rules = rulesFor(access, item.type, verb);
  if (rules.length === 0) throw forbidden(`The token does not allow ${VERBS[verb]} ${item.type}.`);
  if (isLive(item.current)) {
    if (!reachesStored(rules, item.current.body) || (item.current.sensitive && !access.seesSensitive)) throw notFound(`${item.type}/${item.id}`);
  }
  if (item.resource && !reaches(rules, { ...item.resource, id: item.id })) {
    throw forbidden(`The token does not allow ${VERBS[verb]} this ${item.type}: it lies outside the granted patient or scope.`);
  }
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

function matchesFilter(rule: AccessRule, resource: FhirResource): boolean {
  if (!rule.filter) return true;
  const entries = extractIndexEntries(resource);
  return rule.filter.every(([name, value]) => {
    if (name === '_id') return resource.id === value;
    const parameter = searchParameter(resource.resourceType, name);
    const [system, code] = value.includes('|') ? (value.split('|') as [string, string]) : [undefined, value];
    return entries.token.some((token) => token.param === parameter?.id && token.code === code && (system === undefined || token.system === system));
  });
}
