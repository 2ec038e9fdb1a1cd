import type { SaxesTagNS } from 'saxes';
import { isResourceType } from '../definitions/resource-types';
import type { FhirResource } from '../resource';
import { elementTable, type XmlRule } from './element-table';
import { lexicalValue } from './lexical-value';
import { MAX_DEPTH } from './limits';
import { FHIR, SCHEMA_INSTANCE, XMLNS } from './namespaces';
import { XhtmlCapture } from './xhtml-capture';
import { XmlSyntaxError } from './xml-syntax-error';

type Members = Record<string, unknown>;

/** An element that is open. */
interface Frame {
  /** Its type; that of the companion (`Element`) for a primitive. */
  type: string;
  path: string;
  members: Members;
  /** The element in its owner; absent for a resource. */
  rule?: XmlRule;
  /** Of a primitive. */
  value?: ReturnType<typeof lexicalValue>;
  /** How often each repeating element has come. */
  counts: Map<string, number>;
}

/** Puts a resource together from the tags of its XML form, element by element: what does not belong fails where it comes. */
export class ResourceBuilder {
  private readonly frames: Frame[] = [];
  private narrative?: XhtmlCapture;
  private made?: FhirResource;
  private tagStart = 0;

  constructor(private readonly source: string) {}

  resource(): FhirResource {
    if (!this.made) throw new XmlSyntaxError('A resource was expected.');
    return this.made;
  }

  begin(at: number): void {
    this.tagStart = at;
  }

  open(tag: SaxesTagNS): void {
    if (this.narrative) return this.narrative.open(tag);
    const parent = this.frames.at(-1);
    if (this.frames.length === MAX_DEPTH) throw new XmlSyntaxError(`Nested deeper than ${MAX_DEPTH}.`, parent!.path);
    if (!parent || parent.rule?.form === 'resource') return this.openResource(tag, parent);
    const rule = childRule(parent, tag);
    const path = `${parent.path}.${rule.name}${rule.many ? `[${parent.counts.get(rule.name) ?? 0}]` : ''}`;
    if (!rule.many && parent.counts.has(rule.name)) throw new XmlSyntaxError('This element can be given once.', path);
    parent.counts.set(rule.name, (parent.counts.get(rule.name) ?? 0) + 1);
    if (rule.form === 'xhtml') this.narrative = new XhtmlCapture(tag, this.tagStart, path);
    else this.frames.push(elementFrame(rule, path, tag));
  }

  text(text: string): void {
    if (this.narrative) return this.narrative.text(text);
    if (/\S/.test(text)) throw new XmlSyntaxError('Text is not allowed here: values are attributes.', this.frames.at(-1)?.path);
  }

  close(tag: SaxesTagNS, end: number): void {
    if (this.narrative) {
      if (this.narrative.close(tag)) this.endNarrative(end);
      return;
    }
    const frame = this.frames.pop()!;
    const parent = this.frames.at(-1);
    if (frame.rule) place(parent!, frame);
    else if (parent) parent.members.resource = frame.members;
    else this.made = frame.members as FhirResource;
  }

  private openResource(tag: SaxesTagNS, parent: Frame | undefined): void {
    const path = parent?.path ?? 'Resource';
    if (tag.uri !== FHIR || !isResourceType(tag.local)) throw new XmlSyntaxError(`A resource of FHIR R4 in the namespace ${FHIR} was expected.`, path);
    if (parent?.members.resource) throw new XmlSyntaxError('One resource was expected.', path);
    attributes(tag, path, []);
    this.frames.push({ type: tag.local, path: parent?.path ?? tag.local, members: { resourceType: tag.local }, counts: new Map() });
  }

  private endNarrative(end: number): void {
    this.frames.at(-1)!.members.div = this.narrative!.markup(this.source, end);
    delete this.narrative;
  }
}

function childRule(parent: Frame, { uri, local }: SaxesTagNS): XmlRule {
  const rule = elementTable(parent.type).byName.get(local);
  const known = rule && rule.form !== 'attribute' && (rule.form === 'xhtml' || uri === FHIR);
  // A name is repeated only if it looks like one: what a client sends as a name may be anything.
  if (!known) throw new XmlSyntaxError(`${/^\w{1,64}$/.test(local) && uri === FHIR ? local : 'This'} is not an element of ${parent.rule?.form === 'primitive' ? parent.rule.type : parent.type}.`, parent.path);
  return rule;
}

function elementFrame(rule: XmlRule, path: string, tag: SaxesTagNS): Frame {
  const isPrimitive = rule.form === 'primitive';
  const frame: Frame = { type: isPrimitive ? 'Element' : rule.type, path, members: {}, rule, counts: new Map() };
  const allowed = isPrimitive ? ['id', 'value'] : rule.form === 'resource' ? [] : rule.type === 'Extension' ? ['id', 'url'] : ['id'];
  const { value, ...given } = attributes(tag, path, allowed);
  Object.assign(frame.members, given);
  if (value !== undefined) {
    frame.value = lexicalValue(value, rule.type);
    if (frame.value === undefined) throw new XmlSyntaxError(`Expected a value of type ${rule.type}.`, path);
  }
  return frame;
}

/** Attributes of no namespace; declarations, and a hint where a schema may be found, mean nothing. */
function attributes(tag: SaxesTagNS, path: string, allowed: readonly string[]): Record<string, string> {
  const given: Record<string, string> = {};
  for (const { uri, local, value } of Object.values(tag.attributes)) {
    if (uri === XMLNS || uri === SCHEMA_INSTANCE) continue;
    if (uri !== '' || !allowed.includes(local)) throw new XmlSyntaxError(`An attribute is not allowed here${allowed.length > 0 ? `, but for ${allowed.join(', ')}` : ''}.`, path);
    given[local] = value;
  }
  return given;
}

/** Puts a finished element into its owner: JSON parts a primitive into its value and what else there is of it. */
function place(owner: Frame, frame: Frame): void {
  const rule = frame.rule!;
  const isEmpty = Object.keys(frame.members).length === 0;
  if (isEmpty && frame.value === undefined) throw new XmlSyntaxError('An element must have a value or elements of its own.', frame.path);
  if (rule.form === 'resource') return put(owner, rule, rule.name, frame.members.resource);
  if (rule.form === 'complex') return put(owner, rule, rule.name, frame.members);
  put(owner, rule, rule.name, frame.value);
  put(owner, rule, `_${rule.name}`, isEmpty ? undefined : frame.members);
}

/** In a list, a place without a value is null, unless none has one. */
function put({ members, counts }: Frame, rule: XmlRule, name: string, value: unknown): void {
  const list = members[name] as unknown[] | undefined;
  if (rule.many && list) list.push(value ?? null);
  else if (value !== undefined) members[name] = rule.many ? [...new Array<null>(counts.get(rule.name)! - 1).fill(null), value] : value;
}
