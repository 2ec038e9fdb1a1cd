import type { Expression, ParameterTest } from '#libs/fhir';
import { instantCondition } from '../parameters/date.condition';
import { type Fragment, isIn, name, sql, TRUE } from '../sql/fragment';

/** Parameters that are columns of the resource itself. */
const COLUMN_PARAMETERS: ReadonlySet<string> = new Set(['_id', '_lastUpdated']);

export const isColumn = (expression: Expression): boolean => (expression.op === 'test' || expression.op === 'missing') && COLUMN_PARAMETERS.has(expression.parameter.code);

export function columnCondition(test: ParameterTest, r: string, now: number): Fragment {
  if (test.type === 'date') return instantCondition(test.values, name(`${r}.last_updated`), now);
  if (test.type !== 'token') throw new Error(`_id is a token.`);
  const ids = test.values.filter((value) => !value.system && value.code !== undefined).map((value) => value.code!);
  const found = isIn(name(`${r}.fhir_id`), ids);
  if (test.modifier !== 'not') return found;
  return ids.length === 0 ? TRUE : sql`NOT (${found})`;
}
