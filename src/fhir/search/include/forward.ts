import { type Include, type ParameterRef, searchParametersOf } from '#libs/fhir';
import type { Sql } from '../../../database';
import { condition } from '../compile/condition';
import { groupBy } from '../../../kernel';
import type { Scope } from '../compile/scope';
import { referenceTable } from '../../store/tables';
import { type Fragment, isIn, joined, name, sql as fragment, wholeNumber } from '../sql/fragment';
import type { StoredRow } from './stored-row';

export const referenceParameters = (type: string): ParameterRef[] => searchParametersOf(type).filter((parameter) => parameter.type === 'reference');

/** Names of the resources that `rows` refer to by the parameters of `includes`. One statement. */
export async function namesReferredTo(sql: Sql, includes: readonly Include[], rows: readonly StoredRow[], most: number): Promise<Set<string>> {
  const sources = rows.filter((row) => includes.some((include) => include.source === row.type || include.source === '*'));
  const wanted = targetsByParameter(includes, new Set(sources.map((row) => row.type)));
  if (sources.length === 0 || wanted.size === 0) return new Set();
  const { text, params } = fragment`SELECT DISTINCT t.param, t.target FROM ${name(referenceTable.name)} t
    WHERE ${isIn(name('t.patient'), [...new Set(sources.map((row) => row.patient))])} AND ${isIn(name('t.param'), [...wanted.keys()])}
    AND ${isIn(name('t.resource'), sources.map((row) => row.id))} ORDER BY t.param, t.target LIMIT ${wholeNumber(most)}`;
  const found = (await sql.rows(text, params)) as [number, string][];
  return new Set(found.filter(([param, target]) => wanted.get(param)!.has(typeOf(target))).map(([, target]) => target));
}

const typeOf = (target: string): string => target.slice(0, target.indexOf('/'));

/** Which types each parameter, by number, is to lead to. */
function targetsByParameter(includes: readonly Include[], types: ReadonlySet<string>): Map<number, ReadonlySet<string>> {
  const wanted = new Map<number, Set<string>>();
  for (const include of includes) {
    for (const parameter of parametersOf(include, types)) {
      const targets = include.target ? [include.target] : parameter.targets;
      wanted.set(parameter.id, new Set([...(wanted.get(parameter.id) ?? []), ...targets]));
    }
  }
  return wanted;
}

function parametersOf({ source, parameter }: Include, types: ReadonlySet<string>): ParameterRef[] {
  if (parameter) return [parameter];
  return (source === '*' ? [...types] : [source]).flatMap(referenceParameters);
}

/** The named resources, of those that the caller may see. One statement, in which each type has its own access. */
export async function fetchNamed(sql: Sql, names: ReadonlySet<string>, scope: Scope, most: number): Promise<unknown[][]> {
  const byType = groupBy(names, typeOf);
  if (byType.size === 0) return [];
  const selects = [...byType].map(([type, list]) => namedOf(type, list, scope));
  const { text, params } = fragment`${joined(selects, ' UNION ALL ')} LIMIT ${wholeNumber(most)}`;
  return sql.rows(text, params);
}

function namedOf(type: string, names: readonly string[], scope: Scope): Fragment {
  const c = scope.alias('c');
  const ids = names.map((one) => one.slice(type.length + 1));
  const columns = joined(['id', 'type', 'fhir_id', 'patient', 'body'].map((column) => name(`${c}.${column}`)), ', ');
  return fragment`SELECT ${columns} FROM fhir_resource ${name(c)} WHERE ${name(`${c}.type`)} = ${type} AND ${isIn(name(`${c}.fhir_id`), ids)} AND ${name(`${c}.deleted`)} = ${0}
    AND ${condition(scope.visible(type), c, type, scope)}`;
}
