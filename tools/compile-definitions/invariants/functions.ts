import type { PathNode } from '../../../libs/fhir/fhirpath/path-node';
import { type Code, holds, listOf, NotCompilable, oneOf, quote, sure, truthOf } from './code';
import type { Compile, Scope } from './scope';
import { ofType } from './types';

type FunctionCompiler = (of: Code, given: readonly PathNode[], scope: Scope, compile: Compile) => Code;

const VARIABLES = ['a', 'b', 'c', 'd', 'e'];

/** The functions of FHIRPath that the constraints use. Each turns what it is called on into the code of its result. */
export const FUNCTIONS: Readonly<Record<string, FunctionCompiler>> = {
  exists: (of, [criterion], scope, compile) => (criterion ? some(of, criterion, scope, compile) : exists(of)),
  empty: (of) => sure(`!(${exists(of).js})`),
  not: (of) => (truthOf(of).sure ? sure(`!(${of.js})`) : { js: `not(${truthOf(of).js})`, form: 'truth' }),
  hasValue: (of) => sure(`hasValue(${oneOf(of)})`),
  count: (of) => ({ js: `${listOf(of)}.length`, form: 'one', types: ['integer'] }),
  all: (of, given, scope, compile) => predicate('every', of, required(given), scope, compile),
  allTrue: (of) => sure(`${listOf(of)}.every((a) => a === true)`),
  allFalse: (of) => sure(`${listOf(of)}.every((a) => a === false)`),
  isDistinct: (of) => sure(`isDistinct(${listOf(of)})`),
  where: (of, given, scope, compile) => ({ ...typed(of), form: 'list', js: predicate('filter', of, required(given), scope, compile).js }),
  select: (of, given, scope, compile) => select(of, required(given), scope, compile),
  repeat: (of, given, scope, compile) => repeat(of, required(given), scope, compile),
  first: (of) => ({ ...typed(of), form: 'one', js: of.form === 'list' ? `${of.js}[0]` : of.js }),
  tail: (of) => ({ ...typed(of), form: 'list', js: `${listOf(of)}.slice(1)` }),
  combine: (of, given, scope, compile) => ({ form: 'list', js: `[...${listOf(of)}, ...${listOf(compile(required(given), scope))}]` }),
  intersect: (of, given, scope, compile) => ({ ...typed(of), form: 'list', js: `intersect(${listOf(of)}, ${listOf(compile(required(given), scope))})` }),
  children: (of) => ({ form: 'list', js: `children(${listOf(of)})` }),
  descendants: (of) => ({ form: 'list', js: `descendants(${listOf(of)})` }),
  resolve: (of) => ({ form: 'list', js: `resolve(${listOf(of)}, x)` }),
  trace: (of) => of,
  ofType: (of, given, scope) => ofType(of, typeName(required(given)), 'ofType', scope),
  as: (of, given, scope) => ofType(of, typeName(required(given)), 'as', scope),
  is: (of, given, scope) => ofType(of, typeName(required(given)), 'is', scope),
  iif: (of, given, scope, compile) => iif(of, given, scope, compile),
  toString: (of: Code): Code => ({ js: `text(${oneOf(of)})`, form: 'one', types: ['string'] }),
  toInteger: (of) => ({ js: `toInteger(${oneOf(of)})`, form: 'one', types: ['integer'] }),
  length: (of) => ({ js: `text(${oneOf(of)})?.length`, form: 'one', types: ['integer'] }),
  startsWith: (of, given, scope, compile) => ({ js: `text(${oneOf(of)})?.startsWith(${textArgument(given, scope, compile)})`, form: 'truth' }),
  contains: (of, given, scope, compile) => ({ js: `text(${oneOf(of)})?.includes(${textArgument(given, scope, compile)})`, form: 'truth' }),
  substring: (of, given) => substring(of, given),
  matches: (of, given) => ({ js: `matches(${oneOf(of)}, ${wholePattern(required(given))})`, form: 'truth' }),
  replaceMatches: (of, given) => ({ js: `text(${oneOf(of)})?.replace(${pattern(required(given), 'g')}, ${quote(literal(given[1]))})`, form: 'one', types: ['string'] }),
};

