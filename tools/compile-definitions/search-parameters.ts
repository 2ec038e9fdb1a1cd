import { searchParameterId } from '../../libs/fhir/search/parameter-id';
import { type CompositeShape, compositeShape } from './composite-parameters';
import { PARAMETERS_NOT_IN_R4 } from './corrections';
import { type ElementPath, elementPaths } from './element-paths';
import type { TypeTables } from './element-tables';
import { emitterOf } from './emitters';
import type { OfficialDefinitions, OfficialSearchParameter } from './official-definitions';
import { parseSearchExpression } from './search-expression';
import { US_CORE_PARAMETERS } from './us-core-parameters';

/** A search parameter of one resource type, with the places it reads. */
export interface TypeParameter {
  id: number;
  resource: string;
  code: string;
  type: string;
  url: string;
  /** Resource types a reference may lead to; empty where it is no reference, all types where any may. */
  targets: string[];
  paths: ElementPath[];
  composite?: CompositeShape;
}

/** Kept in columns of the resource store, not in its index tables. */
const COLUMNS: ReadonlySet<string> = new Set(['_id', '_lastUpdated']);

/** Every search parameter by the type it is defined on (`Resource` for those of all types), sorted by code. */
export function searchParameters(
  definitions: OfficialDefinitions,
  tables: TypeTables,
  resourceTypes: readonly string[],
): Map<string, TypeParameter[]> {
  const byType = new Map<string, TypeParameter[]>();
  const official = definitions.searchParameters.filter((parameter) => !PARAMETERS_NOT_IN_R4.includes(parameter.url));
  for (const parameter of [...official, ...US_CORE_PARAMETERS]) {
    if (!parameter.expression || parameter.type === 'composite') continue;
    for (const base of parameter.base) {
      const compiled = compile(parameter, parameter.expression, base, tables, resourceTypes);
      byType.set(base, [...(byType.get(base) ?? []), compiled]);
    }
  }
  for (const parameter of official.filter((one) => one.type === 'composite')) {
    for (const base of parameter.base) {
      const composite = compositeShape(parameter, base, byType.get(base) ?? [], official, tables);
      const { code, type, url } = parameter;
      byType.get(base)?.push({ id: searchParameterId(base, code), resource: base, code, type, url, targets: [], paths: [], composite });
    }
  }
  for (const parameters of byType.values()) parameters.sort((a, b) => (a.code < b.code ? -1 : 1));
  return byType;
}

/** True where the resource is searched by index entries of this parameter. */
export function isIndexed(parameter: TypeParameter): boolean {
  return parameter.paths.length > 0;
}

function compile(
  parameter: OfficialSearchParameter,
  expression: string,
  resource: string,
  tables: TypeTables,
  resourceTypes: readonly string[],
): TypeParameter {
  const { code, type, url } = parameter;
  const isRead = !COLUMNS.has(code);
  const paths = isRead ? indexablePaths(expression, type, resource, tables) : [];
  if (isRead && paths.length === 0) throw new Error(`${resource}.${code} reads nothing: ${expression}`);
  const targets = type === 'reference' ? targetsOf(parameter, paths, resourceTypes) : [];
  return { id: searchParameterId(resource, code), resource, code, type, url, targets, paths };
}

function indexablePaths(expression: string, type: string, resource: string, tables: TypeTables): ElementPath[] {
  return parseSearchExpression(expression)
    .filter((term) => term.root === undefined || term.root === resource)
    .flatMap((term) => elementPaths(term, resource, tables))
    .filter((path) => path.isPresence || emitterOf(type, path.type) !== undefined);
}

/** A parameter shared by many resource types names the targets of all; the elements of this type narrow them. */
function targetsOf(parameter: OfficialSearchParameter, paths: ElementPath[], resourceTypes: readonly string[]): string[] {
  const named = (parameter.target ?? resourceTypes).filter((target) => resourceTypes.includes(target));
  const possible = new Set(paths.flatMap((path) => (path.targets.length === 0 ? named : path.targets)));
  const narrowed = named.filter((target) => possible.has(target));
  return (narrowed.length === 0 ? named : narrowed).sort();
}
