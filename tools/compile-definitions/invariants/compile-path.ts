import { parseFhirPath } from '../../../libs/fhir/fhirpath/parse-fhir-path';
import type { PathNode } from '../../../libs/fhir/fhirpath/path-node';
import type { TypeTables } from '../element-tables';
import { type Code, constant, NotCompilable } from './code';
import { FUNCTIONS } from './functions';
import { member } from './members';
import { operation } from './operators';
import type { Scope } from './scope';
import { ofType } from './types';

/** Compiles an expression about `o`, a value of one of the given types. Throws `NotCompilable` with the reason. */
export function compileExpression(expression: string, types: readonly string[], resourceType: string | undefined, tables: TypeTables): Code {
  const focus: Code = { js: 'o', form: 'one', types };
  return compilePath(parseFhirPath(expression), { tables, focus, context: focus, resourceType, depth: 0 });
}

export function compilePath(node: PathNode, scope: Scope): Code {
  switch (node.kind) {
    case 'literal':
      return constant(node.value);
    case 'empty':
      return { js: '[]', form: 'list' };
    case 'this':
      return scope.focus;
    case 'variable':
      return variable(node.name, scope);
    case 'child':
      return child(node, scope);
    case 'call':
      return call(node, scope);
    case 'index':
      return index(node, scope);
    case 'type':
      return ofType(compilePath(node.of, scope), node.type, node.operator, scope);
    case 'binary':
      return operation(node, scope, compilePath);
    case 'negate':
      throw new NotCompilable('negative numbers are not compiled');
  }
}

function variable(name: string, scope: Scope): Code {
  if (name === 'ucum') return constant('http://unitsofmeasure.org');
  if (name === 'context') return scope.context;
  if (name === 'rootResource') return { js: 'x.root', form: 'one' };
  if (name !== 'resource') throw new NotCompilable(`%${name} is not known`);
  return { js: 'x.resource', form: 'one', ...(scope.resourceType !== undefined && { types: [scope.resourceType] }) };
}

function child(node: Extract<PathNode, { kind: 'child' }>, scope: Scope): Code {
  if (node.of) return member(compilePath(node.of, scope), node.name, scope.tables);
  return /^[A-Z]/.test(node.name) && scope.focus.types?.[0] === node.name ? scope.focus : member(scope.focus, node.name, scope.tables);
}

function call(node: Extract<PathNode, { kind: 'call' }>, scope: Scope): Code {
  const compile = Object.hasOwn(FUNCTIONS, node.name) ? FUNCTIONS[node.name] : undefined;
  if (compile === undefined) throw new NotCompilable(`${node.name}() is not compiled`);
  return compile(node.of ? compilePath(node.of, scope) : scope.focus, node.arguments, scope, compilePath);
}

function index(node: Extract<PathNode, { kind: 'index' }>, scope: Scope): Code {
  const of = compilePath(node.of, scope);
  const at = node.at.kind === 'literal' ? node.at.value : undefined;
  if (typeof at !== 'number' || of.form !== 'list') throw new NotCompilable('only a constant index into a list is compiled');
  return { js: `${of.js}[${at}]`, form: 'one', ...(of.types && { types: of.types }) };
}
