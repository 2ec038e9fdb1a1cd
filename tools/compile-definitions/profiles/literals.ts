/** A constant as JavaScript. */
export function json(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(json).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{ ${Object.entries(value).map(([name, member]) => `${name}: ${json(member)}`).join(', ')} }`;
  }
  return typeof value === 'string' ? `'${value.replace(/[\\']/g, '\\$&').replace(/\n/g, '\\n')}'` : JSON.stringify(value);
}

/** A name that may stand in JavaScript. */
export function identifier(text: string): string {
  const name = text.replace(/[^A-Za-z0-9]+/g, '_');
  return /^\d/.test(name) ? `_${name}` : name;
}
