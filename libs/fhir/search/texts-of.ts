import { type ElementRule, elementRules } from '../definitions/element-rules';
import { PRIMITIVE_TYPES } from '../definitions/primitive-types';
import { isResourceType } from '../definitions/resource-types';
import type { FhirResource } from '../resource';
import type { IndexEntries } from './index-entries';
import { isElement } from './navigate';
import { searchParameterId } from './parameter-id';

/** Elements of these types are read by people; codes, ids, URIs and numbers are not. */
const TEXT_TYPES: ReadonlySet<string> = new Set(['string', 'markdown', 'xhtml']);

/** What is read of one resource at most, in characters. */
const MOST = 16_000;

/**
 * The narrative for `_text` and all other text of a resource, contained ones included, for `_content`
 * (R4 §3.1.1.4.15), each as one entry.
 */
export function addTexts(resource: FhirResource, out: IndexEntries): void {
  const { resourceType: type } = resource;
  if (!isResourceType(type)) return;
  const narrative = isElement(resource.text) ? resource.text.div : undefined;
  if (typeof narrative === 'string') out.text.push({ param: searchParameterId(type, '_text'), value: plainText(narrative.slice(0, 4 * MOST)).slice(0, MOST) });
  const texts = new Texts();
  texts.read(resource, type, true);
  if (texts.found.length > 0) out.text.push({ param: searchParameterId(type, '_content'), value: texts.found.join('\n').slice(0, MOST) });
}

class Texts {
  readonly found: string[] = [];
  private length = 0;

  read(value: unknown, declared: string, isRoot = false): void {
    const type = isElement(value) ? typeOf(value, declared) : undefined;
    if (this.length > MOST || !type) return;
    for (const rule of textRules(type)) {
      const member = (value as Record<string, unknown>)[rule.name];
      if (isRoot && rule.type === 'Narrative') continue;
      for (const one of Array.isArray(member) ? member : [member]) this.take(one, rule.type);
    }
  }

  private take(value: unknown, type: string): void {
    if (!TEXT_TYPES.has(type)) this.read(value, type);
    else if (typeof value === 'string') {
      const text = type === 'xhtml' ? plainText(value.slice(0, 4 * MOST)) : value.slice(0, MOST);
      this.length += text.length;
      this.found.push(text);
    }
  }
}

/** A resource within a resource says itself what it is. */
function typeOf(value: Readonly<Record<string, unknown>>, declared: string): string | undefined {
  if (declared !== 'Resource') return declared;
  return isResourceType(value.resourceType) ? value.resourceType : undefined;
}

const rulesByType = new Map<string, ElementRule[]>();

/** The elements that are text or may hold some. */
function textRules(type: string): ElementRule[] {
  let rules = rulesByType.get(type);
  if (!rules) {
    rules = elementRules(type).filter((rule) => rule.name !== 'id' && (TEXT_TYPES.has(rule.type) || !PRIMITIVE_TYPES.has(rule.type)));
    rulesByType.set(type, rules);
  }
  return rules;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** XHTML without its tags; a tag parts words. */
function plainText(xhtml: string): string {
  return xhtml.replace(/<[^>]*>/g, ' ').replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{1,8}));/gi, (_, decimal?: string, hex?: string, named?: string) => {
    if (named !== undefined) return ENTITIES[named] ?? ' ';
    const point = decimal === undefined ? Number.parseInt(hex!, 16) : Number(decimal);
    return point <= 0x10ffff ? String.fromCodePoint(point) : ' ';
  });
}
