import { isResourceType, resourceTypes, typesInCompartment } from '#libs/fhir';
import type { Sql } from '../../../database';
import { type Access, forbidden, invalid, rulesFor } from '../../../kernel';
import { requireRule } from '../access/access-condition';

/** What a search of several types goes through. */
export interface TypesSearched {
  types: readonly string[];
  /** True where the caller named them: each must then be theirs to search. */
  named: boolean;
}

/** The types of `_type`, else all that the caller may search, in a compartment all that it can hold. */
export function typesSearched(access: Access, parameters: readonly (readonly [string, string])[], compartment: string | undefined): TypesSearched {
  const given = parameters.filter(([name]) => name === '_type').flatMap(([, value]) => value.split(','));
  if (given.length > 0) return { types: namedTypes(access, given), named: true };
  const possible = compartment === undefined ? resourceTypes : typesInCompartment(compartment);
  const types = possible.filter((type) => rulesFor(access, type, 's').length > 0);
  if (types.length === 0) throw forbidden('The token does not allow to search anything here.');
  return { types, named: false };
}

function namedTypes(access: Access, given: readonly string[]): string[] {
  if (!given.every(isResourceType)) throw invalid('“_type” takes resource types of FHIR R4, separated by commas.', [{ path: '_type', rule: 'value', message: 'Not all of them are resource types.' }]);
  for (const type of given) requireRule(access, type, ['s']);
  return [...new Set(given)].sort();
}

/** One look at the index for each type that the store has ever held. */
const PRESENT = `WITH RECURSIVE present(type) AS (
  SELECT MIN(type) FROM fhir_resource
  UNION ALL SELECT (SELECT MIN(r.type) FROM fhir_resource r WHERE r.type > present.type) FROM present WHERE present.type IS NOT NULL
) SELECT type FROM present WHERE type IS NOT NULL`;

/** Types of which the store has ever held a resource. */
export async function typesPresent(sql: Sql): Promise<ReadonlySet<string>> {
  return new Set((await sql.rows(PRESENT)).map(([type]) => type as string));
}
