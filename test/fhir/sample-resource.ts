import { codesBySystem, type ElementRule, elementRules, type FhirResource } from '#libs/fhir';
import { AMENDMENTS } from './sample-amendments';

const PRIMITIVES: Record<string, unknown> = {
  string: 'text', markdown: 'text', uri: 'http://example.org/a', url: 'http://example.org/a', canonical: 'http://example.org/a', oid: 'urn:oid:1.2.3', uuid: 'urn:uuid:c757873d-ec9a-4326-a141-556f43239520',
  id: 'a', code: 'a', boolean: true, integer: 1, positiveInt: 1, unsignedInt: 1, decimal: 1.5, base64Binary: 'AQID',
  date: '2024-01-02', dateTime: '2024-01-02T03:04:05Z', instant: '2024-01-02T03:04:05Z', time: '03:04:05', xhtml: '<div xmlns="http://www.w3.org/1999/xhtml">text</div>',
};

/** A valid resource with nothing but what R4 requires. */
export const smallest = (type: string): FhirResource => ({ resourceType: type, ...members(type, (rule) => rule.required) });

/** A valid resource with every element of its own, each filled with what its type requires. */
export const fullest = (type: string): FhirResource => ({ resourceType: type, ...members(type, (rule) => rule.required || !NOT_OURS.has(rule.name)) });

/** Kept by the server, or able to hold anything. */
const NOT_OURS = new Set(['id', 'meta', 'implicitRules', 'contained', 'extension', 'modifierExtension', 'text']);

function members(type: string, wanted: (rule: ElementRule) => boolean): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  const chosen = new Set<string>();
  for (const rule of elementRules(type)) {
    if (!wanted(rule) || (rule.choice && chosen.has(rule.choice))) continue;
    if (rule.choice) chosen.add(rule.choice);
    const value = sample(rule, type);
    result[rule.name] = rule.many ? [value] : value;
  }
  return amended(result, type);
}

/** Without the members that the amendments leave out. */
function amended(members: Record<string, unknown>, type: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries({ ...members, ...AMENDMENTS[type] }).filter(([, value]) => value !== undefined));
}

function sample(rule: ElementRule, owner: string): unknown {
  if (rule.type === 'Resource') return { resourceType: 'Basic', code: { text: 'nested' } };
  if (rule.valueSet) return bound(rule.type, rule.valueSet);
  if (rule.type in PRIMITIVES) return PRIMITIVES[rule.type];
  if (rule.type === 'Reference') return { reference: `${rule.targets?.[0] ?? 'Basic'}/1` };
  const required = { ...members(rule.type, (inner) => inner.required), ...AMENDMENTS[`${owner}.${rule.name}`] };
  return Object.keys(required).length > 0 ? required : filler(rule.type);
}

/** A code of the value set, in the form of the element's type. */
function bound(type: string, valueSet: string): unknown {
  const [system, codes] = [...codesBySystem(valueSet)][0]!;
  const code = [...codes][0]!;
  if (type === 'CodeableConcept') return { coding: [{ system, code }] };
  return type === 'Coding' ? { system, code } : code;
}

/** FHIR knows no empty elements: the first simple one will do. */
function filler(type: string): Record<string, unknown> {
  const rule = elementRules(type).find((one) => one.type in PRIMITIVES && one.name !== 'id') ?? elementRules(type).find((one) => one.name !== 'id' && !NOT_OURS.has(one.name))!;
  const value = sample(rule, type);
  return { [rule.name]: rule.many ? [value] : value };
}
