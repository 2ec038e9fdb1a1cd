/** Jaro–Winkler: 1 for the same text, towards 0 the less it has in common. For names, of at most 100 characters. */
export function similarity(one: string, other: string): number {
  const [a, b] = [one.slice(0, 100), other.slice(0, 100)];
  if (a === b) return 1;
  const { common, transposed } = matching(a, b);
  if (common === 0) return 0;
  const jaro = (common / a.length + common / b.length + (common - transposed) / common) / 3;
  return jaro + prefixLength(a, b) * 0.1 * (1 - jaro);
}

function matching(a: string, b: string): { common: number; transposed: number } {
  const window = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  const taken = new Set<number>();
  const found: string[] = [];
  for (let at = 0; at < a.length; at++) {
    const from = Math.max(0, at - window);
    const to = Math.min(b.length, at + window + 1);
    for (let other = from; other < to; other++) {
      if (taken.has(other) || a[at] !== b[other]) continue;
      taken.add(other);
      found.push(a[at]!);
      break;
    }
  }
  const inOrder = [...taken].sort((x, y) => x - y).map((index) => b[index]);
  return { common: found.length, transposed: found.filter((letter, index) => letter !== inOrder[index]).length / 2 };
}

function prefixLength(a: string, b: string): number {
  let length = 0;
  while (length < 4 && length < a.length && a[length] === b[length]) length += 1;
  return length;
}
