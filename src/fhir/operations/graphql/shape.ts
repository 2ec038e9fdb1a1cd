import type { DocumentNode, OperationDefinitionNode, SelectionSetNode } from 'graphql';
import { fieldsOf, type Fragments, fragmentsOf } from './selection';

type Data = Record<string, unknown>;

/** The fields of one level that answer under the same name, and what is asked of them. */
interface Shape {
  directives: ReadonlySet<string>;
  below: readonly SelectionSetNode[];
}

/** Carries out @flatten, @first and @singleton on what a query came to (R4 §3.1.7.4). */
export function shaped(document: DocumentNode, operation: OperationDefinitionNode, data: Data): Data {
  return new Shaping(fragmentsOf(document)).object([operation.selectionSet], data, false);
}

/** Whether a document asks for it at all. */
export const usesDirective = (document: DocumentNode, name: string): boolean => document.loc !== undefined && new RegExp(`@${name}\\b`).test(document.loc.source.body);

class Shaping {
  constructor(private readonly fragments: Fragments) {}

  /** `inList`: it is one of several that are made one, so what it holds is collected in lists. */
  object(sets: readonly SelectionSetNode[], data: Data, inList: boolean): Data {
    const shapes = this.shapesOf(sets);
    const result: Data = {};
    for (const [name, value] of Object.entries(data)) {
      const { directives, below } = shapes.get(name) ?? { directives: new Set<string>(), below: [] };
      const chosen = directives.has('first') && Array.isArray(value) ? value[0] : value;
      if (directives.has('flatten') && below.length > 0) merge(result, this.flattened(below, chosen, inList));
      else collect(result, name, this.value(below, chosen), inList && !directives.has('singleton'));
    }
    return result;
  }

  private value(below: readonly SelectionSetNode[], value: unknown): unknown {
    if (Array.isArray(value)) return value.map((one) => this.value(below, one));
    return isObject(value) && below.length > 0 ? this.object(below, value, false) : value;
  }

  private flattened(below: readonly SelectionSetNode[], value: unknown, inList: boolean): Data {
    const result: Data = {};
    const several = inList || Array.isArray(value);
    for (const one of Array.isArray(value) ? value : [value]) if (isObject(one)) merge(result, this.object(below, one, several));
    return result;
  }

  private shapesOf(sets: readonly SelectionSetNode[]): ReadonlyMap<string, Shape> {
    const shapes = new Map<string, Shape>();
    for (const field of sets.flatMap((set) => fieldsOf(set, this.fragments))) {
      const name = field.alias?.value ?? field.name.value;
      const known = shapes.get(name);
      const directives = new Set([...(known?.directives ?? []), ...(field.directives ?? []).map((one) => one.name.value)]);
      shapes.set(name, { directives, below: [...(known?.below ?? []), ...(field.selectionSet ? [field.selectionSet] : [])] });
    }
    return shapes;
  }
}

const isObject = (value: unknown): value is Data => typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === null;

/** What is not there adds nothing to a list. */
function collect(result: Data, name: string, value: unknown, asList: boolean): void {
  if (!asList) {
    result[name] = value;
    return;
  }
  const before = (result[name] as unknown[] | undefined) ?? [];
  result[name] = value === null || value === undefined ? before : [...before, ...(Array.isArray(value) ? value : [value])];
}

function merge(result: Data, more: Data): void {
  for (const [name, value] of Object.entries(more)) result[name] = Array.isArray(value) && Array.isArray(result[name]) ? [...(result[name] as unknown[]), ...value] : value;
}
