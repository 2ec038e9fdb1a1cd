import { INVARIANTS } from '../generated/invariants';
import type { Invariant } from '../validation/invariant';
import { LOCAL_REFERENCE } from '../validation/contained-check';
import { target } from '../validation/profile-checks';
import { checkExtension } from '../validation/profile-registry';
import { checkConceptBinding } from './concept-binding-check';
import { checkItems, type ElementCheck } from './element-check';
import { baseOf, type ElementRule, elementRules } from './element-rules';
import { checkObject, type Member, type ObjectType } from './object-check';
import { companionItemsCheck, narrativeCheck, primitiveCheck, primitiveItemsCheck } from './primitive-check';
import { PRIMITIVE_TYPES, type PrimitiveType } from './primitive-types';
import { codesOfValueSet } from './required-codes';
import { isResourceType } from './resource-types';
import type { ValidationTrail } from './validation-trail';

/** Checks a value that may be a resource of any type. */
export type ResourceCheck = (value: unknown, trail: ValidationTrail, isContained: boolean) => void;

type ValueCheck = (value: unknown, trail: ValidationTrail) => void;

/** Compiles types when they are first met: of some 700 a server meets a few dozen. */
export class ObjectTypes {
  private readonly compiled = new Map<string, ObjectType>();

  constructor(private readonly checkResource: ResourceCheck) {}

  /** The compiled type. Throws on a name that is no complex type of R4. */
  get(name: string): ObjectType {
    let type = this.compiled.get(name);
    if (type === undefined) {
      type = this.compile(name);
      this.compiled.set(name, type);
    }
    return type;
  }

  private compile(name: string): ObjectType {
    const rules = elementRules(name);
    const members = new Map<string, Member>(rules.flatMap((rule) => this.membersOf(rule, name)));
    if (isResourceType(name)) members.set('resourceType', { element: 'resourceType', check: () => undefined, choice: undefined });
    const required = rules.filter((rule) => rule.required);
    const invariants = invariantsOf(name);
    return {
      name,
      members,
      required: required.filter((rule) => !rule.choice).map((rule) => ({ element: rule.name, companion: companionName(rule, members) })),
      needsMoreThanId: name !== 'Element',
      invariants: invariants.filter((one) => one.severity === 'error'),
      advice: invariants.filter((one) => one.severity !== 'error'),
      requiredChoices: [...new Set(required.flatMap((rule) => rule.choice ?? []))],
    };
  }

  private membersOf(rule: ElementRule, owner: string): [string, Member][] {
    const { name: element, choice } = rule;
    const primitive = PRIMITIVE_TYPES.get(rule.type);
    const own = rule.type === `${owner}.${element}` ? [] : (INVARIANTS[`${owner}.${element}`] ?? []);
    if (!primitive) return [[element, { element, choice, check: this.complexCheck(rule, own) }]];
    const value: [string, Member] = [element, { element, choice, check: primitiveElementCheck(rule, primitive, own) }];
    if (!hasCompanion(rule, owner)) return [value];
    return [value, [`_${element}`, { element, choice, check: this.companionCheck(rule) }]];
  }

  private complexCheck(rule: ElementRule, own: readonly Invariant[]): ElementCheck {
    const check = holding(own, rule.type === 'Resource' ? this.resourceCheck(rule) : this.objectCheck(rule));
    return rule.many ? (value, trail) => checkItems(value, trail, (item) => check(item, trail)) : check;
  }

  private resourceCheck({ name }: ElementRule): ValueCheck {
    return (value, trail) => this.checkResource(value, trail, name === 'contained');
  }

  private objectCheck({ type: name, valueSet, targets }: ElementRule): ValueCheck {
    let type: ObjectType | undefined;
    const check: ValueCheck = (value, trail) => {
      type ??= this.get(name);
      checkObject(value, type, trail);
    };
    if (name === 'Extension') return thenExtension(check);
    if (name === 'Reference' && targets !== undefined) return thenTarget(check, targets);
    if (valueSet === undefined || name !== 'CodeableConcept') return check;
    return (value, trail) => {
      check(value, trail);
      checkConceptBinding(value, valueSet, trail);
    };
  }

  private companionCheck(rule: ElementRule): ElementCheck {
    const check = this.objectCheck({ ...rule, type: 'Element' });
    return rule.many ? companionItemsCheck(rule.name, check) : check;
  }
}

function thenTarget(check: ValueCheck, targets: readonly string[]): ValueCheck {
  return (value, trail) => {
    check(value, trail);
    target(value, trail, targets);
  };
}

/** Where an extension is sound as such, its own definition is next. */
function thenExtension(check: ValueCheck): ValueCheck {
  return (value, trail) => {
    const before = trail.issues.length;
    check(value, trail);
    if (trail.issues.length === before) checkExtension(value, trail);
  };
}

/** The rules of a type and of those it builds on. */
function invariantsOf(type: string): readonly Invariant[] {
  const base = baseOf(type);
  const compiled = (Object.hasOwn(INVARIANTS, type) ? INVARIANTS[type] : undefined) ?? [];
  const own = type === 'Reference' ? [...compiled, LOCAL_REFERENCE] : compiled;
  return base === undefined ? own : [...invariantsOf(base), ...own];
}

/** A check, and the rules that an element has beyond those of its type. */
function holding(own: readonly Invariant[], check: ValueCheck): ValueCheck {
  const [rules, advice] = [own.filter((one) => one.severity === 'error'), own.filter((one) => one.severity !== 'error')];
  if (own.length === 0) return check;
  return (value, trail) => {
    const before = trail.issues.length;
    check(value, trail);
    if (trail.issues.length === before) trail.hold(rules, value);
    if (trail.isThorough) trail.hold(advice, value);
  };
}

function primitiveElementCheck(rule: ElementRule, primitive: PrimitiveType, own: readonly Invariant[]): ElementCheck {
  const basic = rule.type === 'xhtml' ? narrativeCheck : primitiveCheck(primitive, rule.valueSet === undefined ? undefined : codesOfValueSet(rule.valueSet));
  const check = holding(own, basic);
  return rule.many ? primitiveItemsCheck(rule.name, check) : check;
}

/** What XML writes as an attribute, and XHTML, have neither id nor extensions, hence no companion (R4 §2.6.2.3). */
function hasCompanion(rule: ElementRule, owner: string): boolean {
  return rule.name !== 'id' && rule.type !== 'xhtml' && !(owner === 'Extension' && rule.name === 'url');
}

function companionName(rule: ElementRule, members: ReadonlyMap<string, Member>): string | undefined {
  return members.has(`_${rule.name}`) ? `_${rule.name}` : undefined;
}
