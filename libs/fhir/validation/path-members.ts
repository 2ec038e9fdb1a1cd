import { Decimal } from '../json/decimal';

// What the generated invariants take resources apart with. A value of an odd shape yields nothing, never an error.

const NONE: readonly unknown[] = Object.freeze([]);

/** A list of what may be nothing. */
export function list(value: unknown): readonly unknown[] {
  return value === undefined || value === null ? NONE : [value];
}

/** The only item; undefined where there is none, or more. */
export function single(items: readonly unknown[]): unknown {
  return items.length === 1 ? items[0] : undefined;
}

/** A member that does not repeat. A primitive without value is represented by its companion, which may carry extensions. */
export function one(owner: unknown, name: string, companion?: string): unknown {
  if (!isObject(owner)) return undefined;
  const value = owner[name];
  return value === undefined && companion !== undefined ? owner[companion] : value;
}

/** The items of a member. */
export function many(owner: unknown, name: string, companion?: string): readonly unknown[] {
  if (!isObject(owner)) return NONE;
  const value = owner[name];
  const beside = companion === undefined ? undefined : owner[companion];
  if (beside === undefined) return Array.isArray(value) ? value : list(value);
  if (!Array.isArray(beside)) return list(value ?? beside);
  return beside.map((_, index) => (Array.isArray(value) ? value[index] : undefined) ?? beside[index]);
}

/** The items of the member of each item. */
export function each(items: readonly unknown[], name: string, companion?: string): readonly unknown[] {
  if (items.length === 0) return NONE;
  return items.length === 1 ? many(items[0], name, companion) : items.flatMap((item) => many(item, name, companion));
}

/** The element of a choice, whichever type it has: `choice(o, 'value')` for `valueString`, `valueQuantity` … */
export function choice(owner: unknown, stem: string): readonly unknown[] {
  if (!isObject(owner)) return NONE;
  for (const name in owner) {
    if (owner[name] !== undefined && isOfChoice(name, stem, owner)) return list(owner[name]);
  }
  return NONE;
}

export function eachChoice(items: readonly unknown[], stem: string): readonly unknown[] {
  return items.flatMap((item) => choice(item, stem));
}

/** The member of each item, plain or a choice, for items whose type is not known. */
export function eachOpen(items: readonly unknown[], name: string): readonly unknown[] {
  return items.flatMap((item) => {
    const found = many(item, name, `_${name}`);
    return found.length > 0 ? found : choice(item, name);
  });
}

/** Every element directly inside. */
export function children(items: readonly unknown[]): readonly unknown[] {
  return items.flatMap((item) => (isObject(item) ? Object.keys(item).filter((name) => name !== 'resourceType').flatMap((name) => many(item, name)) : NONE));
}

/** Every element inside, at any depth; the nesting is bounded by the structure check that comes before. */
export function descendants(items: readonly unknown[]): readonly unknown[] {
  const found: unknown[] = [];
  let level = children(items);
  for (let depth = 0; level.length > 0 && depth < 200; depth++) {
    for (const item of level) found.push(item);
    level = children(level);
  }
  return found;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Decimal);
}

/** The companion counts where there is no value beside it. */
function isOfChoice(name: string, stem: string, owner: Readonly<Record<string, unknown>>): boolean {
  if (name.startsWith(stem)) return isUpperCase(name.charCodeAt(stem.length));
  return name.startsWith('_') && name.startsWith(stem, 1) && isUpperCase(name.charCodeAt(stem.length + 1)) && owner[name.slice(1)] === undefined;
}

function isUpperCase(code: number): boolean {
  return code >= 65 && code <= 90;
}
