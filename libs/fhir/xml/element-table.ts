import { type ElementRule, elementRules } from '../definitions/element-rules';
import { PRIMITIVE_TYPES } from '../definitions/primitive-types';
import { isResourceType } from '../definitions/resource-types';

/** How XML writes an element: what JSON has as one kind of member stands in four ways (R4 §2.6.1). */
export type XmlForm = 'attribute' | 'primitive' | 'xhtml' | 'resource' | 'complex';

export interface XmlRule extends ElementRule {
  form: XmlForm;
}

export interface ElementTable {
  /** In the order in which XML has them. */
  rules: readonly XmlRule[];
  byName: ReadonlyMap<string, XmlRule>;
}

const tables = new Map<string, ElementTable>();

/** The elements of a type as XML has them. Throws on an unknown type. */
export function elementTable(type: string): ElementTable {
  let table = tables.get(type);
  if (!table) {
    const rules = elementRules(type).map((rule): XmlRule => ({ ...rule, form: formOf(rule, type) }));
    table = { rules, byName: new Map(rules.map((rule) => [rule.name, rule])) };
    tables.set(type, table);
  }
  return table;
}

function formOf(rule: ElementRule, owner: string): XmlForm {
  // The id of a resource is an element, that of anything else an attribute.
  if (rule.name === 'id' && !isResourceType(owner)) return 'attribute';
  if (rule.name === 'url' && owner === 'Extension') return 'attribute';
  if (rule.type === 'xhtml') return 'xhtml';
  if (rule.type === 'Resource') return 'resource';
  return PRIMITIVE_TYPES.has(rule.type) ? 'primitive' : 'complex';
}
