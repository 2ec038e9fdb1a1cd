import { GraphQLInt, GraphQLList, GraphQLString, type GraphQLFieldConfigArgumentMap } from 'graphql';
import { searchParametersOf } from '#libs/fhir';
import { VALUE } from './scalars';

/** Names in GraphQL have no hyphens: `value-quantity` is `value_quantity`. */
const argumentName = (code: string): string => code.replaceAll('-', '_');

/** Not of one type's search, or answered in other ways. */
const LEFT_OUT: ReadonlySet<string> = new Set(['_query', '_text', '_content']);

const searchable = (type: string) => searchParametersOf(type).filter(({ code }) => !LEFT_OUT.has(code));

const VALUES = new GraphQLList(VALUE);

const made = new Map<string, GraphQLFieldConfigArgumentMap>();

/** The search parameters of a type, and what shapes its answer. A list means: all of them must hold. */
export function searchArguments(type: string): GraphQLFieldConfigArgumentMap {
  const known = made.get(type) ?? { ...Object.fromEntries(searchable(type).map(({ code }) => [argumentName(code), { type: VALUES }])), _count: { type: GraphQLInt }, _sort: { type: GraphQLString } };
  made.set(type, known);
  return known;
}

const codes = new Map<string, ReadonlyMap<string, string>>();

function codesOf(type: string): ReadonlyMap<string, string> {
  const known = codes.get(type) ?? new Map(searchable(type).map(({ code }) => [argumentName(code), code]));
  codes.set(type, known);
  return known;
}

/** The arguments as parameters of a search. */
export function searchPairs(type: string, args: Record<string, unknown>): [string, string][] {
  return Object.entries(args).flatMap(([name, given]) => {
    const code = codesOf(type).get(name) ?? name;
    return (Array.isArray(given) ? given : [given]).filter((one) => one !== null).map((one): [string, string] => [code, String(one)]);
  });
}

/** The reference parameter of `type` that `_reference` names, if it may lead to `target`. */
export function referenceCode(type: string, target: string, name: string): string | undefined {
  const parameter = searchParametersOf(type).find(({ code, type: kind }) => kind === 'reference' && argumentName(code) === argumentName(name));
  return parameter?.targets.includes(target) ? parameter.code : undefined;
}

const ANYTHING = 100;

/** Types that refer to `target` by a parameter made for it. Of those that may refer to anything only Provenance is offered. */
export function referringTypes(target: string, types: readonly string[]): string[] {
  return types.filter((type) => searchParametersOf(type).some(({ type: kind, targets }) => kind === 'reference' && targets.includes(target) && (targets.length < ANYTHING || type === 'Provenance')));
}
