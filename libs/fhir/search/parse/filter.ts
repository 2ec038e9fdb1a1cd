import { isResourceType } from '../../definitions/resource-types';
import type { Expression, Modifier, ParameterRef } from '../expression';
import { SEARCH_LIMITS } from './limits';
import { searchParameter } from '../search-parameters';
import { SearchSyntaxError } from './search-syntax-error';
import { MODIFIERS, parameterTest } from './test-values';

export interface FilterOptions {
  /** This server's FHIR base URL: absolute references below it are its own. */
  base?: string;
}

/** Modifiers of R4 that need a terminology server or an index of display texts. */
const UNSUPPORTED_MODIFIERS = ['text', 'in', 'not-in', 'of-type', 'above', 'below'];

/**
 * One `name=value` of a search on `type`. Undefined where `type` has no such parameter; throws where the
 * parameter is known and the rest cannot be honoured.
 */
export function parseFilter(type: string, name: string, value: string, options: FilterOptions = {}, depth = 0): Expression | undefined {
  if (name === '_has' || name.startsWith('_has:')) return parseHas(type, name, value, options, depth);
  const dot = name.indexOf('.');
  const [head, rest] = dot < 0 ? [name, undefined] : [name.slice(0, dot), name.slice(dot + 1)];
  const [code, ...suffixes] = head.split(':');
  const parameter = searchParameter(type, code!);
  if (!parameter) return undefined;
  if (suffixes.length > 1) throw new SearchSyntaxError(code!, `“${code}” takes one modifier.`);
  return rest === undefined ? parseTest(parameter, suffixes[0], value, options) : parseChain(parameter, suffixes[0], rest, value, options, depth);
}

function parseTest(parameter: ParameterRef, suffix: string | undefined, value: string, options: FilterOptions): Expression {
  if (suffix === undefined) return parameterTest(parameter, value, options);
  if (suffix === 'missing') return parseMissing(parameter, value);
  if (parameter.type === 'reference' && isResourceType(suffix)) return parameterTest(parameter, value, { ...options, only: targetNamed(parameter, suffix) });
  const modifiers: readonly string[] = MODIFIERS[parameter.type as keyof typeof MODIFIERS] ?? [];
  if (!modifiers.includes(suffix)) throw badModifier(parameter, suffix, modifiers);
  return parameterTest(parameter, value, { ...options, modifier: suffix as Modifier });
}

function badModifier(parameter: ParameterRef, suffix: string, modifiers: readonly string[]): SearchSyntaxError {
  const fault = UNSUPPORTED_MODIFIERS.includes(suffix) ? 'not-supported' : 'value';
  return new SearchSyntaxError(parameter.code, `“${parameter.code}” does not take this modifier; it takes ${['missing', ...modifiers].map((m) => `:${m}`).join(', ')}.`, fault);
}

function parseMissing(parameter: ParameterRef, value: string): Expression {
  if (value !== 'true' && value !== 'false') throw new SearchSyntaxError(parameter.code, `“${parameter.code}:missing” takes true or false.`);
  if (parameter.type === 'composite' || parameter.type === 'special') throw new SearchSyntaxError(parameter.code, `“${parameter.code}” is not supported.`, 'not-supported');
  return { op: 'missing', parameter, missing: value === 'true' };
}

function targetNamed(parameter: ParameterRef, type: string): string {
  if (!parameter.targets.includes(type)) throw new SearchSyntaxError(parameter.code, `“${parameter.code}” never refers to that type; it may refer to ${parameter.targets.join(', ')}.`);
  return type;
}

/** R4 §3.1.1.5.7: each possible target type that has the rest of the chain is tried. */
function parseChain(parameter: ParameterRef, only: string | undefined, rest: string, value: string, options: FilterOptions, depth: number): Expression {
  if (parameter.type !== 'reference') throw new SearchSyntaxError(parameter.code, `“${parameter.code}” is no reference, so nothing can follow its dot.`);
  checkDepth(parameter.code, depth);
  const types = only === undefined ? parameter.targets : [targetNamed(parameter, only)];
  const through = types.flatMap((type) => {
    const of = parseFilter(type, rest, value, options, depth + 1);
    return of ? [{ type, of }] : [];
  });
  if (through.length === 0) throw new SearchSyntaxError(parameter.code, `What follows “${parameter.code}.” is no search parameter of the types it refers to.`);
  return { op: 'chain', parameter, through };
}

/** R4 §3.1.1.5.8: `_has:Type:reference parameter:parameter[…]`. */
function parseHas(type: string, name: string, value: string, options: FilterOptions, depth: number): Expression {
  checkDepth('_has', depth);
  const [, source, code, ...rest] = name.split(':');
  const parameter = isResourceType(source) && code ? searchParameter(source, code) : undefined;
  if (!parameter || rest.length === 0) throw new SearchSyntaxError('_has', '“_has” is written _has:Type:reference:parameter, as in _has:Observation:patient:code.');
  if (parameter.type !== 'reference' || !parameter.targets.includes(type)) throw new SearchSyntaxError('_has', `“_has” must go through a reference that leads to ${type}.`);
  const of = parseFilter(source!, rest.join(':'), value, options, depth + 1);
  if (!of) throw new SearchSyntaxError('_has', `What “_has” asks is no search parameter of ${source}.`);
  return { op: 'has', type: source!, parameter, of };
}

function checkDepth(name: string, depth: number): void {
  if (depth >= SEARCH_LIMITS.depth) throw new SearchSyntaxError(name, `A search may follow at most ${SEARCH_LIMITS.depth} references in a row.`, 'too-costly');
}
