/** A posted form or a query, as the HTTP layer parsed it. */
export type Form = Readonly<Record<string, unknown>>;

/** One value, bounded; undefined when absent, repeated or too long. */
export function field(form: Form | undefined, name: string, longest = 1000): string | undefined {
  const value = form && Object.hasOwn(form, name) ? form[name] : undefined;
  return typeof value === 'string' && value.length <= longest ? value : undefined;
}

/** `group[name]`, whether the HTTP layer left such names alone or nested them. */
export function nested(form: Form, group: string, name: string): string | undefined {
  const inner = form[group];
  return field(form, `${group}[${name}]`, 100) ?? (isForm(inner) ? field(inner, name, 100) : undefined);
}

/**
 * All ticked scopes: `scope=a&scope=b`, and OpenEMR's spelling `scope[a]=…&scope[b]=…`.
 */
export function tickedScopes(form: Form): Set<string> {
  const plain = Object.hasOwn(form, 'scope') ? form.scope : undefined;
  const values = Array.isArray(plain) ? plain : isForm(plain) ? Object.keys(plain) : [plain];
  const indexed = Object.keys(form).flatMap((name) => /^scope\[(.+)\]$/.exec(name)?.[1] ?? []);
  return new Set([...values, ...indexed].filter((value) => typeof value === 'string'));
}

const isForm = (value: unknown): value is Form => typeof value === 'object' && value !== null && !Array.isArray(value);
