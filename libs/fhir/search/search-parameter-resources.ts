import { resourceTypes } from '../definitions/resource-types';
import { SEARCH_DEFINITIONS } from '../generated/search-definitions';
import type { FhirResource } from '../resource';
import { modifiersOf } from './parse/modifiers-of';
import { type SearchParameter, searchParametersOf } from './search-parameters';

/** The codes of R4 for modifiers that are written otherwise in a search. */
const MODIFIER_CODES: Readonly<Record<string, string>> = { 'of-type': 'ofType' };
const COMPARATORS = ['eq', 'ne', 'gt', 'lt', 'ge', 'le', 'sa', 'eb', 'ap'];
const COMPARED: ReadonlySet<string> = new Set(['date', 'number', 'quantity']);

let made: readonly FhirResource[] | undefined;

/** Every parameter that the types are searched by, as a SearchParameter resource (R4 §6.5); none that is not. */
export function searchParameterResources(): readonly FhirResource[] {
  made ??= [...parametersByUrl()].map(([url, parameters]) => resourceOf(url, parameters)).sort((a, b) => (a.id! < b.id! ? -1 : 1));
  return made;
}

/** A parameter that several types share is one definition. */
function parametersByUrl(): Map<string, SearchParameter[]> {
  const found = new Map<string, SearchParameter[]>();
  for (const type of resourceTypes) {
    for (const parameter of searchParametersOf(type)) {
      const shared = found.get(parameter.url);
      if (shared) shared.push(parameter);
      else found.set(parameter.url, [parameter]);
    }
  }
  return found;
}

function resourceOf(url: string, parameters: readonly SearchParameter[]): FhirResource {
  const id = url.slice(url.lastIndexOf('/') + 1);
  const { code, type } = parameters[0]!;
  const [description, expression, components] = SEARCH_DEFINITIONS[id] ?? [`Search by ${code}`, ''];
  const targets = [...new Set(parameters.flatMap((parameter) => parameter.targets))].sort();
  const modifiers = type === 'special' ? [] : ['missing', ...new Set(parameters.flatMap(modifiersOf)), ...(type === 'reference' ? ['type'] : [])];
  return {
    resourceType: 'SearchParameter',
    id,
    url,
    version: url.includes('/us/core/') ? '8.0.0' : '4.0.1',
    name: code,
    status: 'active',
    description,
    code,
    base: parameters.length === resourceTypes.length ? ['Resource'] : parameters.map((parameter) => parameter.resource),
    type,
    ...(expression !== '' && { expression }),
    ...(targets.length > 0 && { target: targets }),
    multipleOr: true,
    multipleAnd: true,
    ...(COMPARED.has(type) && { comparator: COMPARATORS }),
    ...(modifiers.length > 0 && { modifier: modifiers.map((modifier) => MODIFIER_CODES[modifier] ?? modifier) }),
    ...(components && { component: components.map(([definition, of]) => ({ definition, expression: of })) }),
  };
}
