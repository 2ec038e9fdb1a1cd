import type { StringTest } from '#libs/fhir';
import { foldText } from '../../../kernel';
import { any, type Fragment, name, sql } from '../sql/fragment';

/** Greater than any text that starts with `prefix`: U+10FFFF is the last code point. */
const after = (prefix: string): string => `${prefix}\u{10FFFF}`;

/** R4 §3.1.1.4.8: the beginning, without regard to case and accents; `:contains` anywhere; `:exact` the whole as written. */
export function stringCondition({ values, modifier }: StringTest, t: string): Fragment {
  const folded = name(`${t}.folded`);
  return any(
    values.map(({ text }) => {
      if (modifier === 'exact') return sql`${folded} = ${foldText(text)} AND ${name(`${t}.exact`)} = ${text}`;
      const sought = foldText(text);
      if (modifier === 'contains') return sql`INSTR(${folded}, ${sought}) > 0`;
      return sql`${folded} >= ${sought} AND ${folded} < ${after(sought)}`;
    }),
  );
}
