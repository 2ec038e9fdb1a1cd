import type { ColumnSpecs, SqlValue } from '../database';
import { invalid } from '../kernel';
import { isNumberColumn } from './column-values';

/** The query parameters that name one of `columns`, as values of their columns; others are not filters. */
export function equalFilters(query: Record<string, unknown>, columns: Iterable<string>, specs: ColumnSpecs = {}): Record<string, SqlValue> {
  const filters: Record<string, SqlValue> = {};
  for (const name of columns) {
    const value = query[name];
    if (value === undefined || value === '') continue;
    if (typeof value !== 'string') throw invalid(`Filter ${name} may be given once.`, [{ path: name, rule: 'IsString::NOT_A_STRING', message: 'Give this filter once, as text.' }]);
    filters[name] = isNumberColumn(specs[name] ?? '') ? numberIn(value) : value;
  }
  return filters;
}

/** MariaDB would compare a number with the digits that text begins with; nothing equals null. */
const numberIn = (value: string): number | null => (/^-?\d{1,15}$/.test(value) ? Number(value) : null);

/** `WHERE a = ? AND b = ?`; the names are columns from code. */
export function whereEqual(filters: Record<string, SqlValue>, more: readonly string[] = []): { sql: string; params: SqlValue[] } {
  const conditions = [...Object.keys(filters).map((name) => `\`${name}\` = ?`), ...more];
  return { sql: conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '', params: Object.values(filters) };
}
