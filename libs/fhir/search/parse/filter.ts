import { isResourceType } from '../../definitions/resource-types';
import type { Expression, Modifier } from '../expression';
import { type SearchParameter, searchParameter } from '../search-parameters';
import { chainTypes, checkDepth } from './chain-types';
import { compositeTest } from './composite-test';
import { listExpression } from './list';
import { missingTest } from './missing-test';
import { modifiersOf } from './modifiers-of';
import { openTest } from './open-test';
import { isPhonetic, phoneticTest } from './phonetic-test';
import { predicateExpression } from './predicate-expression';
import { quoted, SearchSyntaxError } from './search-syntax-error';
import { parameterTest } from './test-values';
import { wordsExpression } from './words';

export interface FilterOptions {
  /** This server's FHIR base URL: absolute references below it are its own. */
  base?: string;
}

/** Parameters of every type that have no expression to read; none of them takes a modifier. */
const SPECIAL: ReadonlyMap<string, (type: string, value: string, options: FilterOptions) => Expression> = new Map([
  ['_filter', predicateExpression],
  ['_list', listExpression],
  ['_text', (type: string, value: string) => wordsExpression(type, '_text', value)],
  ['_content', (type: string, value: string) => wordsExpression(type, '_content', value)],
]);

/**
 * One `name=value` of a search on `type`. Undefined where `type` has no such parameter; throws where the
 * parameter is known and the rest cannot be honoured.
 */
export function parseFilter(type: string, name: string, value: string, options: FilterOptions = {}, depth = 0): Expression | undefined {
  if (name === '_has' || name.startsWith('_has:')) return parseHas(type, name, value, options, depth);
  const dot = name.indexOf('.');
  const [head, rest] = dot < 0 ? [name, undefined] : [name.slice(0, dot), name.slice(dot + 1)];
  const [code, ...suffixes] = head.split(':');
  const special = SPECIAL.get(code!);
  if (special) {
    if (name !== code) throw new SearchSyntaxError(code!, `“${code}” takes neither a modifier nor a chain.`);
    return special(type, value, options);
  }
  const parameter = searchParameter(type, code!);
  if (!parameter) return undefined;
  if (suffixes.length > 1) throw new SearchSyntaxError(code!, `“${code}” takes one modifier.`);
  return rest === undefined ? parseTest(parameter, suffixes[0], value, options) : parseChain(parameter, suffixes[0], rest, value, options, depth);
}

function parseTest(parameter: SearchParameter, suffix: string | undefined, value: string, options: FilterOptions): Expression {
  if (suffix === 'missing') return missingTest(parameter, value);
  if (suffix === undefined) return plainTest(parameter, value, options);
  if (parameter.type === 'reference' && isResourceType(suffix)) return parameterTest(parameter, value, { ...options, only: targetNamed(parameter, suffix) });
  const modifier = modifierOf(parameter, suffix);
  return openTest(parameter, modifier, value, options) ?? parameterTest(parameter, value, { ...options, modifier });
}

function plainTest(parameter: SearchParameter, value: string, options: FilterOptions): Expression {
  if (isPhonetic(parameter)) return phoneticTest(parameter, value);
  return parameter.composite ? compositeTest(parameter, value, options.base) : parameterTest(parameter, value, options);
}

function modifierOf(parameter: SearchParameter, suffix: string): Modifier {
  const modifiers = modifiersOf(parameter);
  const found = modifiers.find((modifier) => modifier === suffix);
  if (!found) throw new SearchSyntaxError(parameter.code, `“${parameter.code}” does not take ${quoted(`:${suffix}`)}; it takes ${['missing', ...modifiers].map((m) => `:${m}`).join(', ')}.`);
  return found;
}

/** R4 §3.1.1.5.7: each possible target type that has the rest of the chain is tried. */
function parseChain(parameter: SearchParameter, only: string | undefined, rest: string, value: string, options: FilterOptions, depth: number): Expression {
  if (parameter.type !== 'reference') throw new SearchSyntaxError(parameter.code, `“${parameter.code}” is no reference, so nothing can follow its dot.`);
  checkDepth(parameter.code, depth);
  const through = chainTypes(parameter, only).flatMap((type) => {
    const of = parseFilter(type, rest, value, options, depth + 1);
    return of ? [{ type, of }] : [];
  });
  if (through.length === 0) throw new SearchSyntaxError(parameter.code, `What follows “${parameter.code}.”, ${quoted(rest)}, is no search parameter of the types it refers to.`);
  return { op: 'chain', parameter, through };
}

function targetNamed(parameter: SearchParameter, type: string): string {
  return chainTypes(parameter, type)[0]!;
}

/** R4 §3.1.1.5.8: `_has:Type:reference parameter:parameter[…]`. */
function parseHas(type: string, name: string, value: string, options: FilterOptions, depth: number): Expression {
  checkDepth('_has', depth);
  const [, source, code, ...rest] = name.split(':');
  const parameter = isResourceType(source) && code ? searchParameter(source, code) : undefined;
  if (!parameter || rest.length === 0) throw new SearchSyntaxError('_has', `${quoted(name)} does not lead anywhere: “_has” is written _has:Type:reference:parameter, as in _has:Observation:patient:code.`);
  if (parameter.type !== 'reference' || !parameter.targets.includes(type)) throw new SearchSyntaxError('_has', `“_has” must go through a reference that leads to ${type}.`);
  const of = parseFilter(source!, rest.join(':'), value, options, depth + 1);
  if (!of) throw new SearchSyntaxError('_has', `What “_has” asks, ${quoted(rest.join(':'))}, is no search parameter of ${source}.`);
  return { op: 'has', type: source!, parameter, of };
}
