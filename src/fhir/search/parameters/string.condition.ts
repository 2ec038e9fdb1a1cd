import type { StringTest } from '#libs/fhir';
import { foldText } from '../../../kernel';
import { any, type Fragment, name, sql } from '../sql/fragment';
import { textCondition } from './text.condition';

/** R4 §3.1.1.4.8: the beginning, without regard to case and accents; `:contains` anywhere; `:exact` the whole as written. */
export function stringCondition({ values, modifier }: StringTest, t: string): Fragment {
  const folded = name(`${t}.folded`);
  return any(
    values.map(({ text }) => {
      if (modifier === 'exact') return sql`${folded} = ${foldText(text)} AND ${name(`${t}.exact`)} = ${text}`;
      const sought = foldText(text);
      return textCondition(folded, sought, modifier) ?? textCondition(folded, sought, 'starts')!;
    }),
  );
}
