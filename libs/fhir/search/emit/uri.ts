import type { IndexEntries } from '../index-entries';

export function uriAsUri(out: IndexEntries, param: number, value: unknown): void {
  if (typeof value === 'string') out.uri.push({ param, value });
}