function exists(of: Code): Code {
  if (of.constants) return sure(String(of.constants.length > 0));
  if (of.form === 'list') return sure(`${of.js}.length > 0`);
  return of.form === 'truth' && of.sure ? sure('true') : sure(`${of.js} !== undefined`);
}

function some(of: Code, criterion: PathNode, scope: Scope, compile: Compile): Code {
  return predicate('some', of, criterion, scope, compile);
}

/** A test of each item: `.every`, `.some`, `.filter`. */
function predicate(method: string, of: Code, criterion: PathNode, scope: Scope, compile: Compile): Code {
  const [name, inner] = within(of, scope);
  return sure(`${listOf(of)}.${method}((${name}) => ${holds(compile(criterion, inner))})`);
}

function select(of: Code, projection: PathNode, scope: Scope, compile: Compile): Code {
  const [name, inner] = within(of, scope);
  const made = compile(projection, inner);
  return { ...typed(made), form: 'list', js: `${listOf(of)}.flatMap((${name}) => ${listOf(made)})` };
}

/** The items found may be of other types than those it starts from. */
function repeat(of: Code, projection: PathNode, scope: Scope, compile: Compile): Code {
  const [name, inner] = within({ js: of.js, form: of.form }, scope);
  return { form: 'list', js: `repeat(${listOf(of)}, (${name}) => ${listOf(compile(projection, inner))})` };
}

function iif(of: Code, [condition, then, otherwise]: readonly PathNode[], scope: Scope, compile: Compile): Code {
  if (!condition || !then) throw new NotCompilable('iif needs two arguments');
  const inner = { ...scope, focus: of };
  const [yes, no] = [compile(then, inner), otherwise ? compile(otherwise, inner) : undefined];
  return { form: 'list', js: `(${holds(compile(condition, inner))} ? ${listOf(yes)} : ${no ? listOf(no) : '[]'})` };
}

/** The scope of what is asked of each item, and the variable that holds the item. */
function within(of: Code, scope: Scope): [string, Scope] {
  const name = VARIABLES[scope.depth];
  if (name === undefined) throw new NotCompilable('nested too deep');
  return [name, { ...scope, depth: scope.depth + 1, focus: { ...typed(of), js: name, form: 'one' } }];
}

function substring(of: Code, [start, length]: readonly PathNode[]): Code {
  const from = Number(literal(start));
  const to = length ? `, ${from + Number(literal(length))}` : '';
  return { js: `text(${oneOf(of)})?.slice(${from}${to})`, form: 'one', types: ['string'] };
}

function textArgument(given: readonly PathNode[], scope: Scope, compile: Compile): string {
  const code = compile(required(given), scope);
  return code.constants ? code.js : `text(${oneOf(code)}) ?? ''`;
}

/** The constraints mean the whole of a value, though the function by itself would be content with a part. */
function wholePattern(node: PathNode): string {
  const source = literal(node).replace(/^\^|\$$/g, '');
  return regular(`^(?:${source})$`, 's');
}

function pattern(node: PathNode, flags: string): string {
  return regular(literal(node), flags);
}

function regular(source: string, flags: string): string {
  return new RegExp(source, flags).toString();
}

function literal(node: PathNode | undefined): string {
  if (node?.kind !== 'literal') throw new NotCompilable('only a constant argument is compiled');
  return String(node.value);
}

function typeName(node: PathNode): string {
  if (node.kind !== 'child') throw new NotCompilable('a type must be named');
  return node.name;
}

function required(given: readonly PathNode[]): PathNode {
  if (!given[0]) throw new NotCompilable('an argument is missing');
  return given[0];
}

const typed = (code: Code): { types?: readonly string[] } => (code.types ? { types: code.types } : {});
