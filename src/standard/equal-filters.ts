import type { SqlValue } from '../database';
import { invalid } from '../kernel';

/** The query parameters that name one of `columns`, as text; others are not filters. */
export function equalFilters(query: Record<string, unknown>, columns: Iterable<string>): Record<string, SqlValue> {
  const filters: Record<string, SqlValue> = {};
  for (const name of columns) {
    const value = query[name];
    if (value === undefined || value === '') continue;
    if (typeof value !== 'string') throw invalid(`Filter ${name} may be given once.`, [{ path: name, rule: 'IsString::NOT_A_STRING', message: 'Give this filter once, as text.' }]);
    filters[name] = value;
  }
  return filters;
}

/** `WHERE a = ? AND b = ?`; the names are columns from code. */
export function whereEqual(filters: Record<string, SqlValue>, more: readonly string[] = []): { sql: string; params: SqlValue[] } {
  const conditions = [...Object.keys(filters).map((name) => `\`${name}\` = ?`), ...more];
  return { sql: conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '', params: Object.values(filters) };
}
