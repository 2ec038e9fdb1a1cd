import type { CodeSystemResource, ConceptDefinition } from '../terminology-resources';
import { type Concept, isAbstract, isInactive, propertyText } from './concept';

/** A code system made ready for questions: concepts by code, in their order, with parents and children. */
export class ConceptSystem {
  private readonly byCode = new Map<string, Concept>();

  constructor(readonly resource: CodeSystemResource) {
    this.add(resource.concept ?? []);
    for (const concept of this.byCode.values()) this.link(concept);
  }

  get url(): string {
    return this.resource.url ?? '';
  }

  /** All codes there are, and no others. */
  get complete(): boolean {
    return this.resource.content === 'complete';
  }

  concept(code: string): Concept | undefined {
    return this.byCode.get(this.keyOf(code));
  }

  concepts(): Iterable<Concept> {
    return this.byCode.values();
  }

  get size(): number {
    return this.byCode.size;
  }

  /** Unless the code system says that case matters not, it does. */
  private keyOf(code: string): string {
    return this.resource.caseSensitive === false ? code.toLowerCase() : code;
  }

  /** Depth first, as written; a loop rather than recursion, since what is stored may be deep. */
  private add(roots: readonly ConceptDefinition[]): void {
    const stack: { of: readonly ConceptDefinition[]; at: number; parent?: Concept }[] = [{ of: roots, at: 0 }];
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const definition = top.of[top.at++];
      if (!definition) stack.pop();
      else if (typeof definition.code === 'string') {
        const concept = this.enter(definition, definition.code);
        if (top.parent) relate(top.parent, concept);
        if (definition.concept) stack.push({ of: definition.concept, at: 0, parent: concept });
      }
    }
  }

  /** A code that is defined again lends its place, not its content. */
  private enter({ display, definition, designation = [], property = [] }: ConceptDefinition, code: string): Concept {
    const key = this.keyOf(code);
    const known = this.byCode.get(key);
    if (known) return known;
    const concept: Concept = { code, display, definition, designations: designation, properties: property, parents: new Set(), children: new Set(), abstract: isAbstract(property), inactive: isInactive(property) };
    this.byCode.set(key, concept);
    return concept;
  }

  /** Further parents and children are given as properties (R4 §4.8.10). */
  private link(concept: Concept): void {
    for (const property of concept.properties) {
      const other = (property.code === 'child' || property.code === 'parent') && this.concept(propertyText(property) ?? '');
      if (other) relate(...(property.code === 'child' ? [concept, other] as const : [other, concept] as const));
    }
  }
}

function relate(parent: Concept, child: Concept): void {
  if (parent === child) return;
  parent.children.add(child);
  child.parents.add(parent);
}

const compiled = new WeakMap<CodeSystemResource, ConceptSystem>();

/** The same resource is made ready once. */
export function conceptSystem(resource: CodeSystemResource): ConceptSystem {
  const known = compiled.get(resource) ?? new ConceptSystem(resource);
  compiled.set(resource, known);
  return known;
}
