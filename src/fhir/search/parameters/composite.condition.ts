import type { CompositeValue, NumberValue } from '#libs/fhir';
import { keyText, systemHash } from '../../store/index-rows';
import { all, any, type Fragment, name, sql, TRUE } from '../sql/fragment';
import { intervalCondition } from './quantity.condition';
import { targetCondition } from './reference.condition';

/** R4 §3.1.1.4.14: all components, in one element; the index has them in one row. */
export function compositeCondition(values: readonly CompositeValue[], t: string): Fragment {
  return any(values.map((value) => all([first(value, t), beside(value, t)])));
}

function first({ token }: CompositeValue, t: string): Fragment {
  return all([
    token.code === undefined ? TRUE : sql`${name(`${t}.code`)} = ${keyText(token.code, 128)}`,
    token.system === undefined ? TRUE : sql`${name(`${t}.system`)} = ${systemHash(token.system)}`,
  ]);
}

function beside({ besideToken, quantity, reference, numbers }: CompositeValue, t: string): Fragment {
  const [text, system] = [name(`${t}.text`), name(`${t}.system2`)];
  const [lo, hi] = [name(`${t}.lo`), name(`${t}.hi`)];
  const isText = (code: string | undefined, of: string | undefined) => all([code === undefined ? TRUE : sql`${text} = ${keyText(code, 190)}`, of === undefined ? TRUE : sql`${system} = ${systemHash(of)}`]);
  if (besideToken) return isText(besideToken.code, besideToken.system);
  if (quantity) return all([intervalCondition(quantity, lo, hi), isText(quantity.code, quantity.system)]);
  if (reference) return targetCondition([reference], text);
  if (numbers) return all([exactly(numbers[0], lo), exactly(numbers[1], hi)]);
  return TRUE;
}

/** A whole number on file stands for half a unit to both sides, as everywhere. */
const exactly = (value: NumberValue, column: Fragment): Fragment => intervalCondition(value, sql`(${column} - 0.5)`, sql`(${column} + 0.5)`);
