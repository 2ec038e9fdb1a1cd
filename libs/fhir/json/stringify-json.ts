import { Decimal } from './decimal';

/** Writes a value as JSON, each `Decimal` as the literal it was read from. Members that are undefined are left out. */
export function stringifyJson(value: unknown): string {
  return holdsDecimal(value) ? write(value) : JSON.stringify(value);
}

function holdsDecimal(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (value instanceof Decimal) return true;
  if (Array.isArray(value)) return value.some(holdsDecimal);
  for (const key in value) {
    const item = (value as Record<string, unknown>)[key];
    if (typeof item === 'object' && holdsDecimal(item)) return true;
  }
  return false;
}

function write(value: unknown): string {
  if (value instanceof Decimal) return value.literal;
  if (Array.isArray(value)) return `[${value.map((item) => (item === undefined ? 'null' : write(item))).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members: string[] = [];
  for (const [name, item] of Object.entries(value)) {
    if (item !== undefined) members.push(`${JSON.stringify(name)}:${write(item)}`);
  }
  return `{${members.join(',')}}`;
}
