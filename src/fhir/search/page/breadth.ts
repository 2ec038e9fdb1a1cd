import type { Expression } from '#libs/fhir';
import type { Sql } from '../../../database';
import { chartOf } from '../compile/chart';
import type { Scope, Wanted } from '../compile/scope';
import { keySet } from '../compile/key-set';
import { type Fragment, joined, sql as fragment, wholeNumber } from '../sql/fragment';

/** More matches than this are not collected before the first resources have been tried one by one. */
const BROAD = 10_000;

function measurable(expression: Expression): boolean {
  if (expression.op === 'or') return expression.of.every(measurable);
  return expression.op === 'test' && expression.modifier !== 'not' && !expression.parameter.code.startsWith('_');
}

/**
 * The filters of a search over the whole population that match more than some thousand resources each. Counting stops
 * there, so the question costs little. In a single chart nothing is that broad.
 */
export async function broadFilters(sql: Sql, wanted: Wanted, scope: Scope): Promise<ReadonlySet<Expression>> {
  const candidates = wanted.filters.filter(measurable);
  if (candidates.length === 0 || chartOf(wanted.type, wanted.filters, wanted.access, scope)) return new Set();
  const counts = candidates.map((one) => cappedCount(keySet(one, wanted.type, undefined, scope), scope.alias('n')));
  const { text, params } = fragment`SELECT ${joined(counts, ', ')}`;
  const [row] = await sql.rows(text, params);
  return new Set(candidates.filter((_, index) => Number(row![index]) > BROAD));
}

function cappedCount(set: Fragment, alias: string): Fragment {
  return fragment`(SELECT COUNT(*) FROM (${set} LIMIT ${wholeNumber(BROAD + 1)}) ${{ text: alias, params: [] }})`;
}
