import type { NumberValue, QuantityValue } from '#libs/fhir';
import { keyText, systemHash } from '../../store/index-rows';
import { all, any, type Fragment, name, sql, TRUE } from '../sql/fragment';
import { upperEnd } from './upper-end';

const OPEN = Number.MAX_VALUE;

/** R4 §3.1.1.4.6 and §3.1.1.4.11. A quantity asked for without a unit matches any unit. */
export function quantityCondition(values: readonly QuantityValue[], t: string, inChart = false): Fragment {
  return any(values.map((value) => all([intervalCondition(value, name(`${t}.lo`), upperEnd(t, inChart)), unit(value, t)])));
}

function unit({ system, code }: QuantityValue, t: string): Fragment {
  return all([
    code === undefined ? TRUE : sql`${name(`${t}.code`)} = ${keyText(code, 64)}`,
    system === undefined ? TRUE : sql`${name(`${t}.system`)} = ${systemHash(system)}`,
  ]);
}

/**
 * On file is the interval that the written precision stands for; its middle is the number itself. `gt`, `lt`, `ge`
 * and `le` compare that number exactly (R4: the precision asked for is then ignored), so that 5.4 is not gt5.4.
 * Open intervals (“< 5”) have no middle: they match where some number of theirs would.
 */
export function intervalCondition(value: NumberValue, lo: Fragment, hi: Fragment): Fragment {
  const middle = sql`(${lo} / 2 + ${hi} / 2)`;
  const x = value.value;
  const open = sql`(${lo} <= ${-OPEN} OR ${hi} >= ${OPEN})`;
  // The first comparison follows from the rest; an index can be entered by it.
  const above = (bound: number) => sql`${hi} > ${Math.min(bound, x)} AND ((${middle} > ${bound} AND ${hi} < ${OPEN}) OR (${open} AND ${hi} > ${x}))`;
  const below = (bound: number) => sql`${lo} < ${Math.max(bound, x)} AND ((${middle} < ${bound} AND ${lo} > ${-OPEN}) OR (${open} AND ${lo} < ${x}))`;
  switch (value.prefix) {
    case 'eq': return within(value, lo, hi, middle);
    case 'ne': return sql`NOT (${within(value, lo, hi, middle)})`;
    case 'gt': return above(x + slack(x));
    case 'ge': return above(x - slack(x));
    case 'lt': return below(x - slack(x));
    case 'le': return below(x + slack(x));
    case 'sa': return sql`${hi} > ${x} AND ${middle} > ${x + slack(x)} AND ${lo} > ${-OPEN}`;
    case 'eb': return sql`${lo} < ${x} AND ${middle} < ${x - slack(x)} AND ${hi} < ${OPEN}`;
    case 'po': throw new Error('Numbers do not overlap.');
    case 'ap': return sql`${lo} < ${value.hi + Math.abs(x) / 10} AND ${hi} > ${value.lo - Math.abs(x) / 10}`;
  }
}

function within(value: NumberValue, lo: Fragment, hi: Fragment, middle: Fragment): Fragment {
  return sql`${lo} < ${value.hi} AND ${hi} > ${value.lo} AND ${middle} >= ${value.lo - slack(value.lo)} AND ${middle} < ${value.hi - slack(value.hi)}`;
}

/** The middle of two doubles is off by a few units of the sixteenth digit. */
const slack = (x: number): number => Math.abs(x) * 1e-14;
