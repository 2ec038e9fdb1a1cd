import type { WordsValue } from '#libs/fhir';
import { words } from '../../store/index-rows';
import { any, FALSE, type Fragment, name, sql } from '../sql/fragment';

/** Whole words, without regard to case and accents, one after the other. */
export function wordsCondition(values: readonly WordsValue[], t: string): Fragment {
  return any(
    values.map((value) => {
      const sought = words(value.words);
      return sought === '' ? FALSE : sql`INSTR(${name(`${t}.words`)}, ${sought}) > 0`;
    }),
  );
}
