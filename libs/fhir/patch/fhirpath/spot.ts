import { type ElementRule, elementRules } from '../../definitions/element-rules';
import { PRIMITIVE_TYPES } from '../../definitions/primitive-types';
import { isJsonObject, type JsonObject } from '../json-values';
import { PatchError } from '../patch-error';

/** A value that a path led to and, where it stands in the resource, its place there. */
export interface Spot {
  /** FHIR type: `Patient`, `Patient.contact`, `HumanName`, `date`. Of a literal: string, number or boolean. */
  type: string;
  /** Undefined for a primitive that has extensions and no value. */
  value: unknown;
  site?: Site;
}

/** Where a spot stands: an element of its owner and, if that is a list, which item. */
export interface Site {
  owner: Spot;
  rule: ElementRule;
  index?: number;
}

export const isPrimitive = (type: string): boolean => PRIMITIVE_TYPES.has(type);

const known = new Map<string, ElementRule[]>();

/** The elements of a type. What a primitive has besides its value is what every Element has. */
export function rulesOf(type: string): readonly ElementRule[] {
  const name = isPrimitive(type) ? 'Element' : type;
  const rules = known.get(name) ?? elementRules(name);
  known.set(name, rules);
  return rules;
}

/** The rules an element's name stands for: several for a choice (`value`). Throws where the type has no such element. */
export function rulesNamed(type: string, name: string): ElementRule[] {
  const rules = rulesOf(type).filter((rule) => rule.name === name || rule.choice === `${name}[x]`);
  if (rules.length === 0) throw new PatchError('document', `${type} has no element ${/^\w{1,64}$/.test(name) ? name : 'of this name'}.`);
  return rules;
}

/** The elements `name` of a spot, those that are there. */
export function childSpots(owner: Spot, name: string): Spot[] {
  const holder = membersOf(owner);
  const rules = rulesNamed(owner.type, name);
  return holder ? rules.flatMap((rule) => spotsAt(owner, holder, rule)) : [];
}

function spotsAt(owner: Spot, holder: JsonObject, rule: ElementRule): Spot[] {
  const { values, companions } = readMember(holder, rule);
  return values.flatMap((value, index): Spot[] => {
    if (value === undefined && companions[index] === undefined) return [];
    const type = rule.type === 'Resource' && isJsonObject(value) ? String(value.resourceType) : rule.type;
    return [{ type, value, site: { owner, rule, ...(rule.many && { index }) } }];
  });
}

/** A member of an object as a list, whatever its cardinality; what is missing is undefined, on both sides. */
export interface Member {
  values: unknown[];
  /** What the primitives have besides their values (`_given`). */
  companions: unknown[];
}

export function readMember(holder: JsonObject, { name, many }: ElementRule): Member {
  const [values, companions] = [holder[name], holder[`_${name}`]].map((member) => (many ? asList(member) : [member]).map((item) => item ?? undefined)) as [unknown[], unknown[]];
  const length = Math.max(values.length, companions.length);
  return { values: filled(values, length), companions: filled(companions, length) };
}

const asList = (member: unknown): unknown[] => (Array.isArray(member) ? member : []);
const filled = (list: unknown[], length: number): unknown[] => Array.from({ length }, (_, index) => list[index]);

/** Writes a member back. Nothing at all: the member goes. */
export function writeMember(holder: JsonObject, { name, many }: ElementRule, { values, companions }: Member): void {
  put(holder, name, many, values);
  put(holder, `_${name}`, many, companions);
}

function put(holder: JsonObject, name: string, many: boolean, items: readonly unknown[]): void {
  if (items.every((item) => item === undefined)) delete holder[name];
  else holder[name] = many ? items.map((item) => item ?? null) : items[0];
}

/** The object that has the elements of a spot: of a primitive its companion, which `create` makes if there is none. */
export function membersOf(spot: Spot, create = false): JsonObject | undefined {
  if (isJsonObject(spot.value)) return spot.value;
  const { site } = spot;
  const holder = site && isPrimitive(spot.type) ? membersOf(site.owner, create) : undefined;
  if (!site || !holder) return undefined;
  const member = readMember(holder, site.rule);
  const at = site.index ?? 0;
  if (member.companions[at] === undefined && create) {
    member.companions[at] = {};
    writeMember(holder, site.rule, member);
  }
  return isJsonObject(member.companions[at]) ? member.companions[at] : undefined;
}
