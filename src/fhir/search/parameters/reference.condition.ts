import type { ReferenceValue } from '#libs/fhir';
import { keyText } from '../../store/index-rows';
import { any, type Fragment, isIn, name, sql } from '../sql/fragment';

const key = (target: string): string => keyText(target, 190);

/** R4 §3.1.1.4.12. A canonical that is asked for without a version matches every version of it. */
export const referenceCondition = (values: readonly ReferenceValue[], t: string): Fragment => targetCondition(values, name(`${t}.target`));

export function targetCondition(values: readonly ReferenceValue[], target: Fragment): Fragment {
  const exact = isIn(target, values.flatMap((value) => value.targets).map(key));
  const versions = values.filter((value) => value.canonical).flatMap((value) => value.targets);
  return any([exact, ...versions.map((url) => everyVersion(url, target))]);
}

/** Whatever stands behind the bar. */
export const everyVersion = (url: string, column: Fragment): Fragment => sql`${column} >= ${`${url}|`} AND ${column} < ${`${url}|\u{10FFFF}`}`;
