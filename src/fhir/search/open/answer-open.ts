import type { Expression, OpenTest, TokenValue } from '#libs/fhir';
import type { Sql } from '../../../database';
import { type Access, invalid, SalusError } from '../../../kernel';
import { hierarchy } from './hierarchy';
import type { SearchCode, SearchCodes } from './search-codes';

export interface Answering {
  sql: Sql;
  access: Access;
  codes: SearchCodes | undefined;
}

/** The same filters with every open question answered by the values to look for. Costs nothing where there is none. */
export async function answerOpen(filters: readonly Expression[], by: Answering): Promise<Expression[]> {
  return filters.some(isOpen) ? Promise.all(filters.map((filter) => answered(filter, by))) : [...filters];
}

function isOpen(expression: Expression): boolean {
  switch (expression.op) {
    case 'open': return true;
    case 'and':
    case 'or': return expression.of.some(isOpen);
    case 'not':
    case 'has': return isOpen(expression.of);
    case 'chain': return expression.through.some((step) => isOpen(step.of));
    default: return false;
  }
}

async function answered(expression: Expression, by: Answering): Promise<Expression> {
  switch (expression.op) {
    case 'open': return answerOf(expression, by);
    case 'and':
    case 'or': return { ...expression, of: await Promise.all(expression.of.map((one) => answered(one, by))) };
    case 'not':
    case 'has': return { ...expression, of: await answered(expression.of, by) };
    case 'chain': return { ...expression, through: await Promise.all(expression.through.map(async ({ type, of }) => ({ type, of: await answered(of, by) }))) };
    default: return expression;
  }
}

async function answerOf(test: OpenTest, by: Answering): Promise<Expression> {
  if (test.ask === 'hierarchy') return { op: 'test', type: 'reference', parameter: test.parameter, modifier: test.up ? 'above' : 'below', values: [{ targets: await hierarchy(test, by), canonical: false }] };
  const found = await named(test, () => codesOf(test, by));
  return found.length === 0 ? { op: 'nothing' } : { op: 'test', type: 'token', parameter: test.parameter, values: found.map((one) => soughtBy(test, one)) };
}

async function codesOf(test: Exclude<OpenTest, { ask: 'hierarchy' }>, { access, codes }: Answering): Promise<SearchCode[]> {
  if (!codes) throw invalid('There is no terminology to ask.');
  if (test.ask === 'in') return codes.codesIn(access, test.valueSet);
  const ask = test.ask === 'below' ? codes.codesBelow : codes.codesAbove;
  const found = await Promise.all(test.values.map(({ system, code }) => ask.call(codes, access, system!, code!)));
  return found.flat();
}

/** Elements of type code have no system of their own: theirs is the one that the value set names. */
function soughtBy({ parameter }: OpenTest, { system, code }: SearchCode): TokenValue {
  const hasSystem = parameter.elements.some((element) => element !== 'code' && element !== 'boolean' && element !== 'string' && element !== 'id');
  return { ...((hasSystem || code === undefined) && { system }), ...(code !== undefined && { code }) };
}

/** A failure of terminology is one of this parameter. */
async function named<T>({ parameter, ask }: OpenTest, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof SalusError) || error.kind === 'fault') throw error;
    throw invalid(error.message, [{ path: parameter.code, rule: 'not-supported', message: `“${parameter.code}” with ${ask === 'in' ? ':in or :not-in' : `:${ask}`}: ${error.message}` }]);
  }
}
