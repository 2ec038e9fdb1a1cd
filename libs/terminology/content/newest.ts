/** Compares versions part by part: numbers as numbers, anything else as text. */
export function compareVersions(a: string, b: string): number {
  const left = a.split(/[.\-|]/);
  const right = b.split(/[.\-|]/);
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const difference = compareParts(left[at] ?? '', right[at] ?? '');
    if (difference !== 0) return difference;
  }
  return 0;
}

function compareParts(a: string, b: string): number {
  const numeric = /^\d{1,15}$/;
  if (numeric.test(a) && numeric.test(b)) return Number(a) - Number(b);
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The one of the highest version; of equals the first. */
export function newest<T extends { version?: string }>(candidates: readonly T[]): T | undefined {
  return candidates.reduce<T | undefined>((best, one) => (best && compareVersions(one.version ?? '', best.version ?? '') <= 0 ? best : one), undefined);
}
