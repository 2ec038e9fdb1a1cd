import type { Expression, Modifier, Prefix } from '../expression';
import { type SearchParameter, searchParameter } from '../search-parameters';
import { chainTypes } from './chain-types';
import { compositeTest } from './composite-test';
import { missingTest } from './missing-test';
import { openTest } from './open-test';
import { type Operator, parsePredicate, type PathStep, type Predicate, predicateError } from './predicate';
import { isPhonetic, phoneticTest } from './phonetic-test';
import { SearchSyntaxError } from './search-syntax-error';
import { parameterTest } from './test-values';

interface Options {
  base?: string;
}

type Test = Extract<Predicate, { kind: 'test' }>;

/** `_filter` as the same tree that plain parameters make (R4 search_filter.html), so that whatever holds for those holds for it. */
export function predicateExpression(type: string, text: string, options: Options): Expression {
  return expressionOf(type, parsePredicate(text), options);
}

function expressionOf(type: string, predicate: Predicate, options: Options): Expression {
  if (predicate.kind === 'not') return { op: 'not', of: expressionOf(type, predicate.of, options) };
  if (predicate.kind !== 'test') return { op: predicate.kind, of: predicate.of.map((one) => expressionOf(type, one, options)) };
  return along(type, predicate.path, predicate, options);
}

function along(type: string, [step, ...rest]: readonly PathStep[], test: Test, options: Options): Expression {
  const parameter = parameterOf(type, step!);
  if (rest.length === 0) return placed(test, () => compared(parameter, test, options));
  if (parameter.type !== 'reference') throw predicateError(step!.at, `“${parameter.code}” is no reference, so nothing can follow its dot.`);
  const through = chainTypes(parameter, step!.only).flatMap((target) => {
    if (!known(target, rest[0]!)) return [];
    const end = along(target, rest, test, options);
    return [{ type: target, of: step!.where ? ({ op: 'and', of: [expressionOf(target, step!.where, options), end] } as Expression) : end }];
  });
  if (through.length === 0) throw predicateError(rest[0]!.at, `“${rest[0]!.name}” is no search parameter of what “${parameter.code}” refers to.`);
  return { op: 'chain', parameter, through };
}

/** `id` is what R4's examples call `_id`. */
const known = (type: string, { name }: PathStep): SearchParameter | undefined => searchParameter(type, name) ?? (name === 'id' ? searchParameter(type, '_id') : undefined);

function parameterOf(type: string, step: PathStep): SearchParameter {
  const parameter = known(type, step);
  if (!parameter) throw predicateError(step.at, `${type} has no search parameter “${step.name.slice(0, 64)}”.`);
  return parameter;
}

/** What is wrong with a value is told with the place of its test. */
function placed(test: Test, make: () => Expression): Expression {
  try {
    return make();
  } catch (error) {
    if (error instanceof SearchSyntaxError && error.parameter !== '_filter') throw predicateError(test.at, error.message);
    throw error;
  }
}

const TEXT: Partial<Record<Operator, Modifier>> = { eq: 'equal', co: 'contains', sw: 'starts', ew: 'ends' };
const COMPARED: ReadonlySet<string> = new Set(['eq', 'ne', 'gt', 'lt', 'ge', 'le', 'ap', 'sa', 'eb']);

function compared(parameter: SearchParameter, test: Test, options: Options): Expression {
  const { operator, value } = test;
  if (operator === 'pr') return present(parameter, value);
  // “No item is equal”: R4 wants one that is unequal, which for a single value is the same and else what nobody means.
  if (operator === 'ne') return { op: 'not', of: compared(parameter, { ...test, operator: 'eq' }, options) };
  if (operator === 'ni') return { op: 'not', of: compared(parameter, { ...test, operator: 'in' }, options) };
  return byType(parameter, operator, value, options) ?? refuse(parameter, operator);
}

function byType(parameter: SearchParameter, operator: Operator, value: string, options: Options): Expression | undefined {
  const whole = value.replace(/[\\,]/g, '\\$&');
  switch (parameter.type) {
    case 'string':
      if (isPhonetic(parameter)) return equal(operator, () => phoneticTest(parameter, whole));
      return TEXT[operator] && parameterTest(parameter, value.replace(/[\\,|$]/g, '\\$&'), { modifier: TEXT[operator] });
    case 'token': return ofToken(parameter, operator, whole, options);
    case 'uri': return TEXT[operator] && parameterTest(parameter, whole, operator === 'eq' ? {} : { modifier: TEXT[operator] });
    case 'date':
    case 'number':
    case 'quantity': return withPrefix(parameter, operator, whole);
    case 'reference': return equal(operator === 're' ? 'eq' : operator, () => parameterTest(parameter, whole, options));
    case 'composite': return equal(operator, () => compositeTest(parameter, whole, options.base));
    case 'special': return equal(operator, () => parameterTest(parameter, whole));
  }
}

const equal = (operator: Operator, test: () => Expression): Expression | undefined => (operator === 'eq' ? test() : undefined);

function ofToken(parameter: SearchParameter, operator: Operator, value: string, options: Options): Expression | undefined {
  switch (operator) {
    case 'eq': return parameterTest(parameter, value);
    case 'in': return parameter.code === '_id' ? undefined : openTest(parameter, 'in', value, options);
    // The value subsumes what is on file, which then lies below it; or the other way about.
    case 'ss': return openTest(parameter, 'below', value, options);
    case 'sb': return openTest(parameter, 'above', value, options);
    case 'co':
    case 'sw':
    case 'ew': return parameter.code === '_id' ? undefined : parameterTest(parameter, value, { modifier: TEXT[operator]! });
    default: return undefined;
  }
}

function withPrefix(parameter: SearchParameter, operator: Operator, value: string): Expression | undefined {
  if (!COMPARED.has(operator) && !(operator === 'po' && parameter.type === 'date')) return undefined;
  if (/^[a-z]/.test(value)) throw new SearchSyntaxError(parameter.code, `“${operator}” is followed by the value alone.`);
  const test = parameterTest(parameter, value);
  const prefix = operator as Prefix;
  if (test.type !== 'date' && test.type !== 'number' && test.type !== 'quantity') throw new Error(`${parameter.code} takes no prefix.`);
  return { ...test, values: test.values.map((one) => ({ ...one, prefix })) } as Expression;
}

function present(parameter: SearchParameter, value: string): Expression {
  return missingTest(parameter, value === 'true' ? 'false' : value === 'false' ? 'true' : value, '“pr” takes true or false.');
}

function refuse(parameter: SearchParameter, operator: Operator): never {
  throw new SearchSyntaxError(parameter.code, `“${operator}” does not go with “${parameter.code}”, which is a ${parameter.type}.`);
}
