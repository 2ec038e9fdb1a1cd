import type { Modifier } from '#libs/fhir';
import { type Fragment, sql, wholeNumber } from '../sql/fragment';

/** Greater than any text that starts with `prefix`: U+10FFFF is the last code point. */
export const after = (prefix: string): string => `${prefix}\u{10FFFF}`;

/** How a column of text compares with `sought` under an operator of `_filter` or a modifier; undefined for those that do not compare text. */
export function textCondition(column: Fragment, sought: string, modifier: Modifier | undefined): Fragment | undefined {
  switch (modifier) {
    case 'equal': return sql`${column} = ${sought}`;
    case 'starts': return sql`${column} >= ${sought} AND ${column} < ${after(sought)}`;
    case 'contains': return sql`INSTR(${column}, ${sought}) > 0`;
    // Counted in characters by both databases, and not in the code units of JavaScript.
    case 'ends': return sql`SUBSTR(${column}, -${wholeNumber([...sought].length)}) = ${sought}`;
    default: return undefined;
  }
}
