/** Half-open. */
export interface Range {
  start: number;
  end: number;
}

/**
 * One range of bytes (RFC 9110 §14.1.2), so that a broken download can go on. Anything else, a range outside the
 * file too, counts as none (§14.2 allows it): the whole file is a right answer.
 */
export function byteRange(header: string | undefined, size: number): Range | undefined {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return undefined;
  const [first, last] = [match[1]!, match[2]!];
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size : Math.min(size, Number(last) + 1);
  return start < end ? { start, end } : undefined;
}
