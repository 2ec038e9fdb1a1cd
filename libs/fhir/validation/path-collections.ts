import { isObject, list, many, one } from './path-members';
import { isSame } from './path-values';

type Items = readonly unknown[];

/** What the names of FHIRPath's environment stand for while an invariant is checked. */
export interface Surroundings {
  /** The resource that an element is of: a contained one for the elements within it. */
  resource: unknown;
  /** The resource that contains it; itself where none does. */
  root: unknown;
  /** The resource contained in `root` under an id. */
  contained: (id: string) => unknown;
}

export function surroundingsOf(resource: unknown, root: unknown): Surroundings {
  let byId: ReadonlyMap<unknown, unknown> | undefined;
  const contained = (id: string): unknown => {
    byId ??= new Map(many(root, 'contained').map((entry) => [one(entry, 'id'), entry]));
    return byId.get(id);
  };
  return { resource, root, contained };
}

export function distinct(items: Items): Items {
  const seen = new Set<unknown>();
  const found: unknown[] = [];
  for (const item of items) {
    if (isObject(item) ? found.some((other) => isSame(other, item)) : seen.has(item)) continue;
    seen.add(item);
    found.push(item);
  }
  return found;
}

export function isDistinct(items: Items): boolean {
  return items.length < 2 || distinct(items).length === items.length;
}

export function union(a: Items, b: Items): Items {
  return distinct([...a, ...b]);
}

export function intersect(a: Items, b: Items): Items {
  return distinct(a.filter((item) => isAmong(item, b)));
}

export function isAmong(item: unknown, items: Items): boolean {
  return items.some((other) => isSame(item, other));
}

/** `in`. Nothing is in every collection: whether it may be missing is a matter of cardinality. */
export function isIn(item: unknown, items: Items): boolean {
  return item === undefined || isAmong(item, items);
}

/** What a step yields from the items, from what it yielded, and so on. */
export function repeat(items: Items, step: (item: unknown) => Items): Items {
  const found: unknown[] = [];
  let level = items;
  for (let depth = 0; level.length > 0 && depth < 200; depth++) {
    level = level.flatMap(step);
    for (const item of level) found.push(item);
  }
  return found;
}

/** True for a primitive with a value of its own. */
export function hasValue(item: unknown): boolean {
  return item !== undefined && !isObject(item);
}

/**
 * What a reference leads to, as far as the resource itself tells: one contained in it, else a bare resource of the type that
 * the reference names. Nothing is loaded: whether it exists is not an invariant's question.
 */
export function resolve(items: Items, { contained }: Surroundings): Items {
  return items.flatMap((item) => {
    const reference = isObject(item) ? item.reference : item;
    if (typeof reference !== 'string') return [];
    if (reference.startsWith('#')) return list(contained(reference.slice(1)));
    const resourceType = /(?:^|\/)([A-Z][A-Za-z]+)\/[A-Za-z0-9\-.]{1,64}(?:\/_history\/[A-Za-z0-9\-.]{1,64})?$/.exec(reference)?.[1];
    return resourceType === undefined ? [] : [{ resourceType }];
  });
}

export function isResource(item: unknown, type: string): boolean {
  return one(item, 'resourceType') === type;
}
