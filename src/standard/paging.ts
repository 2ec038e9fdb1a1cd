import { invalid } from '../kernel';
import type { Page } from './envelope';

const MOST = 200;

/** `_limit` (also `_maxresults`, `_count`) and `_offset`; what is not a number counts as 0, what is negative is refused. */
export function pageOf(query: Record<string, unknown>): Page {
  const limit = number(query._limit ?? query._maxresults ?? query._count, '_limit');
  return { limit: Math.min(limit, MOST), offset: number(query._offset, '_offset') };
}

function number(value: unknown, name: string): number {
  if (typeof value !== 'string' || !/^-?\d{1,9}$/.test(value)) return 0;
  const result = Number(value);
  if (result < 0) throw invalid(`${name} must not be negative.`, [{ path: name, rule: 'Numeric::NEGATIVE', message: `${name} must not be negative` }]);
  return result;
}
