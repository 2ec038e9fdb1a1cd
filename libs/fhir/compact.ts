/** `value` without members that are undefined, null, empty text, or empty themselves; undefined where nothing is left. FHIR knows no empty values. */
export function compact<T>(value: T): T | undefined {
  if (value === null || value === undefined || value === '') return undefined;
  if (Array.isArray(value)) {
    const items = value.map(compact).filter((item) => item !== undefined);
    return items.length > 0 ? (items as T) : undefined;
  }
  if (typeof value !== 'object') return value;
  const members = Object.entries(value).flatMap(([name, member]) => {
    const kept = compact(member);
    return kept === undefined ? [] : [[name, kept] as const];
  });
  return members.length > 0 ? (Object.fromEntries(members) as T) : undefined;
}
