import type { ElementRule } from '../../definitions/element-rules';
import { cloneJson, isJsonObject, type JsonObject } from '../json-values';
import { PatchError } from '../patch-error';
import { isPrimitive, rulesNamed, rulesOf, type Member, writeMember } from './spot';

/** A value as `Parameters` hold it: of a type, or as parts where it is a backbone element or an extension. */
export type GivenValue = { type: string; value: unknown; companion: unknown } | { parts: GivenPart[] };

export interface GivenPart {
  name: string;
  value: GivenValue;
}

/** Reads `value[x]`, `resource` or `part` of a parameter. */
export function givenValue(parameter: JsonObject): GivenValue {
  for (const { name, type } of rulesOf('Parameters.parameter').filter(({ choice }) => choice === 'value[x]')) {
    const [value, companion] = [parameter[name], parameter[`_${name}`]];
    if (value !== undefined || companion !== undefined) return { type, value, companion };
  }
  if (isJsonObject(parameter.resource)) return { type: String(parameter.resource.resourceType), value: parameter.resource, companion: undefined };
  if (!Array.isArray(parameter.part)) throw new PatchError('document', 'value needs a value or parts.');
  return { parts: parameter.part.filter(isJsonObject).map((part) => ({ name: String(part.name), value: givenValue(part) })) };
}

/** The one rule of the element `name` of `type` that takes the value: of a choice, the one of its type. */
export function ruleFor(type: string, name: string, given: GivenValue): ElementRule {
  const rules = rulesNamed(type, name);
  const rule = rules.find((one) => takes(one, given));
  if (!rule) throw new PatchError('document', `${type}.${name} takes no ${'parts' in given ? 'parts' : given.type}.`);
  return rule;
}

/** A primitive of another name is judged by its content, once the patch is done; anything else by its type. */
function takes({ type, choice }: ElementRule, given: GivenValue): boolean {
  if ('parts' in given) return !isPrimitive(type) && type !== 'Resource';
  if (type === given.type) return true;
  if (type === 'Resource') return isJsonObject(given.value) && 'resourceType' in given.value;
  if (choice !== undefined) return false;
  return (isPrimitive(type) && isPrimitive(given.type)) || (QUANTITIES.has(type) && QUANTITIES.has(given.type));
}

const QUANTITIES = new Set(['Quantity', 'Age', 'Count', 'Distance', 'Duration', 'MoneyQuantity', 'SimpleQuantity']);

/** What stands at an element that `rule` describes: a value and, beside a primitive, its companion. */
export function content(rule: ElementRule, given: GivenValue): { value: unknown; companion: unknown } {
  if ('parts' in given) return { value: built(rule.type, given.parts), companion: undefined };
  return { value: cloneJson(given.value), companion: cloneJson(given.companion) };
}

function built(type: string, parts: readonly GivenPart[]): JsonObject {
  const object: JsonObject = {};
  const members = new Map<ElementRule, Member>();
  for (const { name, value } of parts) {
    const rule = ruleFor(type, name, value);
    const member = members.get(rule) ?? { values: [], companions: [] };
    if (member.values.length > 0 && !rule.many) throw new PatchError('document', `${type}.${rule.name} is given twice.`);
    members.set(rule, member);
    const one = content(rule, value);
    member.values.push(one.value);
    member.companions.push(one.companion);
  }
  for (const [rule, member] of members) writeMember(object, rule, member);
  return object;
}
