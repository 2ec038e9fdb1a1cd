import type { ElementDefinition, Fields } from './package';

/** A value in a resource; a primitive has its extensions beside it (json.html#primitive in R4). */
export interface Node {
  name: string;
  value: unknown;
  beside?: unknown;
}

/** Finds elements of a profile in resources by the id of their definition, slices included. */
export class Elements {
  private readonly byId: Map<string, ElementDefinition>;

  /** `values` tells how the value of an extension may be named. */
  constructor(
    private readonly all: readonly ElementDefinition[],
    private readonly values: (extension: string) => string[],
  ) {
    this.byId = new Map(all.map((element) => [element.id, element]));
  }

  at(resource: unknown, id: string): Node[] {
    let nodes: Node[] = [{ name: '', value: resource }];
    const segments = id.split('.');
    for (let depth = 1; depth < segments.length; depth++) {
      const [name, ...slice] = segments[depth]!.split(':');
      nodes = nodes.flatMap((node) => children(node, name!));
      if (slice.length > 0) nodes = nodes.filter((node) => this.isInSlice(node, segments.slice(0, depth + 1).join('.')));
    }
    const definition = this.byId.get(id);
    return definition ? nodes.filter(({ value }) => fits(definition, value)) : nodes;
  }

  /** What a slice or its parts say by a fixed value or a pattern (profiling.html#discriminator in R4). */
  private isInSlice(node: Node, id: string): boolean {
    const slice = this.byId.get(id);
    const [sliced] = id.split(/:(?=[^:]*$)/);
    const discriminators = this.byId.get(sliced!)?.slicing?.discriminator ?? this.discriminatorsAbove(id);
    if (!slice) return true;
    return discriminators.every(({ type, path }) => {
      if (type === 'type') return slice.type?.some(({ code }) => node.name.toLowerCase().endsWith(code.toLowerCase())) ?? true;
      if (path === 'url' && slice.type?.[0]?.profile) return slice.type[0].profile.some((url) => this.isExtension(node.value as Fields, url));
      const root = path === '$this' ? id : `${id}.${path}`;
      return this.saysAt(root).every(({ below, definition }) => reach(node, [...(path === '$this' ? [] : path.split('.')), ...below]).some(({ value }) => fits(definition, value)));
    });
  }

  private isExtension(extension: Fields, url: string): boolean {
    const allowed = this.values(url);
    const value = Object.keys(extension).find((name) => name.startsWith('value'));
    return extension.url === url.split('|')[0] && (value === undefined || allowed.length === 0 || allowed.includes(value));
  }

  private discriminatorsAbove(id: string): { type: string; path: string }[] {
    const path = this.byId.get(id)?.path;
    return this.all.find((element) => element.path === path && element.slicing)?.slicing?.discriminator ?? [];
  }

  private saysAt(root: string): { below: string[]; definition: ElementDefinition }[] {
    const own = this.byId.get(root);
    if (own && said(own) !== undefined) return [{ below: [], definition: own }];
    const within = this.all.filter(({ id }) => id.startsWith(`${root}.`)).filter((element) => said(element) !== undefined);
    return within.map((definition) => ({ below: definition.id.slice(root.length + 1).split('.').map((part) => part.split(':')[0]!), definition }));
  }

  /** Required codes of a slice that is told apart by its binding. */
  definition(id: string): ElementDefinition | undefined {
    return this.byId.get(id);
  }

  slicesOf(path: string): ElementDefinition[] {
    return this.all.filter((element) => element.path === path && element.sliceName);
  }

  under(id: string): ElementDefinition[] {
    return this.all.filter((element) => element.id === id || element.id.startsWith(`${id}.`));
  }
}

function reach(node: Node, names: readonly string[]): Node[] {
  return names.reduce<Node[]>((nodes, name) => nodes.flatMap((one) => children(one, name)), [node]);
}

function children({ value, beside }: Node, name: string): Node[] {
  if (name === 'extension' && typeof value !== 'object') return listed((beside as Fields)?.extension).map((one) => ({ name, value: one }));
  if (value === null || typeof value !== 'object') return [];
  const fields = value as Fields;
  const names = name.endsWith('[x]') ? Object.keys(fields).filter((key) => isChoiceOf(key, name.slice(0, -3))) : [name];
  return names.flatMap((key) => {
    const shadows = listed(fields[`_${key}`]);
    return listed(fields[key] ?? (shadows.length > 0 ? [undefined] : undefined)).map((one, at) => ({ name: key, value: one, beside: shadows[at] }));
  });
}

const isChoiceOf = (key: string, stem: string): boolean => key.startsWith(stem) && /^[A-Z]/.test(key.slice(stem.length));

export const listed = (value: unknown): unknown[] => (value === undefined ? [] : Array.isArray(value) ? value : [value]);

/** The fixed value or pattern of an element. */
export function said(element: ElementDefinition): unknown {
  const key = Object.keys(element).find((name) => /^(fixed|pattern)[A-Z]/.test(name));
  return key && element[key];
}

const fits = (element: ElementDefinition, value: unknown): boolean => includes(value, said(element));

/** Whether a value holds all of a pattern: objects by member, lists by some item for each. */
export function includes(value: unknown, pattern: unknown): boolean {
  if (pattern === undefined) return true;
  if (Array.isArray(pattern)) return pattern.every((part) => listed(value).some((one) => includes(one, part)));
  if (typeof pattern !== 'object' || pattern === null) return value === pattern;
  return typeof value === 'object' && value !== null && Object.entries(pattern).every(([name, part]) => includes((value as Fields)[name], part));
}
