import { invalid } from '../../kernel';
import type { OperationParameter } from './operation';
import type { RawParameter } from './raw-parameter';
import { kindOf, valueName } from './parameter-types';

export type QueryPairs = readonly (readonly [name: string, value: string])[];

/** Say how the answer is to be written, whatever the operation. */
const OF_THE_REQUEST = new Set(['_format', '_pretty']);

/** Parameters of the URL as a Parameters resource would hold them; only primitive ones can be there (R4 §3.2.0.3). */
export function queryParameters(pairs: QueryPairs, declared: readonly OperationParameter[]): RawParameter[] {
  return pairs.filter(([name]) => !OF_THE_REQUEST.has(name)).map(([name, value]) => {
    const parameter = declared.find((one) => one.name === name);
    return parameter ? { name, ...typedValue(parameter, value) } : { name };
  });
}

function typedValue(parameter: OperationParameter, text: string): Record<string, unknown> {
  const { name, type = '' } = parameter;
  const kind = kindOf(parameter);
  if (kind === 'text') return { [valueName(type)]: TIMES.has(type) ? text.replace(' ', '+') : text };
  if (kind === 'boolean' && (text === 'true' || text === 'false')) return { [valueName(type)]: text === 'true' };
  if (kind === 'number' && /^-?\d{1,15}(\.\d{1,15})?$/.test(text)) return { [valueName(type)]: Number(text) };
  if (kind === 'boolean') throw bad(name, `${name} must be true or false.`);
  if (kind === 'number') throw bad(name, `${name} must be a number.`);
  throw bad(name, `${name} is not a plain value; send it by POST in a Parameters resource.`);
}

/** A plus sign in a query means a space unless it is escaped; in these only a plus sign makes sense. */
const TIMES = new Set(['dateTime', 'instant']);

const bad = (path: string, message: string) => invalid('The operation cannot be run as asked.', [{ path, rule: 'value', message }]);
