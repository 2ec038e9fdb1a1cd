import { isResourceType } from '../definitions/resource-types';
import type { FhirResource } from '../resource';
import { elementTable, type XmlRule } from './element-table';
import { escapeXml } from './escape-xml';
import { FHIR } from './namespaces';
import { narrativeMarkup } from './narrative';

export interface XmlLayout {
  pretty?: boolean;
}

type Members = Readonly<Record<string, unknown>>;

/** A resource in its XML form (R4 §2.6.1). Decimals keep the literal they were read with. */
export function writeXml(resource: FhirResource, layout: XmlLayout = {}): string {
  const writer = new XmlWriter(layout.pretty ?? false);
  writer.resource(resource, ` xmlns="${FHIR}"`);
  return `<?xml version="1.0" encoding="UTF-8"?>${writer.text}${layout.pretty ? '\n' : ''}`;
}

class XmlWriter {
  private readonly parts: string[] = [];
  private depth = 0;

  constructor(private readonly pretty: boolean) {}

  get text(): string {
    return this.parts.join('');
  }

  resource(value: unknown, attributes = ''): void {
    const resource = members(value);
    const type = resource.resourceType;
    if (!isResourceType(type)) throw new Error('A resource of an unknown type cannot be written as XML.');
    this.element(type, attributes, () => this.elements(resource, type));
  }

  /** Elements come in the order of the specification, whatever the order of the members. */
  private elements(owner: Members, type: string): void {
    for (const rule of elementTable(type).rules) {
      if (rule.form === 'attribute') continue;
      const value = owner[rule.name];
      if (rule.form === 'primitive') this.primitives(rule, value, owner[`_${rule.name}`]);
      else if (value !== undefined && value !== null) for (const item of items(value)) this.one(rule, item);
    }
  }

  private one(rule: XmlRule, value: unknown): void {
    if (rule.form === 'xhtml') return this.line(narrativeMarkup(String(value)));
    if (rule.form === 'resource') return this.element(rule.name, '', () => this.resource(value));
    const object = members(value);
    this.element(rule.name, attributesOf(object, rule.type), () => this.elements(object, rule.type));
  }

  /** A value and what JSON keeps beside it: `given` and `_given`, place by place. */
  private primitives(rule: XmlRule, value: unknown, companion: unknown): void {
    const [values, companions] = [items(value ?? []), items(companion ?? [])];
    for (let index = 0; index < Math.max(values.length, companions.length); index++) this.primitive(rule.name, values[index], members(companions[index]));
  }

  private primitive(name: string, value: unknown, companion: Members): void {
    const attribute = value === undefined || value === null ? '' : ` value="${escapeXml(String(value))}"`;
    this.element(name, attributesOf(companion, 'Element') + attribute, () => this.elements(companion, 'Element'));
  }

  private element(name: string, attributes: string, content: () => void): void {
    this.line(`<${name}${attributes}`);
    const end = this.parts.push('>');
    this.depth += 1;
    content();
    this.depth -= 1;
    if (this.parts.length === end) this.parts[end - 1] = '/>';
    else this.line(`</${name}>`);
  }

  private line(markup: string): void {
    this.parts.push(this.pretty ? `\n${'  '.repeat(this.depth)}${markup}` : markup);
  }
}

function attributesOf(object: Members, type: string): string {
  const id = typeof object.id === 'string' ? ` id="${escapeXml(object.id)}"` : '';
  const url = type === 'Extension' && typeof object.url === 'string' ? ` url="${escapeXml(object.url)}"` : '';
  return id + url;
}

const items = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

const members = (value: unknown): Members => (typeof value === 'object' && value !== null ? (value as Members) : {});
